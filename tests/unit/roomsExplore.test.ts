import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { generatorId } from '@/lib/protocol/generator';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { setExplored } from '@/lib/room/edit';
import { own } from '@/lib/text/sentence';
import { SampleRefused } from '@/server/processes/runs/runs';
import { generatorFile, openRooms, TestPage, type TestRooms } from '../support/rooms';
import { until } from '../support/until';

type Recoded = Extract<SampleRequest, { kind: 'recoded' }>;
type Header = Extract<FrameHeader, { kind: 'explored' }>;

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

/** The picture of a coding: one pixel, as white as the first moved number says. */
const drawn = ({ moved }: Recoded): SampleResult => ({
  kind: 'recoded',
  ...{ step: 1, size: 1, height: 1, width: 1, channels: 1 },
  coding: new Uint8Array(4),
  pixels: Uint8Array.of(moved[0]?.[1] ?? 0),
});

/** A run of the autoencoder that trains, with pictures. */
async function training(): Promise<void> {
  server.runs.answer = async (request) => drawn(request as Recoded);
  await ada.seat.command('train');
  server.runs.status({ state: 'training', step: 0, executor: 'fake' });
  const size = { count: 3, height: 1, width: 1, channels: 1 };
  server.runs.latest.listener.assets({ ...size, classes: [] }, new Uint8Array(6));
  await until('the assets', () => ada.got('run').at(-1)?.assets != null);
}

const asked = () => server.runs.calls.filter((call) => call.startsWith('sample')).length;
const explored = (page: TestPage) => page.frames.filter(({ kind }) => kind === 'explored');
const headers = (page: TestPage) => explored(page).map(({ bytes }) => decodeFrame(bytes).header as Header);
const move = (page: TestPage, value: number) =>
  page.edit((doc) => setExplored(doc, 'autoencoder', { 'number/0': value }, null));

/** How white the newest picture is. */
const white = (page: TestPage): number | undefined => {
  const frame = explored(page).at(-1);
  return frame && new Uint8Array(decodeFrame(frame.bytes).payload, 4)[0];
};

test('R61 all who look get the same picture of what one of them moves, others get none', async () => {
  await training();
  const cat = await TestPage.join(server.rooms, id, { name: 'Cat' });
  ada.look('run');
  ben.look('run');
  await move(ada, 77);
  await until('both see it', () => white(ada) === 77 && white(ben) === 77);
  expect(explored(ada).at(-1)?.bytes).toBe(explored(ben).at(-1)?.bytes);
  expect(headers(ben).at(-1)).toMatchObject({ run: server.runs.latest.spec.id, part: 'coded', step: 1 });
  expect(explored(cat)).toEqual([]);
});

test('R61 where nobody looks nothing is asked, also after somebody has looked away or left', async () => {
  await training();
  await move(ada, 1);
  server.runs.train(1, 5);
  expect(asked()).toBe(0);
  ben.look('run');
  await until('Ben sees it', () => white(ben) === 1);
  ben.look(null);
  ada.look('run');
  await until('Ada sees it', () => white(ada) === 1);
  ada.seat.leave();
  const before = asked();
  await move(ben, 2);
  server.runs.train(6, 5);
  server.runs.status({ state: 'finished', step: 10 });
  await until('it has ended', () => ben.got('run').at(-1)?.status.state === 'finished');
  expect(asked()).toBe(before);
});

test('R61 of changes that come while the model draws only the newest is drawn', async () => {
  await training();
  ada.look('run');
  await until('the first picture', () => white(ada) === 0);
  let answer = (): void => {};
  server.runs.answer = (request) =>
    new Promise((resolve) => {
      answer = () => resolve(drawn(request as Recoded));
    });
  const before = asked();
  await move(ada, 1);
  await until('it draws', () => asked() === before + 1);
  for (const value of [2, 3, 4]) await move(ben, value);
  answer();
  await until('it draws again', () => asked() === before + 2);
  answer();
  await until('the newest', () => white(ada) === 4);
  expect(explored(ada).map(({ bytes }) => new Uint8Array(decodeFrame(bytes).payload, 4)[0])).toEqual([
    0, 1, 4,
  ]);
});

test('R61 whoever comes to look gets what is shown', async () => {
  await training();
  ada.look('run');
  await move(ada, 9);
  await until('Ada sees it', () => white(ada) === 9);
  const before = asked();
  ben.look('run');
  expect(white(ben)).toBe(9);
  expect(asked()).toBe(before);
});

test('R62 while the run learns, the same is drawn anew', async () => {
  await training();
  ada.look('run');
  await until('the first picture', () => explored(ada).length === 1);
  server.runs.train(1, 5);
  await until('it is drawn anew', () => explored(ada).length === 2);
});

test('R62 a finished run is asked by its checkpoint, another run is drawn at once', async () => {
  await training();
  server.runs.train(1, 7);
  server.runs.checkpoint(7);
  server.runs.status({ state: 'finished', step: 7 });
  ada.look('run');
  await move(ada, 5);
  await until('a picture', () => white(ada) === 5);
  expect(server.runs.calls.at(-1)).toBe('sample recoded of step 7');
  const first = headers(ada).at(-1)?.run;
  await training();
  await until('one of the next run', () => headers(ada).at(-1)?.run !== first);
  expect(white(ada)).toBe(5);
});

test('R63 what can not be drawn is told, beside what was shown last', async () => {
  await training();
  ada.look('run');
  await move(ada, 3);
  await until('a picture', () => white(ada) === 3);
  server.runs.answer = () => Promise.reject(new SampleRefused(own('No more paint')));
  await move(ada, 4);
  await until('why', () => headers(ada).at(-1)?.problem !== undefined);
  expect(headers(ada).at(-1)?.problem).toEqual({ own: 'No more paint' });
  expect(white(ada)).toBe(3);
});

test('R61 a generator that somebody brought is explored in the same way', async () => {
  const view = await ada.seat.bringGenerator(generatorFile('faces'), 'faces.onnx');
  ada.look('generator');
  ben.look('generator');
  const parts = () => headers(ben).map(({ part }) => part);
  await until('all parts', () => new Set(parts()).size === 3);
  expect(new Set(parts())).toEqual(new Set(['between', 'ends', 'drawn']));
  const drawn = generatorId(view);
  expect(headers(ben).map(({ run }) => run)).toEqual(headers(ben).map(() => drawn));
  await until('as many for Ada', () => explored(ada).length === explored(ben).length);
});

test('R60 exploring is checked, and leaves neither an entry in the log nor a mark', async () => {
  const entries = ada.got('log').length;
  await move(ada, 3);
  await until('Ben has it', () => ben.doc.getMap('explore').get('autoencoder/number/0') === 3);
  expect(ada.got('log')).toHaveLength(entries);
  await expect(move(ada, 1e7)).rejects.toMatchObject({
    code: 'invalid-edit',
    message:
      'What is explored has a wrong autoencoder/number/0: expected a number from -1,000,000 to 1,000,000',
  });
  const cat = await TestPage.join(server.rooms, id, { name: 'Cat' });
  expect(cat.doc.getMap('explore').toJSON()).toEqual({ 'autoencoder/number/0': 3 });
  await expect(cat.edit((doc) => doc.getMap('explore').set('gan/colour', 1))).rejects.toMatchObject({
    code: 'invalid-edit',
  });
});
