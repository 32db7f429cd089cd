import { beforeAll, describe, expect, test } from 'vitest';
import { type AutoencoderValues, activations, losses, optimizers } from '@/lib/catalog/autoencoder';
import { defaultValues } from '@/lib/catalog/models';
import { RandomStream } from '@/lib/random';
import { compile } from '@/server/engine/compile';
import { type ExecutorId, executorIds } from '@/server/engine/program';
import { programOf } from '@/server/models';
import { callEagerly, stepEagerly } from '../support/eager';
import { useSoftwareGpu } from '../support/softwareGpu';

const STEPS = 20;
/**
 * Twenty steps multiply what one rounding in another order starts: 6e-8 grows to some 1e-6 of a tensor's
 * largest value with every optimizer here. 1e-4 leaves room for other processors and no room for an error.
 */
const TOLERANCE = 1e-4;
/** RMSprop and Adam divide by the size of the gradient: with large steps they turn roundings into directions. */
const usualRate = { sgd: {}, momentum: {}, rmsprop: { learningRate: 0.001 }, adam: { learningRate: 0.001 } };
const image = { height: 6, width: 5, channels: 1 };
const pixels = 30;

function recipeWith(changes: Partial<AutoencoderValues>) {
  const small = { hiddenUnits: [12, 9], codingSize: 4, batchSize: 8, learningRate: 0.05 };
  const values = { ...defaultValues('autoencoder'), ...small, ...changes } as AutoencoderValues;
  return { model: 'autoencoder', dataset: 'glyphs', values } as const;
}

function bytes(random: RandomStream, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256));
}

function relativeError(actual: Float32Array, expected: Float32Array): number {
  expect(actual).toHaveLength(expected.length);
  const scale = Math.max(1e-6, ...expected.map(Math.abs));
  return Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] as number)))) / scale;
}

function expectEqual(actual: Record<string, Float32Array>, expected: Record<string, Float32Array>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, values] of Object.entries(expected)) {
    const error = relativeError(actual[name] as Float32Array, values);
    expect(error, `${name} differs by ${error}`).toBeLessThanOrEqual(TOLERANCE);
  }
}

async function expectSameSteps(id: ExecutorId, changes: Partial<AutoencoderValues>): Promise<void> {
  const { batchSize, learningRate } = recipeWith(changes).values;
  const { definition, initialState } = programOf(recipeWith(changes), image);
  const images = bytes(new RandomStream(1, 'parity'), STEPS * batchSize * pixels);
  const rates = Float32Array.from({ length: STEPS }, (_, i) => learningRate * (1 + i / STEPS));
  const program = await compile(definition, id);
  await program.setState(initialState());
  // Two calls of the loop, so that the state also crosses the border between calls.
  const [half, split] = [STEPS / 2, (STEPS / 2) * batchSize * pixels];
  const first = await program.train(half, {
    images: images.slice(0, split),
    learningRate: rates.slice(0, half),
  });
  const second = await program.train(half, { images: images.slice(split), learningRate: rates.slice(half) });

  let expected = initialState();
  const lossValues: number[] = [];
  for (let i = 0; i < STEPS; i++) {
    const batch = images.slice(i * batchSize * pixels, (i + 1) * batchSize * pixels);
    const eager = await stepEagerly(definition, expected, {
      images: batch,
      learningRate: rates.slice(i, i + 1),
    });
    expected = eager.state;
    lossValues.push((eager.metrics.loss as Float32Array)[0] as number);
  }
  expectEqual(await program.getState(), expected);
  const compiled = Float32Array.of(...(first.loss as Float32Array), ...(second.loss as Float32Array));
  expect(relativeError(compiled, Float32Array.from(lossValues))).toBeLessThanOrEqual(TOLERANCE);
  expect(lossValues[0]).not.toBeCloseTo(lossValues[STEPS - 1] as number, 3);
  await program.dispose();
}

beforeAll(async () => {
  await useSoftwareGpu();
});

describe.each(executorIds)('%s: 20 steps equal 20 eager steps', (id) => {
  test.each(optimizers)('with %s', (optimizer) =>
    expectSameSteps(id, { optimizer, ...usualRate[optimizer] }),
  );
  test.each(losses)('with %s', (loss) => expectSameSteps(id, { loss }));
  test.each(activations)('with %s', (activation) => expectSameSteps(id, { activation }));
  test('without hidden layers', () => expectSameSteps(id, { hiddenUnits: [] }));
});

describe.each(executorIds)('%s: calls', (id) => {
  test('evaluate, encode and reconstruct equal their eager runs', async () => {
    const { definition, initialState } = programOf(recipeWith({}), image);
    const program = await compile(definition, id);
    await program.setState(initialState());
    for (const [name, call] of Object.entries(definition.calls)) {
      const rows = call.inputs.images?.shape[0] as number;
      const images = bytes(new RandomStream(2, name), rows * pixels);
      const result = await program.call(name, { images });
      expectEqual(
        result as Record<string, Float32Array>,
        await callEagerly(definition, name, initialState(), { images }),
      );
    }
    await program.dispose();
  });

  test('an input of a wrong length says what was expected', async () => {
    const { definition, initialState } = programOf(recipeWith({}), image);
    const program = await compile(definition, id);
    await expect(program.setState({})).rejects.toThrow(
      'encoder/0/kernel is missing; expected float32[30,12]',
    );
    await program.setState(initialState());
    await expect(program.call('encode', { images: new Uint8Array(3) })).rejects.toThrow(
      'images has 3 values; expected uint8[250,30]',
    );
    await expect(program.call('dream', {})).rejects.toThrow('expected evaluate, encode, reconstruct');
    await program.dispose();
  });
});
