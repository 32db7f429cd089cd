import { expect, test } from 'vitest';
import { own } from '@/lib/text/sentence';
import { restart, setUp } from '../support/roomFixture';
import { historyIn, images, training } from '../support/roomRuns';
import { TestPage } from '../support/rooms';
import { until } from '../support/until';

test('R20 entries carry run and step while the run trains', async () => {
  const { ada, runs } = await setUp();
  await ada.set('seed', 1);
  await ada.seat.command('train');
  runs.status(training(0));
  runs.train(1, 5);
  await ada.set('codingSize', 3);
  await ada.seat.command('stop');
  runs.status({ state: 'stopped', step: 5 });
  await ada.set('batchSize', 3);
  const run = runs.latest.spec.id;
  expect(ada.got('log').map(({ at }) => at)).toEqual([
    null,
    null,
    null,
    { run, step: 5 },
    { run, step: 5 },
    null,
  ]);
});

test('R21 commands that the state does not allow are refused', async () => {
  const { ada, runs } = await setUp();
  for (const command of ['pause', 'resume', 'stop', 'reset'] as const)
    await expect(ada.seat.command(command)).rejects.toMatchObject({ code: 'not-allowed' });
  await ada.seat.command('train');
  runs.status(training(0));
  for (const command of ['train', 'resume', 'step'] as const)
    await expect(ada.seat.command(command)).rejects.toMatchObject({ code: 'not-allowed' });
  expect(runs.calls).toEqual(['start train']);
});

test('R21 commands beyond their rate are refused', async () => {
  const { ada } = await setUp();
  const results = await Promise.allSettled(Array.from({ length: 300 }, () => ada.seat.command('pause')));
  const codes = results.map((each) => (each.status === 'rejected' ? each.reason.code : 'done'));
  expect(new Set(codes)).toEqual(new Set(['not-allowed', 'too-fast']));
});

test('R64 a recipe is told to whoever runs it when somebody comes, edits or resets, and not while it trains', async () => {
  const { ada, rooms, runs, id } = await setUp();
  const sizes = () =>
    runs.expected.splice(0).map(({ values }) => (values as { codingSize: number }).codingSize);
  expect(sizes()).toEqual([30]);
  await ada.set('codingSize', 5);
  expect(sizes()).toEqual([5]);
  await ada.seat.command('train');
  runs.status(training(0));
  await ada.set('codingSize', 6);
  await TestPage.join(rooms, id, { name: 'Ben' });
  expect(sizes()).toEqual([]);
  await ada.seat.command('reset');
  expect(sizes()).toEqual([6]);
});

test('R22 Train freezes the recipe and stores the run before it starts', async () => {
  const { ada, runs, storage, id } = await setUp();
  await ada.set('codingSize', 5);
  await ada.seat.command('train');
  expect(runs.latest.spec.recipe.values).toMatchObject({ codingSize: 5 });
  expect((await storage.load(id, 0))?.run?.spec).toEqual(runs.latest.spec);
  await ada.set('codingSize', 6);
  expect(ada.got('run').at(-1)?.spec.recipe.values).toMatchObject({ codingSize: 5 });
});

test('R22 Step without a run begins one that takes one step; Train replaces an ended run', async () => {
  const { ada, runs, storage, id } = await setUp();
  await ada.seat.command('step');
  expect(runs.latest.options).toMatchObject({ begin: 'step' });
  runs.status({ state: 'finished', step: 1 });
  const first = runs.latest.spec.id;
  await ada.seat.command('train');
  expect(runs.latest.spec.id).not.toBe(first);
  expect((await storage.load(id, 0))?.run?.spec.id).toBe(runs.latest.spec.id);
  runs.started[0]?.listener.status({
    state: 'failed',
    step: 9,
    failure: { code: 'worker', message: '', hint: '' },
  });
  expect(ada.got('run').at(-1)?.status.state).toBe('starting');
});

test('R22 Pause, Resume, Step and Stop reach the run that a process holds', async () => {
  const { ada, runs } = await setUp();
  await ada.seat.command('train');
  runs.status(training(0));
  await ada.seat.command('pause');
  runs.status({ state: 'paused', step: 0, by: 'person' });
  await ada.seat.command('step');
  await ada.seat.command('resume');
  runs.status(training(1));
  await ada.seat.command('stop');
  expect(runs.calls).toEqual(['start train', 'pause', 'step', 'resume', 'stop']);
});

test('R29 a recipe beyond the limits is refused with what to lower, and the ended run stays', async () => {
  const costLimits = { memoryBytes: 4 * 2 ** 30, flopsPerStep: 1e9 };
  const { ada, runs, storage, id } = await setUp({ costLimits });
  expect(ada.joined.capacity).toEqual({ ...costLimits, speed: runs.speed });
  await ada.seat.command('train');
  const first = runs.latest.spec.id;
  runs.status({ state: 'finished', step: 1 });
  await ada.edit((doc) => doc.getMap('recipe').set('model', 'dcgan'));
  for (const command of ['train', 'step'] as const)
    await expect(ada.seat.command(command)).rejects.toMatchObject({
      code: 'too-large',
      message: 'A step of this recipe would take 8.03 GFLOP, the server allows 1. Lower Kernel size (now 5).',
    });
  expect(runs.calls).toEqual(['start train']);
  expect((await storage.load(id, 0))?.run).toMatchObject({
    spec: { id: first },
    status: { state: 'finished' },
  });
});

test('R23 a live parameter reaches the training, and only when it has changed', async () => {
  const { ada, runs } = await setUp();
  await ada.set('learningRate', 0.5);
  await ada.seat.command('train');
  await ada.set('learningRate', 0.25);
  await ada.set('codingSize', 3);
  await ada.set('epochs', 2);
  expect(runs.calls).toEqual(['start train', 'live {"learningRate":0.25}', 'live {"epochs":2}']);
});

test('R24 R25 after a restart the run is paused at its checkpoint, with the curve of that step', async () => {
  const first = await setUp();
  await first.ada.seat.command('train');
  first.runs.status(training(0));
  first.runs.train(1, 10);
  first.runs.latest.listener.frame(images(first.runs.latest.spec.id, 10));
  first.runs.checkpoint(10, Uint8Array.of(1, 2, 3));
  first.runs.train(11, 10);
  const second = await restart(first);
  const ada = await TestPage.join(second.rooms, first.id);
  expect(ada.joined.run?.status).toEqual({ state: 'paused', step: 10, by: 'restart' });
  expect(ada.joined.log.at(-1)?.what).toMatchObject({ kind: 'ended', state: 'paused' });
  expect(ada.frames.map(({ kind }) => kind)).toEqual(['history', 'images']);
  expect(historyIn(ada.frames[0]).training.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await ada.set('learningRate', 0.125);
  await ada.seat.command('resume');
  const { spec, options } = second.runs.latest;
  expect(spec.id).toBe(ada.joined.run?.spec.id);
  expect(spec.recipe.values).toMatchObject({ learningRate: 0.125 });
  expect(options.begin).toBe('train');
  expect(options.from?.step).toBe(10);
  expect([...(options.from?.bytes ?? [])]).toEqual([1, 2, 3]);
  second.runs.status(training(10));
  second.runs.train(11, 2);
  expect(historyIn(ada.seat.history() ?? undefined).step).toBe(12);
});

test('R25 a single step of a paused run outlives a restart', async () => {
  const first = await setUp();
  await first.ada.seat.command('step');
  first.runs.status(training(0));
  for (const step of [1, 2]) {
    first.runs.train(step, 1);
    first.runs.checkpoint(step);
    first.runs.status({ state: 'paused', step, by: 'person' });
  }
  const second = await restart(first);
  const ada = await TestPage.join(second.rooms, first.id);
  expect(ada.joined.run?.status).toEqual({ state: 'paused', step: 2, by: 'person' });
  expect((await second.storage.load(first.id, 0))?.run?.status).toEqual(ada.joined.run?.status);
});

test('R25 a run without a checkpoint is stopped by a restart, and Train works again', async () => {
  const first = await setUp();
  await first.ada.seat.command('train');
  first.runs.status(training(0));
  const second = await restart(first);
  const ada = await TestPage.join(second.rooms, first.id);
  expect(ada.joined.run?.status).toEqual({ state: 'stopped', step: 0 });
  await ada.seat.command('train');
  expect(second.runs.calls).toEqual(['start train']);
});

test('R25 Stop works on a run that a restart has paused', async () => {
  const first = await setUp();
  await first.ada.seat.command('train');
  first.runs.status(training(0));
  first.runs.train(1, 1);
  first.runs.checkpoint(1);
  const second = await restart(first);
  const ada = await TestPage.join(second.rooms, first.id);
  await ada.seat.command('stop');
  expect(ada.got('run').at(-1)?.status).toEqual({ state: 'stopped', step: 1 });
  expect((await second.storage.load(first.id, 0))?.run?.status).toEqual({ state: 'stopped', step: 1 });
});

test('R27 assets are named only once they can be fetched', async () => {
  const { ada, runs, storage } = await setUp();
  await ada.seat.command('train');
  const shape = { count: 2, height: 1, width: 1, channels: 1, classes: ['Disc'] };
  runs.latest.listener.assets(shape, Uint8Array.of(0, 0, 9, 9));
  runs.status(training(0));
  expect(ada.got('run').at(-1)?.assets).toBeNull();
  await until('the assets are named', () => ada.got('run').at(-1)?.assets !== null);
  const assets = ada.got('run').at(-1)?.assets;
  expect(assets).toMatchObject(shape);
  expect([...((await storage.blob(assets?.hash ?? '')) ?? [])]).toEqual([0, 0, 9, 9]);
});

test('R28 a pause is announced once it is on disk', async () => {
  const { ada, runs, storage, id } = await setUp();
  await ada.seat.command('train');
  runs.status(training(0));
  runs.train(1, 5);
  runs.checkpoint(5);
  runs.status({ state: 'paused', step: 5, by: 'person' });
  expect(ada.got('run').at(-1)?.status.state).toBe('training');
  await until('the pause is announced', () => ada.got('run').at(-1)?.status.state === 'paused');
  const stored = await storage.load(id, 0);
  expect(stored?.run?.status).toEqual({ state: 'paused', step: 5, by: 'person' });
  expect(stored?.run?.checkpoint?.step).toBe(5);
});

test('R7 who comes late gets the whole curve and the newest pictures, then what follows', async () => {
  const { ada, runs, rooms, id } = await setUp();
  await ada.seat.command('train');
  runs.status(training(0));
  const { spec, listener } = runs.latest;
  runs.train(1, 3);
  listener.frame(images(spec.id, 1));
  listener.frame(images(spec.id, 2));
  const late = await TestPage.join(rooms, id);
  runs.train(4, 2);
  expect(late.joined.run?.status).toEqual(training(3));
  expect(late.frames.map(({ kind }) => kind)).toEqual(['history', 'images', 'metrics']);
  expect(historyIn(late.frames[0]).step).toBe(3);
  expect(late.frames[1]?.bytes).toEqual(images(spec.id, 2).bytes);
  expect(ada.frames.map(({ kind }) => kind)).toEqual(
    ['history', 'metrics', 'images', 'images', 'metrics'].slice(1),
  );
});

test('R18 the end of a run is told with its reason', async () => {
  const { ada, runs } = await setUp();
  await ada.seat.command('train');
  runs.status(training(0));
  const failure = {
    code: 'not-finite',
    message: own('The loss is NaN at step 7'),
    hint: own('Lower it'),
  } as const;
  runs.status({ state: 'failed', step: 6, failure });
  await until('the end is told', () => ada.got('log').at(-1)?.what.kind === 'ended');
  expect(ada.got('log').at(-1)).toMatchObject({
    person: null,
    what: { state: 'failed', message: { own: 'The loss is NaN at step 7' } },
  });
});

test('R24 metrics with a gap are reported to the operator and break nothing', async () => {
  const { ada, runs, said } = await setUp();
  await ada.seat.command('train');
  runs.status(training(0));
  runs.train(5, 1);
  expect(said.join()).toContain('Metrics from step 1 expected, got step 5');
  runs.train(1, 1);
  expect(historyIn(ada.seat.history() ?? undefined).step).toBe(1);
});

test('R3 a room stays while its run trains, and goes when it has ended', async () => {
  const { ada, runs, rooms, id } = await setUp({ idleMs: 0 });
  await ada.seat.command('train');
  runs.status(training(0));
  ada.seat.leave();
  runs.train(1, 4);
  const back = await TestPage.join(rooms, id);
  expect(back.joined.run?.status).toEqual(training(4));
  back.seat.leave();
  runs.checkpoint(4);
  runs.status({ state: 'finished', step: 4 });
  const after = await TestPage.join(rooms, id);
  expect(after.joined.run?.status).toEqual({ state: 'finished', step: 4 });
  expect(historyIn(after.frames[0]).step).toBe(4);
});

test('R3 unloading lets go of a paused run, which then goes on from its checkpoint', async () => {
  const { ada, runs, rooms, id } = await setUp({ idleMs: 0 });
  await ada.seat.command('train');
  runs.status(training(0));
  runs.train(1, 4);
  runs.checkpoint(4);
  runs.status({ state: 'paused', step: 4, by: 'person' });
  ada.seat.leave();
  await until('the process is released', () => runs.calls.includes('discard'));
  const back = await TestPage.join(rooms, id);
  expect(back.joined.run?.status).toEqual({ state: 'paused', step: 4, by: 'person' });
  await back.seat.command('step');
  expect(runs.latest.options).toMatchObject({ begin: 'step', from: { step: 4 } });
});
