import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import { inEnglish } from '@/lib/text/sentence';
import type { Runs, StartOptions } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { unpackCheckpoint } from '@/server/worker/training/checkpoint';
import { machineIn } from '@/server/worker/training/pace';
import { Recorder, specOf, workerFile } from '../support/worker';

let runs: Runs;
beforeEach(() => {
  runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', dataDir: '/nowhere' });
});
afterEach(() => runs.close());

function started(spec = specOf('run'), options: StartOptions = { begin: 'train' }): Recorder {
  const run = new Recorder();
  runs.start(spec, run, options);
  return run;
}

const small = { hiddenUnits: [20], codingSize: 4, validationShare: 2 };
const stepsPerEpoch = (6000 * 0.98) / 32;
/** Long enough that it doesn't end by itself. */
const long = specOf('run', { ...small, epochs: 1000 });

const headers = <K extends FrameHeader['kind']>(run: Recorder, kind: K) =>
  run.frames
    .filter((frame) => frame.kind === kind)
    .map((frame) => decodeFrame(frame.bytes).header as Extract<FrameHeader, { kind: K }>);

/** From where a run has ended. */
const goingOn = (run: Recorder): StartOptions => ({ begin: 'train', from: run.checkpoints.at(-1) });

const lastStep = (run: Recorder) => run.checkpoints.at(-1)?.step;

test('T1 a run reports its states, its pictures, every step, an evaluation an epoch, and its last checkpoint', async () => {
  const run = started(specOf('run', { ...small, epochs: 2 }));
  await run.reaches('finished');
  const total = Math.ceil(2 * stepsPerEpoch);
  const states = run.statuses.map(({ state }) => state);
  expect([...new Set(states)]).toEqual(['starting', 'training', 'finished']);
  expect(run.last).toEqual({ state: 'finished', step: total });
  expect(run.shown).toHaveLength(1);
  expect(run.shown[0]?.assets).toMatchObject({ count: 120, height: 28, width: 28, channels: 1 });
  expect(run.shown[0]?.blob).toHaveLength(120 * 785);
  expect([...(run.shown[0]?.blob.subarray(0, 3) ?? [])]).toEqual([0, 1, 2]);
  expect(run.losses).toHaveLength(total);
  let next = 1;
  for (const batch of run.batches) {
    expect(batch.firstStep).toBe(next);
    next += batch.values[0]?.length ?? 0;
  }
  const evaluated = run.batches.flatMap(({ validation }) => validation?.step ?? []);
  expect(evaluated).toEqual([Math.ceil(stepsPerEpoch), total]);
  expect(lastStep(run)).toBe(total);
  expect(run.losses.at(-1)).toBeLessThan((run.losses[0] as number) * 0.8);
});

test('T2 frames say what they hold and stay below their limit', async () => {
  const run = started(specOf('run', { epochs: 1 }));
  await run.reaches('finished');
  const total = Math.ceil((6000 - 500) / 32);
  const { firstSteps } = machineIn(process.env);
  expect(headers(run, 'images').slice(0, 2)).toMatchObject([{ step: 0 }, { step: firstSteps }]);
  expect(headers(run, 'points')[0]?.step).toBe(firstSteps);
  for (const kind of ['images', 'points'] as const) expect(headers(run, kind).at(-1)?.step).toBe(total);
  const [images] = headers(run, 'images');
  expect(images).toMatchObject({ run: 'run', count: 16, height: 28, width: 28, codings: { size: 30 } });
  expect(images?.codings?.scale).toBeGreaterThan(0);
  expect(headers(run, 'points')[0]).toMatchObject({ run: 'run', count: 500, projection: 'pca' });
  expect(headers(run, 'metrics').at(-1)).toMatchObject({
    run: 'run',
    pace: { totalSteps: total, stepsPerEpoch: 5500 / 32, executor: 'onnx-cpu' },
    validation: { step: total },
  });
  expect(headers(run, 'metrics').at(-1)?.pace.stepsPerSecond).toBeGreaterThan(0);
  for (const frame of run.frames) expect(frame.bytes.length).toBeLessThanOrEqual(limits.frameBytes);
});

test('T3 pause holds with pictures and a checkpoint of its step, step takes one, resume goes on, stop ends', async () => {
  const run = started(long);
  await run.until(() => run.step > 5);
  runs.pause('run');
  await run.reaches('paused');
  const { step } = run;
  expect(run.last).toEqual({ state: 'paused', step, by: 'person' });
  expect(lastStep(run)).toBe(step);
  expect(headers(run, 'images').at(-1)?.step).toBe(step);
  expect(headers(run, 'points').at(-1)?.step).toBe(step);
  runs.step('run');
  runs.step('run');
  await run.until(() => lastStep(run) === step + 2 && run.last?.state === 'paused');
  expect(run.step).toBe(step + 2);
  runs.resume('run');
  await run.until(() => run.step > step + 10);
  expect(run.last).toMatchObject({ state: 'training', step: step + 2 });
  runs.stop('run');
  await run.reaches('stopped');
  expect(run.last).toEqual({ state: 'stopped', step: run.step });
  expect(lastStep(run)).toBe(run.step);
  expect(runs.has('run')).toBe(false);
});

test('T3 a run that begins with a step takes one and pauses', async () => {
  const run = started(long, { begin: 'step' });
  await run.reaches('paused');
  expect(run.last).toEqual({ state: 'paused', step: 1, by: 'person' });
  expect(run.losses).toHaveLength(1);
});

test('T3 the last step taken by hand finishes the run', async () => {
  const run = started(specOf('run', { ...small, batchSize: 512, validationShare: 50, epochs: 1 }), {
    begin: 'step',
  });
  await run.reaches('paused');
  while (run.last?.state === 'paused') {
    const { step } = run.last;
    runs.step('run');
    await run.until(
      () => run.last?.state === 'finished' || (run.last?.state === 'paused' && run.last.step > step),
    );
  }
  expect(run.last).toEqual({ state: 'finished', step: Math.ceil(3000 / 512) });
});

test('T4 a new learning rate and new epochs take effect in the running training', async () => {
  const run = started(long);
  await run.until(() => run.step > 5);
  runs.setLive('run', { learningRate: 0.00001 });
  await run.until(() => run.step > 400);
  runs.pause('run');
  await run.reaches('paused');
  const { step } = run;
  const before = unpackCheckpoint(run.checkpoints.at(-1)?.bytes as Uint8Array).values;
  runs.step('run');
  await run.until(() => lastStep(run) === step + 1);
  const after = unpackCheckpoint(run.checkpoints.at(-1)?.bytes as Uint8Array).values;
  const moves = Object.keys(before).flatMap((name) =>
    [...(before[name] ?? [])].map((value, i) => Math.abs(value - Number(after[name]?.[i]))),
  );
  expect(moves.reduce((a, b) => Math.max(a, b))).toBeLessThan(0.0001);
  runs.setLive('run', { epochs: 1 });
  runs.resume('run');
  await run.reaches('finished');
});

test('T5 a run that goes on from a checkpoint equals one that was never interrupted, bit for bit', async () => {
  const values = { ...small, epochs: 3, optimizer: 'adam', learningRate: 0.001 };
  const whole = started(specOf('whole', values));
  await whole.reaches('finished');
  const first = started(specOf('first', values));
  await first.until(() => first.step > 150);
  runs.pause('first');
  await first.reaches('paused');
  const from = first.checkpoints.at(-1);
  if (!from) throw new Error('No checkpoint came with the pause');
  runs.discard('first');
  const second = started(specOf('second', values), { begin: 'train', from });
  await second.reaches('finished');
  expect([...first.losses.slice(0, from.step), ...second.losses]).toEqual(whole.losses);
  const state = (run: Recorder) => unpackCheckpoint(run.checkpoints.at(-1)?.bytes as Uint8Array);
  expect(state(second)).toEqual(state(whole));
  // A busy machine may leave out the evaluation of an epoch, never the last one.
  const evaluated = (run: Recorder) => run.batches.flatMap(({ validation }) => validation ?? []);
  const known = new Map(evaluated(whole).map((point) => [point.step, point]));
  const again = [...evaluated(first), ...evaluated(second)].filter(({ step }) => known.has(step));
  expect(again.at(-1)?.step).toBe(whole.step);
  expect(again).toEqual(again.map(({ step }) => known.get(step)));
});

test('T5 a run that was finished and goes on, is stopped and goes on, equals one that never was, bit for bit', async () => {
  const values = { ...small, optimizer: 'adam', learningRate: 0.001 };
  const whole = started(specOf('whole', { ...values, epochs: 3 }));
  await whole.reaches('finished');
  const first = started(specOf('first', { ...values, epochs: 1 }));
  await first.reaches('finished');
  const second = started(specOf('first', { ...values, epochs: 3 }), goingOn(first));
  await second.until(() => second.step > first.step + 20);
  runs.stop('first');
  await second.reaches('stopped');
  const third = started(specOf('first', { ...values, epochs: 3 }), goingOn(second));
  await third.reaches('finished');
  expect([...first.losses, ...second.losses, ...third.losses]).toEqual(whole.losses);
  const state = (run: Recorder) => unpackCheckpoint(run.checkpoints.at(-1)?.bytes as Uint8Array);
  expect(state(third)).toEqual(state(whole));
});

test('T3 a step after the last epoch is taken, and the run stays finished', async () => {
  const values = { ...small, batchSize: 512, validationShare: 50 };
  const whole = started(specOf('whole', { ...values, epochs: 2 }));
  await whole.reaches('finished');
  const first = started(specOf('first', { ...values, epochs: 1 }));
  await first.reaches('finished');
  const more = started(specOf('first', { ...values, epochs: 1 }), { ...goingOn(first), begin: 'step' });
  await more.reaches('finished');
  expect(more.last).toEqual({ state: 'finished', step: first.step + 1 });
  expect(more.losses).toEqual(whole.losses.slice(first.step, first.step + 1));
  expect(headers(more, 'metrics').at(-1)?.pace.totalSteps).toBe(first.step + 1);
});

test('T6 a loss that is not finite fails the run, names the step and keeps the last good state', async () => {
  const run = started(
    specOf('run', { ...small, activation: 'linear', loss: 'mean-squared-error', optimizer: 'momentum' }),
  );
  await run.until(() => run.step > 5);
  runs.pause('run');
  await run.reaches('paused');
  const good = run.step;
  runs.setLive('run', { learningRate: 1e30 });
  runs.resume('run');
  await run.until(() => run.last?.state === 'failed');
  if (run.last?.state !== 'failed') throw new Error('unreachable');
  expect(run.last).toMatchObject({ step: good, failure: { code: 'not-finite' } });
  expect(inEnglish(run.last.failure.message)).toMatch(
    /^(Loss|A weight) stopped being a finite number in step \d+, at a learning rate of 1e\+30$/,
  );
  expect(inEnglish(run.last.failure.hint)).toContain('learning rate');
  expect(lastStep(run)).toBe(good);
  expect(run.losses.every(Number.isFinite)).toBe(true);
  expect(headers(run, 'images').at(-1)?.step).toBe(good);
});

test('T7 an executor that does not work here fails with what to do', async () => {
  await runs.close();
  runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-webgpu', dataDir: '/nowhere' });
  const run = started();
  await run.until(() => run.last?.state === 'failed' || run.last?.state === 'training').catch(() => {});
  if (run.last?.state === 'training') return; // this machine has a GPU
  expect(run.last).toMatchObject({ state: 'failed', step: 0, failure: { code: 'executor' } });
});

test('T7 a data set that is not there fails with what was expected', async () => {
  await runs.close();
  const datasets = '/nowhere/at/all';
  runs = createRuns({
    limit: 1,
    workerFile: workerFile(),
    executor: 'onnx-cpu',
    dataDir: '/nowhere',
    datasets,
  });
  const run = started(specOf('run', {}, 'fashion-mnist'));
  await run.until(() => run.last?.state === 'failed');
  expect(run.last).toMatchObject({ failure: { code: 'dataset' } });
  expect(JSON.stringify(run.last)).toContain('/nowhere/at/all');
});
