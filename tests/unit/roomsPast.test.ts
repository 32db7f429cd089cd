import { expect, test } from 'vitest';
import { restart, setUp } from '../support/roomFixture';
import { historyIn, images, training } from '../support/roomRuns';
import { TestPage, type TestRooms } from '../support/rooms';
import { until } from '../support/until';

test('R25 R34 after a restart the reel ends at the checkpoint, and goes on when the run does', async () => {
  const first = await setUp();
  await first.ada.seat.command('train');
  first.runs.status(training(0));
  const show = ({ runs }: Pick<TestRooms, 'runs'>, step: number) =>
    runs.latest.listener.frame(images(runs.latest.spec.id, step));
  for (const step of [0, 5, 10, 15, 20]) show(first, step);
  first.runs.checkpoint(10);
  const second = await restart(first);
  const run = first.runs.latest.spec.id;
  const steps = async () => {
    const past = await second.rooms.visit(first.id);
    return (await past.reel(run)).topics.images?.map(([step]) => step);
  };
  expect(await steps()).toEqual([0, 5, 10]);
  const ada = await TestPage.join(second.rooms, first.id);
  await ada.seat.command('resume');
  second.runs.status(training(10));
  for (const step of [10, 12]) show(second, step);
  expect(await steps()).toEqual([0, 5, 10, 12]);
});

test('R35 a run that another follows, or that is reset, can still be looked at', async () => {
  const { ada, runs, rooms, id } = await setUp();
  const past = await rooms.visit(id);
  const trained: string[] = [];
  for (const step of [1, 2]) {
    await ada.seat.command('train');
    const run = runs.latest.spec.id;
    runs.status(training(0));
    runs.train(1, step);
    runs.latest.listener.frame(images(run, step));
    runs.status({ state: 'finished', step });
    await until('the end', () => ada.got('run').at(-1)?.status.state === 'finished');
    trained.unshift(run);
    expect((await past.reel(run)).topics.images).toEqual([[step, expect.any(Number)]]);
  }
  const [present = '', before = ''] = trained;
  expect((await past.runs()).map(({ spec }) => spec.id)).toEqual([before]);
  expect(historyIn({ kind: 'history', bytes: await past.curve(before) }).step).toBe(1);
  expect((await past.reel(before)).topics.images?.map(([step]) => step)).toEqual([1]);
  await ada.seat.command('reset');
  expect((await past.reel(present)).topics.images?.map(([step]) => step)).toEqual([2]);
  expect((await past.runs()).map(({ spec }) => spec.id)).toEqual([present, before]);
  await expect(past.curve('unknown')).rejects.toMatchObject({ code: 'not-found' });
});

test('R32 a collapse of the samples is told once, at the step where it began, and so is its end', async () => {
  const server = await setUp();
  const { ada, runs } = server;
  await ada.seat.command('train');
  runs.status(training(0));
  runs.train(1, 60);
  for (const [i, spread] of [0.1, 0.8, 0.9, 0.2, 0.1, 0.1, 0.1, 0.4, 0.7, 0.8].entries())
    runs.diversity(5 * (i + 1), spread);
  const collapses = () => ada.got('log').filter(({ what }) => what.kind === 'collapse');
  await until('the collapse is told', () => collapses().length === 1);
  expect(collapses()[0]).toMatchObject({
    person: null,
    at: { run: runs.latest.spec.id, step: 20 },
    what: { state: 'began' },
  });
  runs.diversity(55, 0.9);
  await until('its end is told', () => collapses().length === 2);
  expect(collapses()[1]).toMatchObject({ at: { step: 45 }, what: { state: 'ended' } });
  expect(ada.frames.filter(({ kind }) => kind === 'diversity')).toHaveLength(11);
  runs.checkpoint(60);
  await ada.seat.command('pause');
  runs.status({ state: 'paused', step: 60, by: 'person' });
  await until('the pause is on disk', () => ada.got('run').at(-1)?.status.state === 'paused');
  const next = await restart(server);
  const bob = await TestPage.join(next.rooms, server.id);
  expect(historyIn(bob.frames[0]).diversity.map(({ step }) => step)).toEqual(
    Array.from({ length: 11 }, (_, i) => 5 * (i + 1)),
  );
});

test('R33 a step may be of one network alone, where there are two', async () => {
  const { ada, runs } = await setUp();
  await expect(ada.seat.command('step', { network: 'generator' })).rejects.toMatchObject({
    code: 'not-allowed',
    message: "Stacked autoencoder can't step its generator alone",
  });
  await ada.edit((doc) => doc.getMap('recipe').set('model', 'gan'));
  await expect(ada.seat.command('train', { network: 'generator' })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  await ada.seat.command('step', { network: 'discriminator' });
  expect(runs.latest.options).toMatchObject({ begin: 'step', network: 'discriminator' });
  runs.status({ state: 'paused', step: 1, by: 'person' });
  await until('the pause is told', () => ada.got('run').at(-1)?.status.state === 'paused');
  await ada.seat.command('step', { network: 'generator' });
  expect(runs.calls).toEqual(['start step', 'step generator']);
  const told = ada.got('log').map(({ what }) => (what.kind === 'command' ? what.network : null));
  expect(told.slice(-2)).toEqual(['discriminator', 'generator']);
});
