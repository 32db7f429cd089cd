import { describe, expect, test } from 'vitest';
import { type Cost, costOf } from '@/lib/catalog/cost';
import { excessOf } from '@/lib/catalog/cost/limits';
import { stepsPerSecond } from '@/lib/catalog/cost/speed';
import { defaultDatasetFor, defaultValues, type ModelId, recipeSchema } from '@/lib/catalog/models';
import { inEnglish } from '@/lib/text/sentence';

const grey = { height: 28, width: 28, channels: 1 };
const shakespeare = { vocabulary: 39 };

function recipe(model: ModelId, changes: Record<string, unknown> = {}) {
  const values = { ...defaultValues(model), ...changes };
  return recipeSchema.parse({ model, dataset: defaultDatasetFor(model), values });
}

function cost(model: ModelId, changes: Record<string, unknown> = {}): Cost {
  return costOf(recipe(model, changes), model === 'char-rnn' ? shakespeare : grey);
}

const total = (...numbers: number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** Of the notebook's networks; D is the discriminator, G the generator. */
const discriminator = {
  // 5 x 5 kernels and biases, then 7 * 7 * 128 inputs of one unit.
  parameters: total(25 * 64 + 64, 25 * 64 * 128 + 128, 7 * 7 * 128 + 1),
  multiplyAdds: total(14 * 14 * 25 * 64, 7 * 7 * 25 * 64 * 128, 7 * 7 * 128),
  first: 14 * 14 * 25 * 64,
};

/** D learns from a fake and a real image without its first layer's input gradient; G through D's input gradients. */
function adversarial(g: { multiplyAdds: number; first: number }, d: typeof g): number {
  const discriminating = g.multiplyAdds + 2 * (3 * d.multiplyAdds - d.first);
  const generating = 3 * g.multiplyAdds - g.first + 2 * d.multiplyAdds;
  return 2 * 32 * (discriminating + generating);
}

describe("the notebook's models, worked out by hand", () => {
  test('autoencoder: 784, 100, 30, 100, 784', () => {
    const weights = total(784 * 100, 100 * 30, 30 * 100, 100 * 784);
    // Forward, weights and inputs, but nobody needs the gradient of the image.
    const flops = 2 * 32 * (3 * weights - 784 * 100);
    // Sums and activations of each layer; SGD has no slots; a call takes 512 batches of bytes.
    const numbers = 2 * 163_814 + 32 * 2 * (100 + 30 + 100 + 784);
    expect(cost('autoencoder')).toEqual({
      parameters: 163_814,
      flopsPerStep: flops,
      elementBytes: 4 * numbers,
      memoryBytes: 4 * numbers + 512 * 32 * 784,
    });
  });

  test('char-rnn: 39 characters, GRU 128, GRU 128, 39', () => {
    // Three gates, each with an input kernel, a recurrent kernel and two biases.
    const first = 3 * (39 * 128 + 128 * 128 + 2 * 128);
    const second = 3 * (128 * 128 + 128 * 128 + 2 * 128);
    const weights = total(3 * 39 * 128, 3 * 3 * 128 * 128, 128 * 39);
    const found = cost('char-rnn');
    expect(found.parameters).toBe(total(first, second, 128 * 39 + 39));
    expect(found.parameters).toBe(168_999);
    expect(found.flopsPerStep).toBe(2 * 32 * 100 * (3 * weights - 3 * 39 * 128));
  });

  test('char-rnn with LSTM cells: four gates and one bias', () => {
    const first = 4 * (39 * 128 + 128 * 128 + 128);
    const second = 4 * (128 * 128 + 128 * 128 + 128);
    expect(cost('char-rnn', { cell: 'lstm' }).parameters).toBe(total(first, second, 128 * 39 + 39));
  });

  test('GAN: 30, 100, 150, 784 against 784, 150, 100, 1', () => {
    const generator = total(30 * 100 + 100, 100 * 150 + 150, 150 * 784 + 784);
    const found = cost('gan');
    expect(found.parameters).toBe(generator + total(784 * 150 + 150, 150 * 100 + 100, 100 + 1));
    expect(found.parameters).toBe(269_585);
    const g = { multiplyAdds: total(30 * 100, 100 * 150, 150 * 784), first: 30 * 100 };
    const d = { multiplyAdds: total(784 * 150, 150 * 100, 100), first: 784 * 150 };
    expect(found.flopsPerStep).toBe(adversarial(g, d));
  });

  test('DCGAN', () => {
    // Dense to 7 x 7 x 128, scale and shift of 128 and 64 channels, two transposed convolutions.
    const generator = total(100 * 6272 + 6272, 2 * 128, 25 * 128 * 64 + 64, 2 * 64, 25 * 64 + 1);
    const found = cost('dcgan');
    expect(found.parameters).toBe(generator + discriminator.parameters);
    expect(found.parameters).toBe(1_053_186);
    const g = {
      multiplyAdds: total(100 * 6272, 7 * 7 * 25 * 128 * 64, 14 * 14 * 25 * 64),
      first: 100 * 6272,
    };
    expect(found.flopsPerStep).toBe(adversarial(g, discriminator));
  });

  test('StyleGAN: style 64, 7 x 7 x 128, 14 x 14 x 64, 28 x 28 x 32', () => {
    const mapping = 4 * (64 * 64 + 64);
    // Two styled layers a resolution: noise, bias, and an affine map of the style to scale and shift.
    const styled = 2 * (128 + 64 + 32) * (2 + 2 * (64 + 1));
    const kernels = 9 * total(128 * 128, 128 * 64, 64 * 64, 64 * 32, 32 * 32);
    const found = cost('stylegan');
    expect(found.parameters).toBe(
      total(mapping, 7 * 7 * 128, styled, kernels, 32 + 1) + discriminator.parameters,
    );
    // One noise a pixel, spread over the channels; nobody needs its gradient.
    const noise = 2 * (49 * 128 + 196 * 64 + 784 * 32);
    const g = {
      // Two styles an image, for mixing.
      multiplyAdds: total(
        noise,
        2 * 4 * 64 * 64,
        2 * (128 + 64 + 32) * 64 * 2,
        49 * 9 * 128 * 128,
        // Enlarging as a transposed convolution of 4 x 4, then 3 x 3.
        49 * 16 * 128 * 64 + 196 * 9 * 64 * 64,
        196 * 16 * 64 * 32 + 784 * 9 * 32 * 32,
        784 * 32,
      ),
      first: 2 * 64 * 64 + noise,
    };
    expect(found.flopsPerStep).toBe(adversarial(g, discriminator));
  });
});

test('a step of several discriminator and generator steps costs them all', () => {
  const [one, threeAndOne, oneAndTwo] = [
    cost('gan'),
    cost('gan', { discriminatorSteps: 3 }),
    cost('gan', { generatorSteps: 2 }),
  ].map(({ flopsPerStep }) => flopsPerStep) as [number, number, number];
  const both = (threeAndOne - one) / 2 + (oneAndTwo - one);
  expect(both).toBe(one);
});

test('optimizer slots are one number a parameter and slot', () => {
  const bytes = (optimizer: string) => cost('autoencoder', { optimizer }).memoryBytes;
  const each = 4 * 163_814;
  expect(['momentum', 'rmsprop', 'adam'].map((id) => bytes(id) - bytes('sgd'))).toEqual([
    each,
    each,
    2 * each,
  ]);
});

test('data of the wrong kind is refused', () => {
  expect(() => costOf(recipe('gan'), shakespeare)).toThrow('Images expected');
  expect(() => costOf(recipe('char-rnn'), grey)).toThrow('A text expected');
});

test('the steps to expect come from matrix products and elementwise work', () => {
  const { flopsPerStep, elementBytes } = cost('autoencoder');
  const speed = { flopsPerSecond: 10 * flopsPerStep, bytesPerSecond: 10 * elementBytes };
  expect(stepsPerSecond(cost('autoencoder'), speed)).toBeCloseTo(5);
});

describe('a recipe beyond the limits', () => {
  const limits = { memoryBytes: 4 * 2 ** 30, flopsPerStep: 500e9 };
  test.each<[string, ModelId, Record<string, unknown>, string]>([
    [
      'takes too much memory for its batch',
      'char-rnn',
      { windowLength: 400, batchSize: 384, hiddenUnits: [768] },
      'This recipe would need 4.93 GB of memory, the server allows 4 GB. Lower Batch size (now 384).',
    ],
    [
      'takes too many FLOPs for its layers',
      'char-rnn',
      { hiddenUnits: [1024, 1024, 1024], batchSize: 64 },
      'A step of this recipe would take 608 GFLOP, the server allows 500. Lower Recurrent layers (now 1,024, 1,024, 1,024).',
    ],
  ])('%s', (_, model, changes, message) => {
    expect(inEnglish(excessOf(recipe(model, changes), limits) ?? '')).toBe(message);
  });

  test('with everything at its least, another model is the advice', () => {
    const least = recipe('autoencoder', { batchSize: 1, codingSize: 2, hiddenUnits: [] });
    expect(inEnglish(excessOf(least, { ...limits, memoryBytes: 1 }) ?? '')).toMatch(
      /Choose another model\.$/,
    );
  });

  test("the notebook's recipes are within them", () => {
    for (const model of ['autoencoder', 'char-rnn', 'gan', 'dcgan', 'stylegan'] as const)
      expect(excessOf(recipe(model), limits)).toBeNull();
  });
});
