import { spawnSync } from 'node:child_process';
import util from 'node:util';
import { mean, mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import type { CharRnnValues } from '@/lib/catalog/models/charRnn';
import { compile } from '@/server/engine/compile';
import { Graphs } from '@/server/engine/graphs';
import { defineStep, type ProgramDefinition, type StepDefinition } from '@/server/engine/program';
import { loadBinding } from '@/server/engine/tensorflow/binding';
import { lowerCall, lowerStep } from '@/server/engine/tensorflow/lower';
import { probeTensorflow } from '@/server/engine/tensorflow/probe';
import { decodeSavedModel } from '@/server/engine/tensorflow/proto';
import { charRnn } from '@/server/models/charRnn';

/** Two kinds of step over the same state: `w` moves towards `x`, and `w` shrinks. */
const step = (run: (w: Tensor, x: Tensor) => Tensor): StepDefinition =>
  defineStep({
    inputs: { x: { shape: [2], dtype: 'float32' } },
    run: (state, { x }) => {
      const w = run(state.w as Tensor, x);
      return { state: { w }, metrics: { mean: mean(w) } };
    },
  });
const definition: ProgramDefinition = {
  state: { w: { shape: [2], dtype: 'float32' } },
  steps: {
    train: step((w, x) => sub(w, mul(sub(w, x), 0.5))),
    shrink: step((w, x) => mul(w, x)),
  },
  calls: { double: () => ({ inputs: {}, run: ({ w }) => ({ doubled: mul(w as Tensor, 2) }) }) },
};

describe('the lowered models', () => {
  const small = { hiddenUnits: [6, 5], windowLength: 9, batchSize: 4 };
  const values = { ...defaultValues('char-rnn'), ...small } as CharRnnValues;
  const graphs = new Graphs(charRnn(values, 7).definition);

  test.each([
    [
      'a step',
      async () => lowerStep(await graphs.step('train'), graphs.stepDefinition('train').inputs),
      ['write', 'read', 'train'],
    ],
    [
      'a call',
      async () => lowerCall(await graphs.call('evaluate', 3), graphs.callDefinition('evaluate', 3).inputs),
      ['call'],
    ],
  ] as const)('%s: every tensor that is named exists', async (_, lower, expected) => {
    const { nodes, signatures } = decodeSavedModel(await lower());
    const names = new Set(nodes.map(({ name }) => name));
    expect(names.size).toBe(nodes.length);
    const nodeOf = (place: string) => place.replace(/^\^/, '').replace(/:\d+$/, '');
    const used = nodes.flatMap(({ input }) => input.map(nodeOf));
    expect(used.filter((name) => !names.has(name))).toEqual([]);
    expect(Object.keys(signatures)).toEqual(expected);
    const tensors = Object.values(signatures).flatMap(({ inputs, outputs }) =>
      [inputs, outputs].flatMap(Object.values),
    );
    expect(tensors.map(({ name }) => nodeOf(name)).filter((name) => !names.has(name))).toEqual([]);
  });

  test('a training is a loop, with the recurrences as loops in it', async () => {
    const inputs = graphs.stepDefinition('train').inputs;
    const { nodes } = decodeSavedModel(lowerStep(await graphs.step('train'), inputs));
    const scans = (await graphs.step('train')).nodes.filter(({ kernel }) => kernel === '_Scan');
    expect(scans.length).toBeGreaterThan(0);
    expect(nodes.filter(({ op }) => op === 'LoopCond')).toHaveLength(1 + scans.length);
  });
});

describe('setup:tensorflow', () => {
  const setUp = (...args: string[]) =>
    spawnSync(process.execPath, ['server/tools/setupTensorflow.mjs', ...args], { encoding: 'utf8' });

  test.each([
    [[], /^Usage: npm run setup:tensorflow -- --from FOLDER/],
    [['--form', 'x'], /^Unknown option '--form'/],
    [['--from', `${import.meta.dirname}/nowhere`], /nowhere: there is no such folder/],
    [['--from', import.meta.dirname], /it has neither libtensorflow_cc\.so\.2 nor lib\/libtensorflow\.so\.2/],
  ])('%#: what is missing is said', (args, message) => {
    const { status, stderr, stdout } = setUp(...args);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});

// Node 23 has removed these functions, which tfjs-node's own JavaScript calls: the executor must not need them.
for (const name of Object.keys(util))
  if (/^is[A-Z]/.test(name) && !['isArray', 'isDeepStrictEqual'].includes(name))
    Reflect.deleteProperty(util, name);
const probe = await probeTensorflow();
const reason = probe.works ? '' : ` (not here: ${probe.detail})`;

describe.runIf(probe.works)(`a program on TensorFlow${reason}`, () => {
  test('the state goes with it from one kind of step to another, and everything is released', async () => {
    expect(util).not.toHaveProperty('isNullOrUndefined');
    const binding = loadBinding();
    const program = await compile(definition, 'tensorflow');
    await expect(program.call('double', 1, {})).rejects.toThrow('call setState first');
    const given = Float32Array.of(8, 16);
    await program.setState({ w: given });
    given.fill(0);
    expect(await program.train('train', 2, { x: new Float32Array(4) })).toEqual({
      mean: Float32Array.of(6, 3),
    });
    expect(await program.call('double', 1, {})).toEqual({ doubled: Float32Array.of(4, 8) });
    await program.train('shrink', 1, { x: Float32Array.of(0.5, 0.25) });
    await program.train('train', 1, { x: Float32Array.of(3, 5) });
    expect(await program.getState()).toEqual({ w: Float32Array.of(2, 3) });
    await expect(program.train('train', 1, { x: new Float32Array(3) })).rejects.toThrow(
      'x has 3 values; expected float32[1,2]',
    );
    expect(await program.call('double', 1, {})).toEqual({ doubled: Float32Array.of(4, 6) });
    await program.dispose();
    expect({ tensors: binding.getNumOfTensors(), models: binding.getNumOfSavedModels() }).toEqual({
      tensors: 0,
      models: 0,
    });
  });
});

test.runIf(!probe.works)('where TensorFlow does not load, the reason and what to do are said', () => {
  expect(probe.detail).not.toBe('');
  expect(probe.hint).toContain('npm run setup:tensorflow -- --from FOLDER');
});
