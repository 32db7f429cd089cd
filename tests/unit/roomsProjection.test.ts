import { expect, test } from 'vitest';
import { encodeFrame } from '@/lib/protocol/frames';
import { packPoints } from '@/lib/protocol/pointPacking';
import { blobOf } from '@/server/storage/storage';
import { eventually } from '../support/eventually';
import { setUp } from '../support/roomFixture';
import { training } from '../support/roomRuns';
import { TestPage } from '../support/rooms';

type Room = Awaited<ReturnType<typeof setUp>>;

const setProjection = ({ ada }: Room, key: string, value: string | number) =>
  ada.edit((doc) => doc.getMap('projection').set(key, value));

/** The run shows a point. */
function show({ runs }: Room, step: number): void {
  const run = runs.latest.spec.id;
  const { packing, payload } = packPoints(Float32Array.of(1, 2, 3), {});
  const header = { kind: 'points', projection: 'tsne', run, step, ...packing } as const;
  const bytes = encodeFrame({ ...header, explained: [] }, payload);
  runs.latest.listener.frame({ kind: 'points', step, bytes });
}

/** A run that has trained for four steps and keeps its weights. */
async function trained(): Promise<Room> {
  const room = await setUp();
  await room.ada.seat.command('train');
  room.runs.status(training(0));
  room.runs.train(1, 4);
  room.runs.checkpoint(4);
  return room;
}

const projections = ({ runs }: Room) => runs.calls.filter((call) => call.startsWith('project'));

test('R50 the process that trains hears of a projection at once, and the log has no step of it', async () => {
  const room = await trained();
  await setProjection(room, 'method', 'umap');
  await setProjection(room, 'method', 'tsne');
  expect(projections(room)).toEqual(['project umap of the process', 'project tsne of the process']);
  await setProjection(room, 'method', 'tsne');
  expect(projections(room)).toHaveLength(2);
  const log = room.ada.got('log');
  expect(log.at(-1)).toMatchObject({ at: null });
  expect(log.every(({ at }) => at === null)).toBe(true);
  await expect(setProjection(room, 'method', 'magic')).rejects.toMatchObject({ code: 'invalid-edit' });
});

test('R50 a run that has ended is projected from its last checkpoint, if it has shown points', async () => {
  const room = await trained();
  room.runs.status({ state: 'stopped', step: 4 });
  await setProjection(room, 'method', 'umap');
  expect(projections(room)).toEqual([]);
  show(room, 4);
  await setProjection(room, 'method', 'pca');
  await eventually(async () => projections(room)).toEqual(['project pca of step 4']);
});

test.each([
  ['tsne', 'running', ['project tsne of step 4']],
  ['tsne', 'paused', []],
  ['pca', 'running', []],
] as const)(
  'R50 points by %s, %s, go on once after the end of their run',
  async (method, motion, expected) => {
    const room = await trained();
    show(room, 4);
    await setProjection(room, 'method', method);
    await setProjection(room, 'motion', motion);
    const before = projections(room).length;
    room.runs.status({ state: 'finished', step: 4 });
    const after = () => projections(room).slice(before);
    await eventually(async () => after()).toEqual(expected);
    room.runs.latest.listener.status({ state: 'finished', step: 4 });
    await room.ada.edit((doc) => doc.getMap('meta').set('title', 'Later'));
    expect(after()).toEqual(expected);
  },
);

test('R51 pictures behind points can be fetched before anyone hears of them, and those before them are gone', async () => {
  const room = await trained();
  const told = () => room.ada.frames.filter(({ kind }) => kind === 'subjects');
  const [first, second] = [blobOf(Uint8Array.of(1)), blobOf(Uint8Array.of(2))];
  for (const { hash, bytes } of [first, second]) {
    const before = told().length;
    const pictures = { hash, height: 1, width: 1, channels: 1 };
    const header = { kind: 'subjects', run: room.runs.latest.spec.id, step: 4, count: 1, pictures } as const;
    const frame = { bytes: encodeFrame(header, new Uint8Array()), blob: bytes };
    room.runs.latest.listener.frame({ kind: 'subjects', step: 4, ...frame });
    expect(told()).toHaveLength(before);
    await eventually(async () => told().length).toBe(before + 1);
    expect(await room.storage.blob(hash)).not.toBeNull();
  }
  expect(await room.storage.blob(first.hash)).toBeNull();
  const ben = await TestPage.join(room.rooms, room.id, { name: 'Ben' });
  expect(ben.frames.filter(({ kind }) => kind === 'subjects')).toHaveLength(1);
});
