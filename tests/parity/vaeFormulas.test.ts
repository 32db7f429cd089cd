import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import type { VaeValues } from '@/lib/catalog/models/vae';
import { programOf } from '@/server/models';
import { klDivergence } from '@/server/models/vae';
import { callEagerly } from '../support/eager';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Of one normal distribution from the standard one, by the integral of p log(p / q) in small steps. */
function integrated(mean: number, deviation: number): number {
  const [steps, reach] = [4000, 12];
  const log = (x: number, m: number, s: number) => -(((x - m) / s) ** 2) / 2 - Math.log(s);
  const width = (2 * reach * deviation) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const x = mean + deviation * reach * ((2 * (i + 0.5)) / steps - 1);
    const density = Math.exp(log(x, mean, deviation)) / Math.sqrt(2 * Math.PI);
    sum += density * (log(x, mean, deviation) - log(x, 0, 1)) * width;
  }
  return sum;
}

const number = fc.record({
  mean: fc.double({ min: -3, max: 3, noNaN: true }),
  logVariance: fc.double({ min: -4, max: 2, noNaN: true }),
});

describe('the KL divergence', () => {
  test('is the integral that defines it, summed over the numbers of a coding', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 4 }), (numbers) => {
        const row = (key: 'mean' | 'logVariance') => tf.tensor2d([numbers.map((each) => each[key])]);
        const [found] = tf.tidy(() =>
          klDivergence({ mean: row('mean'), logVariance: row('logVariance') }).dataSync(),
        );
        const wanted = numbers.map((each) => integrated(each.mean, Math.exp(each.logVariance / 2)));
        expect(found).toBeCloseTo(
          wanted.reduce((a, b) => a + b),
          3,
        );
      }),
      { numRuns: 50 },
    );
  });

  test('is 0 for the prior itself', () => {
    const zeros = tf.zeros([3, 5]);
    const found = klDivergence({ mean: zeros, logVariance: zeros }).dataSync();
    expect([...found].map(Math.abs)).toEqual([0, 0, 0]);
  });
});

describe('an evaluation', () => {
  const image = { height: 4, width: 4, channels: 1 };
  const values = { ...defaultValues('vae'), hiddenUnits: [8], codingSize: 3 } as VaeValues;
  const model = programOf({ model: 'vae', dataset: 'glyphs', values }, image);
  const images = Uint8Array.from({ length: 5 * 16 }, (_, i) => (37 * i) % 256);
  const evaluated = (klWeight: number, step = 1) =>
    callEagerly(model.definition, 'evaluate', 5, model.initialState(), {
      images,
      klWeight: Float32Array.of(klWeight),
      seed: Int32Array.of(1),
      step: Int32Array.of(step),
    });

  test('adds the divergence per pixel, by its weight, to the reconstruction', async () => {
    const { loss, reconstruction, kl } = await evaluated(2);
    for (let i = 0; i < 5; i++)
      expect(loss?.[i]).toBeCloseTo((reconstruction?.[i] as number) + (2 * (kl?.[i] as number)) / 16, 5);
    const free = await evaluated(0);
    expect([...(free.loss ?? [])]).toEqual([...(free.reconstruction ?? [])]);
  });

  test('draws by its step alone: the same again for the same, others for others', async () => {
    const [first, again, other] = [await evaluated(1, 1), await evaluated(1, 1), await evaluated(1, 2)];
    expect(again).toEqual(first);
    expect(other.kl).toEqual(first.kl);
    expect(other.reconstruction).not.toEqual(first.reconstruction);
  });
});
