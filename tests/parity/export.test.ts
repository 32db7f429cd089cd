import { expect, test } from 'vitest';
import { ImportedGenerator } from '@/server/engine/onnx/imported';
import * as ort from '@/server/engine/onnx/runtime';
import { type ExportedFile, exportedFiles, type Numbers, subjects } from '../support/exports';
import { relativeError } from '../support/parity';

/** The same operators on the same processor, but images divided by 255 where the program multiplied. */
const TOLERANCE = 1e-5;

function tensorOf({ type, dims, data }: Numbers): ort.Tensor {
  return type === 'int32'
    ? new ort.Tensor('int32', Int32Array.from(data), dims)
    : new ort.Tensor('float32', Float32Array.from(data), dims);
}

/** What makes pictures of numbers. */
const drawing = / (decode|generate|mix|synthesize)$/;
const isOfText = (name: string) => name.startsWith('char-rnn');

/** The file serves as a generator that somebody brings, and draws what the program drew. */
async function expectBack({ name, bytes, trials }: ExportedFile): Promise<void> {
  if (isOfText(name)) return;
  const imported = await ImportedGenerator.load(bytes);
  const { fields } = imported.info;
  for (const { feeds, expected } of trials) {
    const { codings, latents = codings, styles, others, shares } = feeds;
    const floats = (numbers?: Numbers) => Float32Array.from(numbers?.data ?? []);
    const mixed = others && { others: floats(others), shares: floats(shares) };
    const told = fields.map(({ key }) => feeds[key]?.data[0] as number);
    const pixels = await imported.sample({ latents: floats(latents ?? styles), mixed, fields: told });
    const { dims: [rows = 0, channels = 0, height = 0, width = 0] = [], data = [] } = expected.images ?? {};
    const area = height * width;
    expect(pixels, name).toHaveLength(rows * area * channels);
    const differences = Array.from(pixels, (level, i) => {
      const [row, at, channel] = [
        Math.floor(i / area / channels),
        Math.floor(i / channels) % area,
        i % channels,
      ];
      return Math.abs(level - 255 * (data[(row * channels + channel) * area + at] as number));
    });
    expect(Math.max(...differences), name).toBeLessThan(0.51);
  }
  await imported.dispose();
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
      if (drawing.test(name)) await expectBack({ name, bytes, trials });
    }
  },
);
