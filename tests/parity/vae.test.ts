import { describe, expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import { activations, optimizers } from '@/lib/catalog/models/trainingParameters';
import type { VaeValues } from '@/lib/catalog/models/vae';
import { RandomStream } from '@/lib/random';
import { compile } from '@/server/engine/compile';
import type { CallDefinition, ExecutorId, SpecMap, TensorData } from '@/server/engine/program';
import { programOf } from '@/server/models';
import { loadableExecutors, thoroughExecutors } from '../support/loadable';
import { expectSameCall, expectSameSteps, randomInputs } from '../support/parity';

const STEPS = 20;
/** As the stacked autoencoder's; draws are the same on every executor. */
const TOLERANCE = 1e-4;
const executors = await loadableExecutors();
const thorough = await thoroughExecutors();
const image = { height: 6, width: 5, channels: 1 };
const rates = { sgd: 0.05, momentum: 0.01, rmsprop: 0.001, adam: 0.001 } as const;

function modelWith(changes: Partial<VaeValues> = {}) {
  const small = { hiddenUnits: [12, 9], codingSize: 4, batchSize: 8 };
  const values = { ...defaultValues('vae'), ...small, ...changes } as VaeValues;
  return programOf({ model: 'vae', dataset: 'glyphs', values }, image);
}

/** The weight of the KL term and the learning rate move from step to step, as when people drag them. */
function inputsAt(inputs: SpecMap, step: number, rate: number): Record<string, TensorData> {
  return randomInputs(inputs, new RandomStream(1, 'parity', step), {
    learningRate: () => Float32Array.of(rate * (1 + step / STEPS)),
    klWeight: () => Float32Array.of(step / 4),
    seed: () => Int32Array.of(7),
    step: () => Int32Array.of(step),
  });
}

function expectSameTraining(id: ExecutorId, changes: Partial<VaeValues>): Promise<void> {
  const model = modelWith(changes);
  const { inputs } = model.definition.steps.train;
  const rate = rates[changes.optimizer ?? 'rmsprop'];
  return expectSameSteps(id, model, {
    steps: STEPS,
    tolerance: TOLERANCE,
    inputsOf: (step) => inputsAt(inputs, step, rate),
  });
}

describe.each(executors)('%s: 20 steps equal 20 eager steps', (id) => {
  test('with the optimizer and activation that one begins with', () => expectSameTraining(id, {}));
});

describe.each(thorough)('%s: 20 steps equal 20 eager steps', (id) => {
  test.each(optimizers)('with %s', (optimizer) => expectSameTraining(id, { optimizer }));
  test.each(activations)('with %s', (activation) => expectSameTraining(id, { activation }));
  test('without hidden layers', () => expectSameTraining(id, { hiddenUnits: [] }));
});

describe.each(executors)('%s: calls', (id) => {
  test.each(['evaluate', 'survey', 'encode', 'decode', 'reconstruct', 'activations'])(
    '%s equals its eager run',
    async (name) => {
      const model = modelWith();
      const { inputs } = (model.definition.calls[name] as (rows: number) => CallDefinition)(5);
      await expectSameCall(id, model, { name, rows: 5, tolerance: TOLERANCE }, inputsAt(inputs, 3, 0));
    },
  );
});

test('a run that is resumed goes on to the same weights, bit for bit', async () => {
  const { definition, initialState } = modelWith();
  const { inputs } = definition.steps.train;
  const steps = Array.from({ length: 6 }, (_, i) => inputsAt(inputs, i + 1, 0.001));
  const program = await compile(definition, 'onnx-cpu');
  const train = async (from: number, to: number) => {
    for (const each of steps.slice(from, to)) await program.train('train', 1, each);
  };
  await program.setState(initialState());
  await train(0, 3);
  const half = await program.getState();
  await train(3, 6);
  const whole = await program.getState();
  await program.setState(half);
  await train(3, 6);
  expect(await program.getState()).toEqual(whole);
  await program.dispose();
});
