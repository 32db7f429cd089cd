import { afterEach, expect, test } from 'vitest';
import { decodeFrame, decodeHistory, encodeFrame } from '@/lib/protocol/frames';
import type { OutFrame } from '@/server/runs/runs';
import { openRooms, TestPage, type TestRooms } from '../support/rooms';
import { until } from '../support/until';

let open: TestRooms[] = [];
afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
});

async function setUp(options: Parameters<typeof openRooms>[0] = {}) {
  const server = await openRooms(options);
  open.push(server);
  const id = await server.rooms.create();
  const ada = await TestPage.join(server.rooms, id, { name: 'Ada' });
  return { ...server, id, ada };
}

async function restart(server: Pick<TestRooms, 'restart'>) {
  open = [];
  const next = await server.restart();
  open = [next];
  return next;
}

const training = (step: number) => ({ state: 'training', step, executor: 'fake' }) as const;

function images(run: string, step: number): OutFrame {
  const size = { count: 1, height: 1, width: 1, channels: 1 };
  return { kind: 'images', bytes: encodeFrame({ kind: 'images', run, step, ...size }, Uint8Array.of(step)) };
}

function historyIn(frame: OutFrame | undefined) {
  const { header, payload } = decodeFrame(frame?.bytes ?? new Uint8Array());
  if (header.kind !== 'history') throw new Error(`A history frame expected, got ${header.kind}`);
  return decodeHistory(header, payload);
}

test('R25 R32 after a restart the reel ends at the checkpoint, and goes on when the run does', async () => {
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
    const { past } = await second.rooms.find(first.id);
    return (await past.index(run)).topics.images?.map(([step]) => step);
  };
  expect(await steps()).toEqual([0, 5, 10]);
  const ada = await TestPage.join(second.rooms, first.id);
  await ada.seat.command('resume');
  second.runs.status(training(10));
  for (const step of [10, 12]) show(second, step);
  expect(await steps()).toEqual([0, 5, 10, 12]);
});

test('R33 a run that another follows can still be looked at, until Reset or too many follow', async () => {
  const { ada, runs, rooms, id } = await setUp();
  const { past } = await rooms.find(id);
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
    expect((await past.index(run)).topics.images).toEqual([[step, expect.any(Number)]]);
  }
  const [present = '', before = ''] = trained;
  expect((await past.runs()).map(({ spec }) => spec.id)).toEqual([before]);
  expect(historyIn({ kind: 'history', bytes: await past.curve(before) }).step).toBe(1);
  expect((await past.index(before)).topics.images?.map(([step]) => step)).toEqual([1]);
  await ada.seat.command('reset');
  await expect(past.index(present)).rejects.toMatchObject({ code: 'not-found' });
  await expect(past.curve(present)).rejects.toMatchObject({ code: 'not-found' });
  expect((await past.runs()).map(({ spec }) => spec.id)).toEqual([before]);
});
