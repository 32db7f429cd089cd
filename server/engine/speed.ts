import * as tf from '@tensorflow/tfjs-core';
import type { Speed } from '@/lib/catalog/cost/speed';
import { compile } from './compile';
import {
  defineStep,
  type ExecutorId,
  type ProgramDefinition,
  type SpecMap,
  type TensorSpec,
  type TensorsOf,
} from './program';

/** Milliseconds of a measurement, and steps of one engine call in it. */
const MEASURED_MS = 100;
const STEPS = 16;

const ROWS = 32;
const UNITS = 256;
/** Numbers of the elementwise measurement: more than a cache holds. */
const NUMBERS = 2 ** 20;

/** A program whose every step applies `run` to its state and makes the result the next `x`. */
function repeating<State extends SpecMap>(
  state: State,
  run: (state: TensorsOf<State>, factor: tf.Tensor) => tf.Tensor,
): ProgramDefinition {
  const train = defineStep({
    inputs: { factor: { shape: [], dtype: 'float32' } },
    run: (present, { factor }) => ({
      state: { ...present, x: run(present as TensorsOf<State>, factor) },
      metrics: { factor },
    }),
  });
  return { state, steps: { train }, calls: {} };
}

const float = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' });

const product = repeating({ x: float(ROWS, UNITS), kernel: float(UNITS, UNITS) }, ({ x, kernel }) =>
  tf.matMul(x, kernel),
);

const elementwise = repeating({ x: float(NUMBERS) }, ({ x }, factor) =>
  tf.mul(tf.add(tf.tanh(tf.mul(x, factor)), x), factor),
);

/**
 * Steps a second of a program in its fastest call, which nothing else disturbed; of zeros, so that nothing
 * overflows.
 */
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

/** Measures the speeds from which the duration of training steps is estimated. */
export async function speedOf(executor: ExecutorId): Promise<Speed> {
  return {
    flopsPerSecond: 2 * ROWS * UNITS ** 2 * (await stepsPerSecond(product, executor)),
    bytesPerSecond: 4 * NUMBERS * (await stepsPerSecond(elementwise, executor)),
  };
}
