import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeFrame } from '@/lib/protocol/frames';
import { generatorId } from '@/lib/protocol/generator';
import { setExplored } from '@/lib/room/edit';
import { generatorFile, openRooms, TestPage, type TestRooms } from '../support/rooms';
import { until } from '../support/until';

const request = { kind: 'images', latents: new Uint8Array(16) } as const;

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

const bring = async (name: string, file = generatorFile(name)) =>
  (await server.rooms.visit(id, ada.joined.session)).bringGenerator(file, name);

/** What somebody who comes now is told of. */
const present = async () => (await TestPage.join(server.rooms, id, { name: 'Dan' })).joined.generator;

test('R31 a generator is tried, kept, told to all with who brought it, and asked', async () => {
  await bring('faces.onnx');
  expect(server.generators.calls).toEqual(['check generator faces.onnx']);
  expect(ben.got('generator').at(-1)).toMatchObject({ name: 'faces.onnx', info: { latentSize: 4 } });
  expect(ben.got('log').at(-1)).toMatchObject({
    person: { name: 'Ada' },
    what: { kind: 'generator', name: 'faces.onnx', isHere: true },
  });
  expect(await ben.seat.sample(request, 'generator')).toMatchObject({ kind: 'images', width: 8 });
});

test('R31 what is no generator is refused with the reason, and the one before stays', async () => {
  await bring('faces.onnx');
  const refused = bring('notes.txt', new TextEncoder().encode('notes'));
  await expect(refused).rejects.toMatchObject({ code: 'malformed', message: 'This is no generator' });
  expect(await present()).toMatchObject({ name: 'faces.onnx' });
});

test('R31 it outlives the server; removed, it is gone for all', async () => {
  await bring('faces.onnx');
  server = await server.restart();
  const cleo = await TestPage.join(server.rooms, id, { name: 'Cleo' });
  expect(cleo.joined.generator).toMatchObject({ name: 'faces.onnx' });
  expect(await cleo.seat.sample(request, 'generator')).toMatchObject({ kind: 'images' });
  await (await server.rooms.visit(id, cleo.joined.session)).removeGenerator();
  expect(cleo.got('generator').at(-1)).toBeNull();
  await expect(cleo.seat.sample(request, 'generator')).rejects.toMatchObject({ code: 'not-allowed' });
});

test('R31 names lose their folders and what can not be seen', async () => {
  const { name } = await bring('C:\\models\\fa\u0000ces.onnx');
  expect(name).toBe('faces.onnx');
});

const classes = { key: 'label', name: 'label', kind: 'class', least: 0, most: 9, initial: 0 } as const;
const share = { key: 'psi', name: 'psi', kind: 'number', least: 0, most: 1, initial: 0.7 } as const;
const told = () => server.generators.told.at(-1);
const choose = (page: TestPage, changes: Record<string, number | null>) =>
  page.edit((doc) => setExplored(doc, 'generator', changes, null));

test('R65 what it asks for is chosen for all; what does not fit it is as by itself', async () => {
  server.generators.fields = [classes, share];
  await bring('faces.onnx');
  ada.look('generator');
  await until('it draws', () => server.generators.told.length >= 3);
  expect(told()).toEqual([0, 0.7]);
  await choose(ben, { 'field/label': 7, 'field/psi': 0.2 });
  await until('as Ben chose', () => String(told()) === '7,0.2');
  await choose(ben, { 'field/label': 10, 'field/psi': 1.5 });
  await until('nothing of it fits', () => String(told()) === '0,0.7');
  await choose(ben, { 'field/label': 2.5, 'field/psi': null, 'field/unknown': 3 });
  await until('half a class', () => String(told()) === '0,0.7');
});

test('R65 it is read in another way for all, without a line in the log; what can not be stays as it was', async () => {
  await bring('faces.onnx');
  const lines = ben.got('log').length;
  ada.look('generator');
  await until('it draws', () => ada.frames.some(({ kind }) => kind === 'explored'));
  const visit = await server.rooms.visit(id);
  const view = await visit.readGenerator({ latentSize: 8 });
  expect(ben.got('generator').at(-1)).toMatchObject({ reading: { latentSize: 8 }, info: { latentSize: 8 } });
  expect(ben.got('log')).toHaveLength(lines);
  await until('it is drawn as another one', () =>
    ada.frames.some(({ kind, bytes }) => {
      const header = kind === 'explored' ? decodeFrame(bytes).header : null;
      return header?.kind === 'explored' && header.run === generatorId(view);
    }),
  );
  await expect(visit.readGenerator({ latentSize: 9 })).rejects.toMatchObject({ code: 'malformed' });
  expect(await present()).toMatchObject({ reading: { latentSize: 8 } });
  server = await server.restart();
  expect(await present()).toMatchObject({ reading: { latentSize: 8 } });
});

test('R65 without a generator there is nothing to read', async () => {
  const visit = await server.rooms.visit(id);
  await expect(visit.readGenerator({})).rejects.toMatchObject({ code: 'not-found' });
});
