import * as tf from '@tensorflow/tfjs-core';
import type { Speed } from '@/lib/catalog/cost/speed';
import { compile } from './compile';
import type { ExecutorId, ProgramDefinition, TensorMap, TensorSpec } from './program';

/** Milliseconds of a measurement, and steps of one engine call in it. */
const MEASURED_MS = 100;
const STEPS = 16;

const ROWS = 32;
const UNITS = 256;
/** Numbers of the elementwise measurement: more than a cache holds. */
const NUMBERS = 2 ** 20;

/** A program whose every step applies `run` to a value of so many numbers; of zeros, so that nothing overflows. */
function repeating(
  shapes: Record<string, readonly number[]>,
  run: (state: TensorMap) => tf.Tensor,
): ProgramDefinition {
  const state = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]): [string, TensorSpec] => [name, { shape, dtype: 'float32' }]),
  );
  return {
    state,
    steps: {
      train: {
        inputs: { factor: { shape: [], dtype: 'float32' } },
        run: (present, { factor }) => ({
          state: { ...present, x: run({ ...present, factor: factor as tf.Tensor }) },
          metrics: { factor: factor as tf.Tensor },
        }),
      },
    },
    calls: {},
  };
}

const product = repeating({ x: [ROWS, UNITS], kernel: [UNITS, UNITS] }, ({ x, kernel }) =>
  tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D),
);

const elementwise = repeating({ x: [NUMBERS] }, ({ x, factor }) => {
  const [value, by] = [x as tf.Tensor, factor as tf.Tensor];
  return tf.mul(tf.add(tf.tanh(tf.mul(value, by)), value), by);
});

/** Steps a second of a program in its fastest call, which nothing else disturbed; from a state and inputs of zeros. */
async function stepsPerSecond(definition: ProgramDefinition, executor: ExecutorId): Promise<number> {
  const program = await compile(definition, executor);
  try {
    const zeros = Object.entries(definition.state).map(
      ([name, { shape }]) => [name, new Float32Array(tf.util.sizeFromShape([...shape]))] as const,
    );
    await program.setState(Object.fromEntries(zeros));
    const call = () => program.train('train', STEPS, { factor: new Float32Array(STEPS) });
    await call();
    const end = performance.now() + MEASURED_MS;
    let fastestMs = Infinity;
    while (performance.now() < end) {
      const start = performance.now();
      await call();
      fastestMs = Math.min(fastestMs, performance.now() - start);
    }
    return (1000 * STEPS) / fastestMs;
  } finally {
    await program.dispose();
  }
}

/** Measures what the estimates of training speed rest on. */
export async function speedOf(executor: ExecutorId): Promise<Speed> {
  return {
    flopsPerSecond: 2 * ROWS * UNITS ** 2 * (await stepsPerSecond(product, executor)),
    bytesPerSecond: 4 * NUMBERS * (await stepsPerSecond(elementwise, executor)),
  };
}
