import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { AutoencoderValues } from '@/lib/catalog/models/autoencoder';
import { limits } from '@/lib/protocol/limits';
import { readDocument } from '@/lib/room/roots';
import type { Storage } from '@/server/storage/storage';
import { firstSchemaDocument } from '../support/documents';
import { openRoom, restart, setUpTwo, stored } from '../support/roomFixture';
import { TestPage } from '../support/rooms';

const storedValues = async (storage: Storage, id: string) =>
  (await stored(storage, id)).content.recipe.values as AutoencoderValues;

/** An update that `client` would send after `change`, without sending it. */
function updateBy(page: TestPage, change: (doc: Y.Doc) => void, client = page.doc.clientID): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(page.doc));
  doc.clientID = client;
  const before = Y.encodeStateVector(doc);
  doc.transact(() => change(doc));
  return Y.encodeStateAsUpdate(doc, before);
}

const values = (doc: Y.Doc) => doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>;
const layers = (doc: Y.Doc) => values(doc).get('hiddenUnits') as Y.Array<Y.Map<number>>;

test('R42 a document of an earlier schema is migrated once, on disk before anyone edits it', async () => {
  const server = await openRoom();
  const id = 'from-before';
  await server.storage.create(id, Y.encodeStateAsUpdate(firstSchemaDocument()));
  const ada = await TestPage.join(server.rooms, id);
  const { content: migrated } = await stored(server.storage, id);
  expect(migrated).toMatchObject({ meta: { schema: 2 }, recipe: { dataset: 'fashion-mnist' } });
  expect(readDocument(ada.doc)).toEqual(migrated);
  await ada.edit((doc) => doc.getMap('recipe').set('model', 'gan'));
  const again = await restart(server);
  const bob = await TestPage.join(again.rooms, id);
  expect(readDocument(bob.doc).recipe.model).toBe('gan');
  expect((await again.storage.load(id, 0))?.updates).toHaveLength(3);
});

test('R10 an acknowledged edit is on disk with its log entry, and with everyone', async () => {
  const { ada, bob, storage, id } = await setUpTwo();
  await ada.set('learningRate', 0.25);
  expect((await storedValues(storage, id)).learningRate).toBe(0.25);
  expect((await storage.load(id, 1))?.log[0]?.what).toMatchObject({ key: 'learningRate', to: 0.25 });
  expect(bob.read('learningRate')).toBe(0.25);
  expect(ada.got('update')).toEqual([]);
});

test('R10 updates sent at once are handled one after the other, in order', async () => {
  const { ada, bob, storage, id } = await setUpTwo();
  const writes = Array.from({ length: 20 }, (_, i) => ada.set('seed', i));
  const others = Array.from({ length: 20 }, (_, i) => bob.set('codingSize', 2 + i));
  await Promise.all([...writes, ...others]);
  expect(await storedValues(storage, id)).toMatchObject({ seed: 19, codingSize: 21 });
  expect(Y.encodeStateVector(ada.doc)).toEqual(Y.encodeStateVector(bob.doc));
});

test('R10 two people change layers at once, and both changes survive', async () => {
  const { ada, bob, storage, id } = await setUpTwo();
  await Promise.all([
    ada.edit((doc) => layers(doc).push([new Y.Map([['units', 50]])])),
    bob.edit((doc) => layers(doc).get(0).set('units', 200)),
  ]);
  expect((await storedValues(storage, id)).hiddenUnits).toEqual([200, 50]);
});

test('R10 an undone edit is an edit like any other', async () => {
  const { ada, storage, id } = await setUpTwo();
  const undo = new Y.UndoManager([ada.doc.getMap('recipe')], { captureTimeout: 0 });
  await ada.edit((doc) => layers(doc).delete(0, 1));
  expect((await storedValues(storage, id)).hiddenUnits).toEqual([]);
  await ada.edit(() => undo.undo());
  expect((await storedValues(storage, id)).hiddenUnits).toEqual([100]);
});

test('R11 bytes that are no update are refused', async () => {
  const { ada } = await setUpTwo();
  for (const bytes of [[], [1], [255, 255, 255, 255], [1, 1, 1, 0, 8], [0, 1, 1, 1]])
    await expect(ada.seat.update(Uint8Array.from(bytes))).rejects.toMatchObject({ code: 'malformed' });
});

test('R11 an update above the limit is refused', async () => {
  const { ada } = await setUpTwo();
  const long = updateBy(ada, (doc) => doc.getMap('meta').set('title', 'x'.repeat(limits.updateBytes)));
  await expect(ada.seat.update(long)).rejects.toMatchObject({ code: 'too-large' });
});

test('R11 edits of another client are refused', async () => {
  const { ada, bob, storage, id } = await setUpTwo();
  const forged = updateBy(ada, (doc) => doc.getMap('meta').set('title', 'Forged'), bob.doc.clientID);
  await expect(ada.seat.update(forged)).rejects.toMatchObject({ code: 'invalid-edit' });
  expect((await stored(storage, id)).content.meta.title).toBe('Untitled playground');
});

test('R11 an edit after a gap is refused, and the missing one heals it', async () => {
  const { ada } = await setUpTwo();
  const title = (text: string) => (doc: Y.Doc) => doc.getMap('meta').set('title', text);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(ada.doc));
  doc.clientID = ada.doc.clientID;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => title('One')(doc));
  doc.transact(() => title('Two')(doc));
  const [first = new Uint8Array(), second = new Uint8Array()] = updates;
  await expect(ada.seat.update(second)).rejects.toMatchObject({ code: 'invalid-edit' });
  await ada.seat.update(first);
  await ada.seat.update(second);
});

test('R11 references to the unknown are refused', async () => {
  const { ada, bob } = await setUpTwo();
  await ada.edit((doc) => layers(doc).push([new Y.Map([['units', 50]])]));
  // Bob's stranger of a document has a layer that the server never saw.
  const stranger = new Y.Doc();
  Y.applyUpdate(stranger, Y.encodeStateAsUpdate(bob.doc));
  stranger.clientID = 12345;
  layers(stranger).push([new Y.Map([['units', 60]])]);
  stranger.clientID = bob.doc.clientID;
  const before = Y.encodeStateVector(stranger);
  layers(stranger).push([new Y.Map([['units', 70]])]);
  await expect(bob.seat.update(Y.encodeStateAsUpdate(stranger, before))).rejects.toMatchObject({
    code: 'invalid-edit',
  });
  const layerOfStranger = Y.encodeStateVector(stranger);
  layers(stranger).delete(2, 1);
  await expect(bob.seat.update(Y.encodeStateAsUpdate(stranger, layerOfStranger))).rejects.toMatchObject({
    code: 'invalid-edit',
  });
});

const strangeEdits: Record<string, (doc: Y.Doc) => void> = {
  'an unknown root': (doc) => doc.getMap('secrets').set('a', 1),
  'a flag': (doc) => values(doc).set('seed', true),
  'an object': (doc) => values(doc).set('seed', { a: 1 }),
  'an array in place of layers': (doc) => values(doc).set('hiddenUnits', [{ units: 5 }]),
  bytes: (doc) => values(doc).set('seed', new Uint8Array(4)),
  'a shared text': (doc) => doc.getMap('meta').set('title', new Y.Text('Hello')),
  'a document within': (doc) => values(doc).set('seed', new Y.Doc()),
};

test.each(Object.entries(strangeEdits))('R11 %s is refused', async (_, change) => {
  const { ada, bob } = await setUpTwo();
  await expect(ada.seat.update(updateBy(ada, change))).rejects.toMatchObject({ code: 'invalid-edit' });
  await bob.set('seed', 7);
  expect(bob.got('update')).toEqual([]);
});

const invalidEdits: Record<string, (doc: Y.Doc) => void> = {
  'a value out of its range': (doc) => values(doc).set('codingSize', 100_000),
  'a fraction where whole numbers are': (doc) => values(doc).set('codingSize', 2.5),
  'an unknown choice': (doc) => values(doc).set('optimizer', 'newton'),
  'an unknown parameter': (doc) => values(doc).set('depth', 3),
  'a missing parameter': (doc) => values(doc).delete('seed'),
  'an unknown data set': (doc) => values(doc).set('dataset', 'mnist'),
  'a data set of another kind': (doc) => values(doc).set('dataset', 'verses'),
  'an unknown model': (doc) => doc.getMap('recipe').set('model', 'oracle'),
  'a long title': (doc) => doc.getMap('meta').set('title', 'x'.repeat(limits.titleCharacters + 1)),
  'too many layers': (doc) => layers(doc).push([1, 2, 3, 4].map(() => new Y.Map([['units', 10]]))),
  'a layer with more than units': (doc) =>
    layers(doc).push([
      new Y.Map([
        ['units', 10],
        ['bias', 1],
      ]),
    ]),
  'a map in place of a number': (doc) => values(doc).set('seed', new Y.Map()),
  'another container of the same content': (doc) =>
    doc.getMap('recipe').set('autoencoder', values(doc).clone()),
  'another schema': (doc) => doc.getMap('meta').set('schema', 1),
};

test.each(Object.entries(invalidEdits))('R12 %s is refused and leaves no trace', async (_, change) => {
  const { ada, bob, id, storage, rooms } = await setUpTwo();
  const before = (await stored(storage, id)).content;
  await expect(ada.seat.update(updateBy(ada, change))).rejects.toMatchObject({ code: 'invalid-edit' });
  expect((await stored(storage, id)).content).toEqual(before);
  expect(bob.got('update')).toEqual([]);
  const late = await TestPage.join(rooms, id);
  expect(readDocument(late.doc)).toEqual(before);
  await ada.set('seed', 7);
  expect(bob.read('seed')).toBe(7);
});

test('R12 what could not be stored is not acknowledged, not sent and not kept in memory', async () => {
  let isBroken = false;
  const wrap = (storage: Storage): Storage =>
    new Proxy(storage, {
      get(target, name) {
        const method = Reflect.get(target, name).bind(target);
        if (name !== 'append') return method;
        return (...input: unknown[]) =>
          isBroken ? Promise.reject(new Error('Disk full')) : method(...input);
      },
    });
  const { ada, bob, rooms, id } = await setUpTwo({ wrap });
  isBroken = true;
  const lost = updateBy(ada, (doc) => values(doc).set('seed', 1));
  await expect(ada.seat.update(lost)).rejects.toThrow('Disk full');
  isBroken = false;
  expect(bob.got('update')).toEqual([]);
  const late = await TestPage.join(rooms, id);
  expect(late.read('seed')).toBe(42);
  await ada.seat.update(lost);
  expect(bob.read('seed')).toBe(1);
});

test('R13 what is known already is acknowledged, neither stored nor sent again', async () => {
  const { ada, bob, storage, id } = await setUpTwo();
  const update = await ada.edit((doc) => values(doc).set('seed', 7));
  await ada.seat.update(update);
  await ada.seat.update(Y.encodeStateAsUpdate(ada.doc, Y.encodeStateVector(ada.doc)));
  expect(bob.got('update')).toHaveLength(1);
  expect((await storage.load(id, 0))?.updates).toHaveLength(2);
});

test('R13 of an update that overlaps, only the new part is sent', async () => {
  const { ada, bob } = await setUpTwo();
  const before = Y.encodeStateVector(ada.doc);
  await ada.edit((doc) => values(doc).set('seed', 7));
  ada.doc.transact(() => values(ada.doc).set('codingSize', 5));
  await ada.seat.update(Y.encodeStateAsUpdate(ada.doc, before));
  expect(bob.read('codingSize')).toBe(5);
  expect(bob.got('update')).toHaveLength(2);
});

test('R14 beyond the rate, updates are refused', async () => {
  const { ada } = await setUpTwo();
  const nothing = Y.encodeStateAsUpdate(ada.doc, Y.encodeStateVector(ada.doc));
  const many = Array.from({ length: limits.updatesPerSecond * 20 }, () => ada.seat.update(nothing));
  const results = await Promise.allSettled(many);
  const refused = results.filter((each) => each.status === 'rejected').map((each) => each.reason.code);
  expect(new Set(refused)).toEqual(new Set(['too-fast']));
  expect(results.slice(0, limits.updatesPerSecond * 5).every((each) => each.status === 'fulfilled')).toBe(
    true,
  );
});

test('R15 a long log is joined into one update that says the same', async () => {
  const { ada, bob, storage, id } = await setUpTwo();
  for (let i = 0; i < 210; i++) await ada.set('seed', i);
  const updates = (await storage.load(id, 0))?.updates ?? [];
  expect(updates.length).toBeLessThan(50);
  expect((await storedValues(storage, id)).seed).toBe(209);
  await bob.set('seed', 1);
  expect((await storedValues(storage, id)).seed).toBe(1);
});
