import { describe, expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import type { GanValues } from '@/lib/catalog/models/gan';
import { programOf } from '@/server/models';
import { optimizers as known } from '@/server/models/optimizers';
import {
  colourImage,
  expectSameSampling,
  expectSameTraining,
  greyImage,
  plain,
  stepKinds,
} from '../support/adversarial';
import { stepEagerly } from '../support/eager';
import { loadableExecutors, thoroughExecutors } from '../support/loadable';

function modelWith(changes: Partial<GanValues>, image = greyImage) {
  const small = { codingSize: 5, generatorUnits: [12, 9], discriminatorUnits: [9, 12], batchSize: 4 };
  const values = { ...defaultValues('gan'), ...small, ...changes } as GanValues;
  return programOf({ model: 'gan', dataset: 'glyphs', values }, image);
}

const optimizers = Object.keys(known) as (keyof typeof known)[];

const executors = await loadableExecutors();
const thorough = await thoroughExecutors();

describe.each(executors)('%s: 5 steps equal 5 eager steps', (id) => {
  test('train', () => expectSameTraining(id, modelWith(plain), { kind: 'train' }));
});

describe.each(thorough)('%s: 5 steps equal 5 eager steps', (id) => {
  test.each(stepKinds)('%s', (kind) => expectSameTraining(id, modelWith(plain), { kind }));
  test('three steps of the discriminator and two of the generator an iteration', () =>
    expectSameTraining(id, modelWith({ ...plain, discriminatorSteps: 3, generatorSteps: 2 })));
  test.each(optimizers)('with %s for the generator and RMSprop for the discriminator', (optimizer) =>
    expectSameTraining(id, modelWith({ generatorOptimizer: optimizer }), { rate: 0.001 }),
  );
  test('with Adam for both, each with powers of its own', () =>
    expectSameTraining(
      id,
      modelWith({ generatorOptimizer: 'adam', discriminatorOptimizer: 'adam', discriminatorSteps: 2 }),
      { rate: 0.001 },
    ));
  test('without hidden layers, in colour', () =>
    expectSameTraining(id, modelWith({ ...plain, generatorUnits: [], discriminatorUnits: [] }, colourImage)));
});

describe.each(thorough)('%s: calls', (id) => {
  test.each(['generate', 'discriminate', 'features', 'generatorActivations', 'discriminatorActivations'])(
    '%s equals its eager run',
    (name) => expectSameSampling(id, modelWith({}), name),
  );
});

describe('a step of one network alone', () => {
  const inputs = {
    images: new Uint8Array(4 * 64).fill(200),
    generatorLearningRate: Float32Array.of(0.01),
    discriminatorLearningRate: Float32Array.of(0.01),
    seed: Int32Array.of(1),
    step: Int32Array.of(1),
  };

  test.each(['discriminator', 'generator'] as const)('%s: the other stays as it is', async (kind) => {
    const { definition, initialState } = modelWith({});
    const { state, metrics } = await stepEagerly(definition, initialState(), inputs, kind);
    const changed = Object.entries(initialState())
      .filter(([name, before]) => before.some((value, i) => value !== state[name]?.[i]))
      .map(([name]) => name.split('/')[0]);
    expect(new Set(changed)).toEqual(new Set([kind]));
    expect(Object.keys(metrics).sort()).toEqual([
      'discriminatorLoss',
      'fakeScore',
      'generatorLoss',
      'realScore',
    ]);
  });

  test('both report the losses of the untrained networks alike', async () => {
    const { definition, initialState } = modelWith({});
    const [both, generator] = await Promise.all(
      ['train', 'generator'].map((kind) => stepEagerly(definition, initialState(), inputs, kind)),
    );
    expect(generator?.metrics.discriminatorLoss).toEqual(both?.metrics.discriminatorLoss);
    expect(generator?.metrics.generatorLoss).not.toEqual(both?.metrics.generatorLoss);
  });
});
