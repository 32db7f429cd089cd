import { describe, expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import type { DcganValues } from '@/lib/catalog/models/dcgan';
import { programOf } from '@/server/models';
import {
  colourImage,
  expectSameSampling,
  expectSameTraining,
  greyImage,
  plain,
  stepKinds,
} from '../support/adversarial';
import { callEagerly, stepEagerly } from '../support/eager';
import { thoroughExecutors } from '../support/loadable';

function modelWith(changes: Partial<DcganValues>, image = greyImage) {
  const small = { codingSize: 6, generatorFilters: [6, 5], discriminatorFilters: [4, 5], batchSize: 4 };
  const values = { ...defaultValues('dcgan'), ...small, kernelSize: 3, ...changes } as DcganValues;
  return programOf({ model: 'dcgan', dataset: 'glyphs', values }, image);
}

const thorough = await thoroughExecutors();

describe.each(thorough)('%s: 5 steps equal 5 eager steps', (id) => {
  test.each(stepKinds)('%s', (kind) => expectSameTraining(id, modelWith(plain), { kind }));
  test('with RMSprop for both', () => expectSameTraining(id, modelWith({}), { rate: 0.001 }));
  test('in colour, with a kernel of 4 and without dropout', () =>
    expectSameTraining(id, modelWith({ ...plain, kernelSize: 4, dropout: 0 }, colourImage)));
});

describe('onnx-cpu: other settings', () => {
  test.each([2, 5])('with a kernel of %d', (kernelSize) =>
    expectSameTraining('onnx-cpu', modelWith({ ...plain, kernelSize })),
  );
  test('with filters enough for matrix products everywhere', () => {
    const filters = { generatorFilters: [16, 12], discriminatorFilters: [8, 16] };
    return expectSameTraining('onnx-cpu', modelWith({ ...plain, ...filters }));
  });
});

describe.each(thorough)('%s: calls', (id) => {
  test.each(['generate', 'discriminate', 'features', 'generatorActivations', 'discriminatorActivations'])(
    '%s equals its eager run',
    (name) => expectSameSampling(id, modelWith({}), name),
  );
});

test('running averages follow the steps of the generator alone, by the momentum', async () => {
  const { definition, initialState } = modelWith({ batchNormMomentum: 0.75 });
  const inputs = {
    images: new Uint8Array(4 * 64),
    generatorLearningRate: Float32Array.of(0),
    discriminatorLearningRate: Float32Array.of(0),
    seed: Int32Array.of(1),
    step: Int32Array.of(1),
  };
  const averages = ['generator/norm/0/mean', 'generator/norm/0/variance'] as const;
  const before = initialState();
  const idle = await stepEagerly(definition, before, inputs, 'discriminator');
  for (const name of averages) expect(idle.state[name]).toEqual(before[name]);
  // With rates of zero every step sees the same batch: the averages near its moments by a factor each step.
  const once = (await stepEagerly(definition, before, inputs, 'generator')).state;
  const twice = (await stepEagerly(definition, once, inputs, 'generator')).state;
  for (const name of averages) {
    const [a, b, c] = [before, once, twice].map((state) => state[name]?.[0] as number) as [
      number,
      number,
      number,
    ];
    expect(c - b).toBeCloseTo(0.75 * (b - a), 5);
    expect(b).not.toBe(a);
  }
});

test('what is sampled of one row does not depend on the others', async () => {
  const { definition, initialState } = modelWith({});
  const latents = Float32Array.from({ length: 2 * 6 }, (_, i) => Math.sin(i));
  const both = await callEagerly(definition, 'generate', 2, initialState(), { latents });
  const second = await callEagerly(definition, 'generate', 1, initialState(), { latents: latents.slice(6) });
  expect(second.images).toEqual(both.images?.slice(64));
});
