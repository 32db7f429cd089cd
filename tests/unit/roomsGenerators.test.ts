import { afterEach, beforeEach, expect, test } from 'vitest';
import { generatorFile, openRooms, TestPage, type TestRooms } from '../support/rooms';

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
  (await server.rooms.find(id)).generator.bring(file, name, ada.joined.session);

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
  expect((await server.rooms.find(id)).generator.view()).toMatchObject({ name: 'faces.onnx' });
});

test('R31 it outlives the server; removed, it is gone for all', async () => {
  await bring('faces.onnx');
  server = await server.restart();
  const cleo = await TestPage.join(server.rooms, id, { name: 'Cleo' });
  expect(cleo.joined.generator).toMatchObject({ name: 'faces.onnx' });
  expect(await cleo.seat.sample(request, 'generator')).toMatchObject({ kind: 'images' });
  await (await server.rooms.find(id)).generator.remove(cleo.joined.session);
  expect(cleo.got('generator').at(-1)).toBeNull();
  await expect(cleo.seat.sample(request, 'generator')).rejects.toMatchObject({ code: 'not-allowed' });
});

test('R31 names lose their folders and what can not be seen', async () => {
  const { name } = await bring('C:\\models\\fa\u0000ces.onnx');
  expect(name).toBe('faces.onnx');
});
