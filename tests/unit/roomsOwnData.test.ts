import { afterEach, beforeEach, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { plainForm } from '@/lib/protocol/ownData';
import { openRooms, TestPage, type TestRooms } from '../support/rooms';

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

async function* bodyOf(text: string) {
  yield new TextEncoder().encode(text);
}
const bring = async (name: string, text: string, signal = new AbortController().signal) => {
  const upload = { name, parties: [], form: plainForm, body: bodyOf(text), signal };
  return (await server.rooms.visit(id, ada.joined.session)).bringData(upload, () => {});
};
const choose = (page: TestPage, dataset: string) =>
  page.edit((doc) => (doc.getMap('recipe').get('char-rnn') as Y.Map<unknown>).set('dataset', dataset));

test('R41 all hear of it and who brought it, once it is on disk; its name has no folders', async () => {
  const data = await bring('C:\\texts\\hamlet.txt', 'To be');
  expect(data.name).toBe('hamlet.txt');
  expect(ben.got('ownData').at(-1)).toEqual([data]);
  expect(ben.got('log').at(-1)).toMatchObject({
    person: { name: 'Ada' },
    what: { kind: 'data', name: 'hamlet.txt', isHere: true },
  });
  expect(Buffer.from((await server.storage.blob(data.preview)) ?? []).toString()).toBe('To be');
  server = await server.restart();
  const cleo = await TestPage.join(server.rooms, id, { name: 'Cleo' });
  expect(cleo.joined.ownData).toEqual([data]);
});

test('R40 R41 what is refused or given up leaves nothing', async () => {
  await expect(bring('notes.txt', 'bad')).rejects.toMatchObject({
    code: 'malformed',
    message: 'notes.txt is bad',
  });
  await expect(bring('hamlet.txt', 'To be', AbortSignal.abort())).rejects.toThrow();
  expect(ben.got('ownData')).toEqual([]);
  expect((await TestPage.join(server.rooms, id, { name: 'Cleo' })).joined.ownData).toEqual([]);
});

test('R41 the log calls it by its name; who undoes a choice of one that is gone is refused and loses nothing', async () => {
  const data = await bring('hamlet.txt', 'To be');
  await ada.edit((doc) => doc.getMap('recipe').set('model', 'char-rnn'));
  await choose(ada, data.id);
  expect(ben.got('log').at(-1)).toMatchObject({
    what: { key: 'dataset', from: 'Verses', to: { own: 'hamlet.txt' } },
  });
  const visit = await server.rooms.visit(id, ada.joined.session);
  await expect(visit.removeData(data.id)).rejects.toMatchObject({ code: 'not-allowed' });
  await choose(ada, 'verses');
  await visit.removeData(data.id);
  expect(ben.got('ownData').at(-1)).toEqual([]);
  await expect(choose(ada, data.id)).rejects.toMatchObject({ code: 'invalid-edit' });
  await choose(ben, 'shakespeare');
  expect(ben.got('log').at(-1)).toMatchObject({ what: { key: 'dataset', to: 'Shakespeare' } });
});
