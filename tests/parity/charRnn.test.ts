import { describe, expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import type { CharRnnValues } from '@/lib/catalog/models/charRnn';
import { RandomStream } from '@/lib/random';
import { compile } from '@/server/engine/compile';
import type { CallDefinition, ExecutorId } from '@/server/engine/program';
import { charRnn } from '@/server/models/charRnn';
import { thoroughExecutors } from '../support/loadable';
import { expectSameCall, expectSameSteps, randomInputs } from '../support/parity';

const STEPS = 5;
/**
 * Adam divides by the size of the gradient, so a rounding in a tiny gradient moves its weight by up to
 * steps * rate = 5e-3: a hundredth of the largest weight. The roundings seen are 100 times smaller.
 */
const TOLERANCE = 1e-3;
const VOCABULARY = 7;
const thorough = await thoroughExecutors();

function modelWith(changes: Partial<CharRnnValues>) {
  const small = { hiddenUnits: [6, 5], windowLength: 9, batchSize: 4 };
  const values = { ...defaultValues('char-rnn'), ...small, ...changes } as CharRnnValues;
  return { values, model: charRnn(values, VOCABULARY) };
}

const characters = (random: RandomStream) => (length: number) =>
  Int32Array.from({ length }, () => random.below(VOCABULARY));

function expectSameTraining(id: ExecutorId, changes: Partial<CharRnnValues>) {
  const { model } = modelWith(changes);
  return expectSameSteps(id, model, {
    steps: STEPS,
    tolerance: TOLERANCE,
    inputsOf: (step) => {
      const random = new RandomStream(3, 'windows', step);
      return randomInputs(model.definition.steps.train.inputs, random, {
        windows: characters(random),
        learningRate: () => Float32Array.of(0.001),
        seed: () => Int32Array.of(42),
        step: () => Int32Array.of(step),
      });
    },
  });
}

describe.each(thorough)('%s: 5 steps equal 5 eager steps', (id) => {
  test('with the settings that one begins with', () => expectSameTraining(id, {}));
  test.each(['gru', 'lstm'] as const)('%s without dropout', (cell) =>
    expectSameTraining(id, { cell, dropout: 0, recurrentDropout: 0 }),
  );
  test.each(['gru', 'lstm'] as const)('%s with both kinds of dropout', (cell) =>
    expectSameTraining(id, { cell, dropout: 0.2, recurrentDropout: 0.3 }),
  );
  test('dropout of the inputs alone', () => expectSameTraining(id, { dropout: 0.4, recurrentDropout: 0 }));
  test('one layer and three', async () => {
    await expectSameTraining(id, { hiddenUnits: [8] });
    await expectSameTraining(id, { hiddenUnits: [8, 8, 8] });
  });
});

/** Carried values of all layers, random as if characters had been read. */
const generateInputs = (
  model: ReturnType<typeof modelWith>['model'],
  rows: number,
  forced: Int32Array,
  topK = 0,
) => {
  const random = new RandomStream(4, 'generate');
  const { inputs } = (model.definition.calls.generate as (rows: number) => CallDefinition)(rows);
  return randomInputs(inputs, random, {
    last: () => Int32Array.of(2),
    forced: () => forced,
    temperature: () => Float32Array.of(0.8),
    topK: () => Int32Array.of(topK),
    seed: () => Int32Array.of(5),
    step: () => Int32Array.of(1),
  });
};

describe.each(thorough)('%s: calls', (id) => {
  test('evaluate equals its eager run', async () => {
    const { model, values } = modelWith({});
    const windows = characters(new RandomStream(5))(3 * (values.windowLength + 1));
    await expectSameCall(id, model, { name: 'evaluate', rows: 3, tolerance: 1e-4 }, { windows });
  });

  test.each(['gru', 'lstm'] as const)('generate with %s equals its eager run', async (cell) => {
    const { model } = modelWith({ cell });
    const forced = Int32Array.of(1, 3, -1, -1, -1, 0, -1, -1);
    const call = { name: 'generate', rows: 8, tolerance: 1e-4 };
    await expectSameCall(id, model, call, generateInputs(model, 8, forced));
  });

  test('generate among the likeliest 2, and among more than there are, equals its eager run', async () => {
    const { model } = modelWith({ hiddenUnits: [6, 5, 4] });
    const forced = new Int32Array(8).fill(-1);
    const call = { name: 'generate', rows: 8, tolerance: 1e-4 };
    for (const topK of [2, 50]) await expectSameCall(id, model, call, generateInputs(model, 8, forced, topK));
  });

  test('hidden states of every layer are those of the training graph', async () => {
    const { model, values } = modelWith({});
    const rows = values.windowLength;
    const program = await compile(model.definition, id);
    await program.setState(model.initialState());
    const forced = characters(new RandomStream(6))(rows);
    const inputs = generateInputs(model, rows, forced);
    const { hidden = [], 'hidden/0': lower = [] } = await program.call('generate', rows, inputs);
    expect([hidden.length, lower.length]).toEqual([rows * 5, rows * 6]);
    const carried = await program.call('generate', 1, { ...inputs, forced: forced.slice(0, 1) });
    const close = (actual: ArrayLike<number>, wanted: ArrayLike<number>) =>
      Array.from(wanted).forEach((each, i) => {
        expect(actual[i]).toBeCloseTo(each, 5);
      });
    close(lower.slice(0, 6), carried['carried/recurrent/0/0'] ?? []);
    close(hidden.slice(0, 5), carried['carried/recurrent/1/0'] ?? []);
    await program.dispose();
  });
});

test('a text generated in two blocks is the one generated at once, and begins with what is forced', async () => {
  const { model } = modelWith({});
  const program = await compile(model.definition, 'onnx-cpu');
  await program.setState(model.initialState());
  const forced = Int32Array.of(4, 5, 6, 1, 2, 3);
  const inputs = generateInputs(model, 6, forced);
  const whole = await program.call('generate', 6, inputs);
  expect([...(whole.ids ?? [])]).toEqual([...forced]);
  const first = await program.call('generate', 3, { ...inputs, forced: forced.slice(0, 3) });
  const { ids = [], ...carried } = first;
  const second = await program.call('generate', 3, {
    ...inputs,
    ...carried,
    forced: forced.slice(3),
    last: Int32Array.of(ids[2] as number),
  });
  expect(second.probabilities).toEqual(whole.probabilities?.slice(3 * VOCABULARY));
  await program.dispose();
});

test('a low temperature takes the likeliest character, a high one does not', async () => {
  const { model } = modelWith({});
  const program = await compile(model.definition, 'onnx-cpu');
  await program.setState(model.initialState());
  const rows = 60;
  const inputs = generateInputs(model, rows, new Int32Array(rows).fill(-1));
  const likeliestShare = async (temperature: number) => {
    const { ids = [], probabilities = [] } = await program.call('generate', rows, {
      ...inputs,
      temperature: Float32Array.of(temperature),
    });
    const hits = Array.from(ids, (id, row) => {
      const all = Array.from(probabilities).slice(row * VOCABULARY, (row + 1) * VOCABULARY);
      return all[id] === Math.max(...all) ? 1 : 0;
    });
    return hits.reduce((sum: number, hit) => sum + hit, 0) / rows;
  };
  expect(await likeliestShare(0)).toBe(1);
  expect(await likeliestShare(4)).toBeLessThan(0.6);
  await program.dispose();
});

test('the likeliest 1 is what temperature 0 takes; among 3, nothing else is drawn, and at last all of them', async () => {
  const { model } = modelWith({});
  const program = await compile(model.definition, 'onnx-cpu');
  await program.setState(model.initialState());
  const rows = 60;
  const inputs = generateInputs(model, rows, new Int32Array(rows).fill(-1));
  const hot = { ...inputs, temperature: Float32Array.of(4) };
  const cold = await program.call('generate', rows, { ...inputs, temperature: Float32Array.of(0) });
  const single = await program.call('generate', rows, { ...hot, topK: Int32Array.of(1) });
  expect(single.ids).toEqual(cold.ids);
  const { ids = [], probabilities = [] } = await program.call('generate', rows, {
    ...hot,
    topK: Int32Array.of(3),
  });
  const ranks = Array.from(ids, (id, row) => {
    const all = Array.from(probabilities.slice(row * VOCABULARY, (row + 1) * VOCABULARY));
    return all.filter((each) => each > (all[id] as number)).length;
  });
  expect(new Set(ranks)).toEqual(new Set([0, 1, 2]));
  await program.dispose();
});
