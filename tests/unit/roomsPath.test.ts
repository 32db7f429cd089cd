import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import { type Playhead, positionAt } from '@/lib/explore/path';
import { decodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { setControl } from '@/lib/room/controls';
import { addStops, courseOf } from '@/lib/room/path';
import { addPin, removePin } from '@/lib/room/pins';
import { playheadText } from '@/lib/room/playhead';
import { readDocument } from '@/lib/room/roots';
import { openRooms, TestPage, type TestRooms } from '../support/rooms';
import { until } from '../support/until';

type Images = Extract<SampleRequest, { kind: 'images' }>;
type Header = Extract<FrameHeader, { kind: 'explored' }>;

const size = defaultValues('autoencoder').codingSize as number;

let server: TestRooms;
let id: string;
let ada: TestPage;
let ben: TestPage;
beforeEach(async () => {
  server = await openRooms();
  id = await server.rooms.create();
  ada = await TestPage.join(server.rooms, id, { name: 'Ada' });
  ben = await TestPage.join(server.rooms, id, { name: 'Ben' });
});
afterEach(() => server.close());

/** One pixel a picture, as white as the first number of its latent says. */
const drawn = ({ latents }: Images): SampleResult => {
  const numbers = new Float32Array(latents.slice().buffer);
  const count = numbers.length / size;
  const pixels = Uint8Array.from({ length: count }, (_, i) => numbers[i * size] ?? 0);
  return { kind: 'images', step: 1, count, height: 1, width: 1, channels: 1, pixels };
};

/** A run of the autoencoder that trains, with pins whose first numbers are these, on the path in this order. */
async function path(...firsts: number[]): Promise<string[]> {
  server.runs.answer = async (request) => drawn(request as Images);
  await ada.seat.command('train');
  server.runs.status({ state: 'training', step: 0, executor: 'fake' });
  const shape = { count: 3, height: 1, width: 1, channels: 1 };
  server.runs.latest.listener.assets({ ...shape, classes: [] }, new Uint8Array(6));
  await until('the assets', () => ada.got('run').at(-1)?.assets != null);
  const run = server.runs.latest.spec.id;
  const ids: string[] = [];
  await ada.edit((doc) => {
    for (const first of firsts) {
      const latent = new Float32Array(size).fill(first, 0, 1);
      const kept = { owner: 'autoencoder', run, step: 1, latent, blend: null } as const;
      ids.push(addPin(doc, kept, { name: 'Ada', color: 0 }, null));
    }
    addStops(doc, ids, null);
  });
  return ids;
}

const put = (page: TestPage, head: Playhead) =>
  page.edit((doc) => setControl(doc, 'playhead/at', playheadText(head), null));
const look = (page: TestPage, ...parts: ('played' | 'pinned')[]) => page.seat.look({ sampler: 'run', parts });
const frames = (page: TestPage, part: string) =>
  page.frames
    .map(({ bytes }) => decodeFrame(bytes))
    .flatMap(({ header, payload }) =>
      header.kind === 'explored' && header.part === part ? [{ header: header as Header, payload }] : [],
    );
const seen = (page: TestPage) => {
  const last = frames(page, 'played').at(-1);
  return last && { ...last.header.place, white: new Uint8Array(last.payload)[0] };
};
const asked = () => server.runs.calls.filter((call) => call.startsWith('sample')).length;

test('R89 where the playhead stands is drawn once, the same for all who look, at a stop as its pin', async () => {
  await path(10, 20, 30);
  for (const page of [ada, ben]) look(page, 'played', 'pinned');
  await until('the first stop', () => seen(ada)?.white === 10 && seen(ben)?.white === 10);
  expect(seen(ada)).toEqual({ position: 0, at: null, white: 10 });
  await put(ben, { position: 1.5, speed: 1, since: null });
  await until('the middle', () => seen(ada)?.white === 25);
  const before = asked();
  await put(ada, { position: 2, speed: 1, since: null });
  await until('the last stop', () => seen(ben)?.white === 30);
  expect(asked()).toBe(before + 1);
  expect(frames(ada, 'played').at(-1)?.payload).toEqual(frames(ben, 'played').at(-1)?.payload);
});

test('R89 while it plays, pictures say where on the path they are and for which moment; they rise, and end at its end', async () => {
  await path(0, 100);
  look(ada, 'played');
  await until('the first stop', () => seen(ada)?.position === 0);
  const since = Date.now();
  const head = { position: 0, speed: 5, since };
  await put(ada, head);
  await until('the end', () => seen(ada)?.position === 1);
  const course = courseOf(readDocument(ada.doc).path, [1, 2]);
  const moving = frames(ada, 'played').filter(({ header }) => header.place?.at != null);
  expect(moving.length).toBeGreaterThan(1);
  let last = 0;
  for (const { header, payload } of moving) {
    const { position = -1, at } = header.place ?? {};
    expect(position).toBe(positionAt(course, head, at ?? 0));
    expect(position).toBeGreaterThanOrEqual(last);
    expect(new Uint8Array(payload)[0]).toBe(Math.floor(Math.fround(100 * position)));
    last = position;
  }
  expect(moving[0]?.header.place?.at).toBeGreaterThanOrEqual(since + limits.playAheadMs);
  expect(seen(ada)?.white).toBe(100);
});

test('R88 who comes late finds the playhead where it has got to, also after a restart of the server', async () => {
  await path(0, 100, 200);
  const head = { position: 0.5, speed: 0.05, since: Date.now() - 10_000 };
  await put(ada, head);
  const late = await TestPage.join(server.rooms, id, { name: 'Cat' });
  expect(readDocument(late.doc).playhead).toEqual(head);
  look(late, 'played');
  await until('where it is', () => (seen(late)?.position ?? 0) >= 1);
  server = await server.restart();
  const after = await TestPage.join(server.rooms, id, { name: 'Dan' });
  expect(readDocument(after.doc).playhead).toEqual(head);
  expect(readDocument(after.doc).path).toEqual(readDocument(late.doc).path);
});

test('R89 R90 where nobody looks at the path nothing is drawn of it, however long it plays', async () => {
  await path(0, 100);
  await ada.edit((doc) => doc.getMap('path').set('atEnd', 'again'));
  look(ada, 'pinned');
  look(ben, 'played');
  await until('it is seen', () => frames(ben, 'played').length > 0);
  await put(ada, { position: 0, speed: 1, since: Date.now() });
  await until('it moves', () => frames(ben, 'played').length > 3);
  expect(frames(ada, 'played')).toEqual([]);
  expect(frames(ben, 'pinned')).toEqual([]);
  ben.seat.look(null);
  server.runs.train(1, 5);
  const last = frames(ben, 'played').length;
  const before = asked();
  await until('the pins by newer weights', () => frames(ada, 'pinned').length > 1);
  // What was being drawn when he looked away, and the pins.
  expect(asked()).toBeLessThanOrEqual(before + 2);
  expect(frames(ben, 'played')).toHaveLength(last);
});

test('R89 of places that come while the model draws only the newest is drawn', async () => {
  await path(0, 100);
  look(ada, 'played');
  await until('the first stop', () => seen(ada)?.white === 0);
  let answer = (): void => {};
  server.runs.answer = (request) =>
    new Promise((resolve) => {
      answer = () => resolve(drawn(request as Images));
    });
  const before = asked();
  for (const position of [0.1, 0.2, 0.3, 0.4]) await put(ben, { position, speed: 1, since: null });
  await until('it draws', () => asked() === before + 1);
  answer();
  await until(
    'it draws again, or has drawn the newest',
    () => asked() === before + 2 || seen(ada)?.position === 0.4,
  );
  answer();
  await until('the newest', () => seen(ada)?.position === 0.4);
  expect(asked()).toBeLessThanOrEqual(before + 2);
});

test('R89 while the run learns, the same place is drawn anew', async () => {
  await path(0, 100);
  look(ada, 'played');
  await until('the first stop', () => frames(ada, 'played').length === 1);
  server.runs.train(1, 5);
  await until('it is drawn anew', () => frames(ada, 'played').length === 2);
});

test('R87 a pin removed under the playhead leaves the path of the others; a path of one stands at it; none, nothing', async () => {
  const ids = await path(10, 20, 30);
  look(ada, 'played');
  await put(ada, { position: 2, speed: 1, since: null });
  await until('the last stop', () => seen(ada)?.white === 30);
  await ada.edit((doc) => removePin(doc, ids[2] as string, null));
  await until('the last of those that are left', () => seen(ada)?.white === 20);
  expect(seen(ada)?.position).toBe(1);
  await ada.edit((doc) => removePin(doc, ids[1] as string, null));
  await until('the only one', () => seen(ada)?.white === 10);
  const before = asked();
  await ada.edit((doc) => removePin(doc, ids[0] as string, null));
  await put(ada, { position: 0, speed: 1, since: Date.now() });
  expect(asked()).toBe(before);
});

test('R88 somebody who drags the playhead holds it; its value passes beside the document and is kept when they let go', async () => {
  await path(10, 20);
  look(ben, 'played');
  await until('the first stop', () => seen(ben)?.white === 10);
  const at = (position: number) => playheadText({ position, speed: 0.5, since: null });
  await ada.seat.hold({ control: 'playhead/at', value: at(0.5) });
  await until('where it is dragged', () => seen(ben)?.white === 15);
  expect(readDocument(ben.doc).playhead.position).toBe(0);
  await expect(put(ben, { position: 0, speed: 1, since: null })).rejects.toMatchObject({
    refusal: { code: 'held' },
  });
  await expect(ada.seat.hold({ control: 'playhead/at', value: at(Number.NaN) })).rejects.toThrow();
  ada.seat.leave();
  await until('it is kept', () => seen(ben)?.position === 0.5 && ben.got('update').length > 0);
});

test('R87 the log tells what became of the path, and nothing of the playhead', async () => {
  await path(10, 20);
  const told = () =>
    ben.got('log').flatMap(({ what }) => (what.kind === 'changed' ? [[what.label, what.from, what.to]] : []));
  expect(told()).toEqual([['Pins on the path', 0, 2]]);
  await ada.edit((doc) => doc.getMap('path').set('easing', 'resting'));
  await put(ada, { position: 1, speed: 1, since: null });
  expect(told()).toEqual([
    ['Pins on the path', 0, 2],
    ['Easing', 'Even', 'With a rest at each pin'],
  ]);
});

test('R88 the server tells its clock', async () => {
  const before = Date.now();
  const now = ada.seat.clock();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
