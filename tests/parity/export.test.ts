import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { exportedFiles, type Numbers, subjects } from '../support/exports';
import { relativeError } from '../support/parity';

/** The same operators on the same processor, but images divided by 255 where the program multiplied. */
const TOLERANCE = 1e-5;

function tensorOf({ type, dims, data }: Numbers): ort.Tensor {
  return type === 'int32'
    ? new ort.Tensor('int32', Int32Array.from(data), dims)
    : new ort.Tensor('float32', Float32Array.from(data), dims);
}

test.each(subjects)(
  '$name: each call as a file answers as the program does, for 1 and for 5 rows',
  async (of) => {
    for (const { name, bytes, trials } of await exportedFiles(of)) {
      const session = await ort.InferenceSession.create(bytes);
      for (const { rows, feeds, expected } of trials) {
        const given = Object.entries(feeds).map(([key, numbers]) => [key, tensorOf(numbers)] as const);
        const made = await session.run(Object.fromEntries(given));
        expect(Object.keys(made).sort(), name).toEqual(Object.keys(expected).sort());
        for (const [key, numbers] of Object.entries(expected)) {
          const error = relativeError(made[key]?.data as Float32Array, numbers.data);
          expect(error, `${name}, ${rows} rows: ${key}`).toBeLessThanOrEqual(TOLERANCE);
          if (key.startsWith('images')) expect(made[key]?.dims).toEqual(numbers.dims);
        }
      }
      await session.release();
    }
  },
);
