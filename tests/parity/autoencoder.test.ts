import { describe, expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import { type AutoencoderValues, losses } from '@/lib/catalog/models/autoencoder';
import { activations, optimizers } from '@/lib/catalog/models/trainingParameters';
import { RandomStream } from '@/lib/random';
import { compile } from '@/server/engine/compile';
import type { CallDefinition, ExecutorId } from '@/server/engine/program';
import { programOf } from '@/server/models';
import { loadableExecutors, thoroughExecutors } from '../support/loadable';
import { expectSameCall, expectSameSteps, randomInputs } from '../support/parity';

const STEPS = 20;
/**
 * Twenty steps multiply what one rounding in another order starts: 6e-8 grows to some 1e-6 of a tensor's
 * largest value with every optimizer here. 1e-4 leaves room for other processors and no room for an error.
 */
const TOLERANCE = 1e-4;
/** RMSprop and Adam divide by the size of the gradient: with large steps they turn roundings into directions. */
const usualRate = { sgd: {}, momentum: {}, rmsprop: { learningRate: 0.001 }, adam: { learningRate: 0.001 } };
const executors = await loadableExecutors();
const thorough = await thoroughExecutors();
const image = { height: 6, width: 5, channels: 1 };

function recipeWith(changes: Partial<AutoencoderValues>) {
  const small = { hiddenUnits: [12, 9], codingSize: 4, batchSize: 8, learningRate: 0.05 };
  const values = { ...defaultValues('autoencoder'), ...small, ...changes } as AutoencoderValues;
  return { model: 'autoencoder', dataset: 'glyphs', values } as const;
}

function expectSameTraining(id: ExecutorId, changes: Partial<AutoencoderValues>): Promise<void> {
  const recipe = recipeWith(changes);
  const model = programOf(recipe, image);
  return expectSameSteps(id, model, {
    steps: STEPS,
    tolerance: TOLERANCE,
    inputsOf: (step) =>
      randomInputs(model.definition.steps.train.inputs, new RandomStream(1, 'parity', step), {
        learningRate: () => Float32Array.of(recipe.values.learningRate * (1 + step / STEPS)),
      }),
  });
}

describe.each(executors)('%s: 20 steps equal 20 eager steps', (id) => {
  test('with the optimizer, loss and activation that one begins with', () => expectSameTraining(id, {}));
});

describe.each(thorough)('%s: 20 steps equal 20 eager steps', (id) => {
  test.each(optimizers)('with %s', (optimizer) =>
    expectSameTraining(id, { optimizer, ...usualRate[optimizer] }),
  );
  test.each(losses)('with %s', (loss) => expectSameTraining(id, { loss }));
  test.each(activations)('with %s', (activation) => expectSameTraining(id, { activation }));
  test('without hidden layers', () => expectSameTraining(id, { hiddenUnits: [] }));
});

describe.each(thorough)('%s: calls', (id) => {
  test.each(['evaluate', 'survey', 'encode', 'decode', 'reconstruct', 'activations'])(
    '%s equals its eager run',
    async (name) => {
      const model = programOf(recipeWith({}), image);
      const { inputs } = (model.definition.calls[name] as (rows: number) => CallDefinition)(5);
      await expectSameCall(
        id,
        model,
        { name, rows: 5, tolerance: TOLERANCE },
        randomInputs(inputs, new RandomStream(2, name), {}),
      );
    },
  );

  test('an input of a wrong length says what was expected', async () => {
    const { definition, initialState } = programOf(recipeWith({}), image);
    const program = await compile(definition, id);
    await expect(program.setState({})).rejects.toThrow(
      'encoder/0/kernel is missing; expected float32[30,12]',
    );
    await program.setState(initialState());
    await expect(program.call('encode', 250, { images: new Uint8Array(3) })).rejects.toThrow(
      'images has 3 values; expected uint8[250,30]',
    );
    await expect(program.call('dream', 1, {})).rejects.toThrow(
      /^Unknown call dream; expected evaluate, .*reconstruct/,
    );
    await program.dispose();
  });
});
