import { expect, test } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { own } from '@/lib/text/sentence';
import { restart, setUp } from '../support/roomFixture';
import { historyIn, images, training } from '../support/roomRuns';
import { TestPage, type TestRooms } from '../support/rooms';
import { until } from '../support/until';

type Server = Awaited<ReturnType<typeof setUp>>;
const present = ({ ada }: Pick<Server, 'ada'>) => ada.got('run').at(-1);

/** A run of 200 steps in 20 epochs that has trained until `step`; its process says so when it is told to stop. */
async function trained({ ada, runs }: Pick<Server, 'ada' | 'runs'>, step: number): Promise<string> {
  await ada.seat.command('train');
  const run = runs.latest.spec.id;
  runs.status(training(0));
  runs.train(1, step);
  runs.latest.listener.frame(images(run, step));
  return run;
}

async function ends(server: Server, state: 'finished' | 'stopped', step: number): Promise<void> {
  server.runs.checkpoint(step);
  server.runs.status({ state, step });
  await until(`the run is ${state}`, () => present(server)?.status.state === state);
}

/** What the process of a training run does when it is told to stop. */
function obey({ runs }: Pick<TestRooms, 'runs'>, step: number): void {
  runs.onStop = () => {
    runs.checkpoint(step, Uint8Array.of(1, step));
    runs.status({ state: 'stopped', step });
  };
}

test('R26 Reset takes a last checkpoint of what trains, and the run stays with its weights', async () => {
  const server = await setUp();
  const { ada, runs, rooms, storage, id } = server;
  const run = await trained(server, 7);
  obey(server, 7);
  await ada.seat.command('reset');
  expect(present(server)).toBeNull();
  expect((await storage.load(id, 0))?.run).toBeNull();
  expect(ada.got('log').at(-1)).toMatchObject({
    at: { run, step: 7 },
    what: { command: 'reset', aside: run },
    person: { name: 'Ada' },
  });
  const past = await rooms.visit(id);
  expect(await past.runs()).toMatchObject([
    { spec: { id: run }, weights: 7, status: { state: 'stopped', step: 7 } },
  ]);
  runs.started[0]?.listener.checkpoint({ step: 9, bytes: Uint8Array.of(9) });
  await ada.seat.command('train');
  expect(runs.latest.options.from).toBeUndefined();
  expect((await storage.load(id, 0))?.run?.checkpoint).toBeNull();
});

test('R26 a run that has taken no step leaves nothing behind', async () => {
  const { ada, runs, rooms, id } = await setUp();
  await ada.seat.command('train');
  await ada.seat.command('reset');
  expect(runs.calls).toEqual(['start train', 'discard']);
  expect(await (await rooms.visit(id)).runs()).toEqual([]);
  expect(ada.got('log').at(-1)?.what).toEqual({ kind: 'command', command: 'reset' });
});

test('R66 a run that was reset is brought back as it was, goes on bit for bit, also after a restart', async () => {
  const first = await setUp();
  const run = await trained(first, 7);
  obey(first, 7);
  await first.ada.seat.command('reset');
  const second = await restart(first);
  const ada = await TestPage.join(second.rooms, first.id);
  expect(ada.joined.run).toBeNull();
  await ada.seat.command('restore', { run });
  expect(ada.got('run').at(-1)).toMatchObject({
    spec: { id: run },
    weights: 7,
    status: { state: 'stopped' },
  });
  expect(ada.frames.map(({ kind }) => kind)).toEqual(['history', 'images']);
  expect(historyIn(ada.frames[0]).step).toBe(7);
  expect(await (await second.rooms.visit(first.id)).runs()).toEqual([]);
  await ada.seat.command('resume');
  expect(second.runs.latest).toMatchObject({
    spec: { id: run },
    options: { begin: 'train', from: { step: 7 } },
  });
  expect([...(second.runs.latest.options.from?.bytes ?? [])]).toEqual([1, 7]);
});

test('R66 what is present when a run is brought back becomes an earlier run itself', async () => {
  const server = await setUp();
  const { ada, rooms, id } = server;
  const first = await trained(server, 3);
  await ends(server, 'finished', 3);
  const second = await trained(server, 5);
  obey(server, 5);
  await ada.seat.command('restore', { run: first });
  expect(present(server)?.spec.id).toBe(first);
  expect(await (await rooms.visit(id)).runs()).toMatchObject([{ spec: { id: second }, weights: 5 }]);
  expect(ada.got('log').at(-1)?.what).toMatchObject({ command: 'restore', aside: second });
  for (const run of [first, 'unknown', undefined])
    await expect(ada.seat.command('restore', { run })).rejects.toMatchObject({ code: 'not-found' });
});

test('R66 where no last checkpoint comes in time, the one before counts, with its curve and its pictures', async () => {
  const server = await setUp({ lastCheckpointMs: 1 });
  const { ada, runs, rooms, id } = server;
  const run = await trained(server, 4);
  runs.checkpoint(4);
  runs.train(5, 3);
  runs.latest.listener.frame(images(run, 7));
  await ada.seat.command('reset');
  expect(runs.calls.slice(-2)).toEqual(['stop', 'discard']);
  const past = await rooms.visit(id);
  expect(await past.runs()).toMatchObject([{ weights: 4, status: { step: 4 } }]);
  expect((await past.reel(run)).topics.images?.map(([step]) => step)).toEqual([4]);
  expect(historyIn({ kind: 'history', bytes: await past.curve(run) }).step).toBe(4);
});

test('R67 Continue goes on with a stopped run; Train begins a fresh one and keeps it', async () => {
  const server = await setUp();
  const { ada, runs, rooms, id } = server;
  const run = await trained(server, 7);
  await ends(server, 'stopped', 7);
  await ada.set('learningRate', 0.125);
  await ada.seat.command('resume');
  expect(runs.latest).toMatchObject({ spec: { id: run }, options: { from: { step: 7 } } });
  expect(runs.latest.spec.recipe.values).toMatchObject({ learningRate: 0.125 });
  runs.status(training(7));
  runs.train(8, 2);
  expect(historyIn(ada.seat.history() ?? undefined).training.map(({ step }) => step)).toEqual(
    Array.from({ length: 9 }, (_, i) => i + 1),
  );
  await ends(server, 'stopped', 9);
  await ada.seat.command('train');
  expect(runs.latest.spec.id).not.toBe(run);
  expect(await (await rooms.visit(id)).runs()).toMatchObject([{ spec: { id: run }, weights: 9 }]);
});

test('R67 a finished run goes on when its epochs are raised, and nothing else is; Continue says so otherwise', async () => {
  const server = await setUp();
  const { ada, runs } = server;
  await ada.set('epochs', 20);
  const run = await trained(server, 200);
  await ends(server, 'finished', 200);
  await expect(ada.seat.command('resume')).rejects.toMatchObject({
    code: 'not-allowed',
    message: 'All 20 epochs are done. Raise Epochs, and it goes on',
  });
  await ada.set('epochs', 10);
  await ada.set('learningRate', 0.5);
  expect(runs.calls).toEqual(['start train']);
  await ada.set('epochs', 21);
  expect(runs.latest).toMatchObject({ spec: { id: run }, options: { begin: 'train', from: { step: 200 } } });
  expect(runs.latest.spec.recipe.values).toMatchObject({ epochs: 21, learningRate: 0.5 });
  expect(ada.got('log').at(-1)).toMatchObject({
    person: { name: 'Ada' },
    at: { run, step: 200 },
    what: { command: 'resume' },
  });
  await ends(server, 'finished', 210);
  // Whoever prepares another run doesn't mean this one.
  await ada.set('codingSize', 3);
  await ada.set('epochs', 30);
  expect(present(server)?.status.state).toBe('finished');
  await ada.seat.command('resume');
  expect(runs.latest.options.from?.step).toBe(210);
});

test('R67 a step of an ended run is its next one', async () => {
  const server = await setUp();
  const run = await trained(server, 200);
  await ends(server, 'finished', 200);
  await server.ada.seat.command('step');
  expect(server.runs.latest).toMatchObject({
    spec: { id: run },
    options: { begin: 'step', from: { step: 200 } },
  });
});

test('R67 a run that broke off after its last checkpoint goes on from there, and its curve and pictures too', async () => {
  const server = await setUp();
  const { ada, runs, rooms, id } = server;
  const run = await trained(server, 4);
  runs.checkpoint(4);
  runs.train(5, 3);
  runs.latest.listener.frame(images(run, 7));
  const failure = { code: 'worker', message: own('It is gone'), hint: '' } as const;
  runs.status({ state: 'failed', step: 4, failure });
  await until('the failure is told', () => present(server)?.status.state === 'failed');
  await ada.seat.command('resume');
  const steps = () => historyIn(ada.frames.findLast(({ kind }) => kind === 'history')).training.length;
  expect(steps()).toBe(4);
  expect((await (await rooms.visit(id)).reel(run)).topics.images?.map(([step]) => step)).toEqual([4]);
  runs.status(training(4));
  runs.train(5, 1);
  expect(historyIn(ada.seat.history() ?? undefined).step).toBe(5);
});

test('R68 Train may set a run aside that goes on, if it is the one that is meant', async () => {
  const server = await setUp();
  const { ada, runs, rooms, id } = server;
  const run = await trained(server, 7);
  obey(server, 7);
  for (const other of [undefined, 'another'])
    await expect(ada.seat.command('train', { run: other })).rejects.toMatchObject({ code: 'not-allowed' });
  await ada.seat.command('train', { run });
  expect(runs.latest.spec.id).not.toBe(run);
  expect(await (await rooms.visit(id)).runs()).toMatchObject([{ spec: { id: run }, weights: 7 }]);
  expect(ada.got('log').at(-1)?.what).toMatchObject({ command: 'train', aside: run });
});

test('R68 a fresh run that would cost too much leaves the present one alone', async () => {
  const costLimits = { memoryBytes: 4 * 2 ** 30, flopsPerStep: 1e9 };
  const server = await setUp({ costLimits });
  const run = await trained(server, 7);
  await server.ada.edit((doc) => doc.getMap('recipe').set('model', 'dcgan'));
  await expect(server.ada.seat.command('train', { run })).rejects.toMatchObject({ code: 'too-large' });
  expect(server.runs.calls).toEqual(['start train']);
  expect(present(server)?.spec.id).toBe(run);
});

test(`R35 a playground keeps ${limits.earlierRuns} earlier runs`, async () => {
  const server = await setUp();
  const all: string[] = [];
  for (let i = 0; i < limits.earlierRuns + 2; i++) {
    all.unshift(await trained(server, 1));
    await ends(server, 'finished', 1);
  }
  const past = await server.rooms.visit(server.id);
  const kept = all.slice(1, 1 + limits.earlierRuns);
  expect((await past.runs()).map(({ spec }) => spec.id)).toEqual(kept);
  await expect(server.ada.seat.command('restore', { run: all.at(-1) })).rejects.toMatchObject({
    code: 'not-found',
  });
});
