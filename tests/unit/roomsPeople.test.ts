import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { limits } from '@/lib/protocol/limits';
import type { Place } from '@/lib/protocol/messages';
import { PROTOCOL_VERSION } from '@/lib/protocol/version';
import { inEnglish } from '@/lib/text/sentence';
import type { Storage } from '@/server/storage/storage';
import { openRoom, restart } from '../support/roomFixture';
import { TestPage } from '../support/rooms';
import { until } from '../support/until';

/** A storage that counts calls of `load`. */
function counting(loads: string[]) {
  return (storage: Storage): Storage =>
    new Proxy(storage, {
      get(target, name) {
        const method = Reflect.get(target, name).bind(target);
        return (...input: unknown[]) => {
          if (name === 'load') loads.push(String(input[0]));
          return method(...input);
        };
      },
    });
}

const seed = 'recipe/autoencoder/seed';
const nowhere = 'A'.repeat(22);

test('R1 all who come at once wait for one load', async () => {
  const loads: string[] = [];
  const { rooms, id } = await openRoom({ wrap: counting(loads) });
  const pages = await Promise.all(Array.from({ length: 10 }, () => TestPage.join(rooms, id)));
  expect(loads).toEqual([id]);
  expect(new Set(pages.map((page) => page.joined.you.client)).size).toBe(10);
});

test('R2 an unknown id is refused, again and again', async () => {
  const { rooms } = await openRoom();
  for (let i = 0; i < 2; i++)
    await expect(TestPage.join(rooms, nowhere)).rejects.toMatchObject({ code: 'not-found' });
});

test('R2 what can not be read is an error, and nothing is written over it', async () => {
  const { rooms, storage } = await openRoom();
  await storage.create(nowhere, Y.encodeStateAsUpdate(new Y.Doc()));
  await expect(TestPage.join(rooms, nowhere)).rejects.toThrow();
  expect((await storage.load(nowhere, 0))?.updates).toHaveLength(1);
});

test('R3 an empty room is unloaded, and loaded again with the same state', async () => {
  const loads: string[] = [];
  const { rooms, id } = await openRoom({ idleMs: 0, wrap: counting(loads) });
  const ada = await TestPage.join(rooms, id);
  await ada.set('seed', 7);
  ada.seat.leave();
  await until('the room is loaded anew', async () => {
    const page = await TestPage.join(rooms, id);
    expect(page.read('seed')).toBe(7);
    page.seat.leave();
    return loads.length > 1;
  });
});

test('R3 coming and going at the moment of unloading loses no edit', async () => {
  const { rooms, id } = await openRoom({ idleMs: 0 });
  for (let i = 0; i < 50; i++) {
    const page = await TestPage.join(rooms, id);
    if (i > 0) expect(page.read('seed')).toBe(i - 1);
    await page.set('seed', i);
    page.seat.leave();
    if (i % 3 === 0) await new Promise((done) => setTimeout(done, i % 2));
  }
});

test('R4 another protocol version is refused', async () => {
  const { rooms, id } = await openRoom();
  const join = TestPage.join(rooms, id, { version: PROTOCOL_VERSION + 1 });
  await expect(join).rejects.toMatchObject({ code: 'version' });
});

test('R5 a session goes on as the same client, also after a restart of the server', async () => {
  const first = await openRoom();
  const ada = await TestPage.join(first.rooms, first.id);
  await ada.set('seed', 7);
  const { session, you } = ada.joined;
  const second = await restart(first);
  const stateVector = new Uint8Array(Y.encodeStateVector(ada.doc));
  const again = await TestPage.join(second.rooms, first.id, { session, stateVector });
  expect(again.joined.you).toEqual(you);
});

test('R5 a page that has forgotten its edits gets a fresh client id', async () => {
  const { rooms, id } = await openRoom();
  const ada = await TestPage.join(rooms, id);
  await ada.set('seed', 7);
  const again = await TestPage.join(rooms, id, { session: ada.joined.session });
  expect(again.joined.you.client).not.toBe(ada.joined.you.client);
  await again.set('seed', 8);
});

test('R5 a session of another playground, or a forged one, counts for nothing', async () => {
  const { rooms, id } = await openRoom();
  const other = await rooms.create();
  const ada = await TestPage.join(rooms, id);
  const { client } = ada.joined.you;
  const [, color, signature = ''] = ada.joined.session.split('.');
  const forged = [`${client + 1}.${color}.${signature}`, `${client}.${color}.${'A'.repeat(43)}`, 'x', ''];
  for (const [place, session] of [
    [other, ada.joined.session],
    ...forged.map((each) => [id, each]),
  ] as const) {
    const page = await TestPage.join(rooms, place ?? '', { session });
    expect([client, client + 1]).not.toContain(page.joined.you.client);
  }
});

test('R5 a malformed state vector is refused', async () => {
  const { rooms, id } = await openRoom();
  for (const bytes of [[], [255], [3, 1]])
    await expect(TestPage.join(rooms, id, { stateVector: Uint8Array.from(bytes) })).rejects.toMatchObject({
      code: 'malformed',
    });
});

test('R6 a page that comes back takes its seat from its own earlier connection', async () => {
  const { rooms, id } = await openRoom();
  const before = await TestPage.join(rooms, id, { name: 'Ada' });
  const bob = await TestPage.join(rooms, id, { name: 'Bob' });
  await before.seat.hold({ control: seed });
  const after = await TestPage.join(rooms, id, { name: 'Ada', session: before.joined.session });
  expect(before.closed).toBeNull();
  expect(after.joined.you).toEqual(before.joined.you);
  before.seat.leave();
  expect(bob.got('people').at(-1)).toEqual([bob.joined.you, after.joined.you]);
  await bob.seat.hold({ control: seed });
  await until('Bob holds it', () => after.presenceOf(bob).hold?.control === seed);
});

test('R7 the snapshot says who is here, where they are and what happened', async () => {
  const { rooms, id } = await openRoom();
  const ada = await TestPage.join(rooms, id, { name: 'Ada' });
  const place = { kind: 'plane', anchor: 'recipe', x: 0.5, y: 0.25 } as const;
  ada.seat.place(place);
  await ada.seat.hold({ control: seed, value: 7 });
  const bob = await TestPage.join(rooms, id, { name: 'Bob' });
  expect(bob.joined.people).toEqual([ada.joined.you, bob.joined.you]);
  expect(bob.joined.presence).toEqual([
    { client: ada.joined.you.client, place, hold: { control: seed, value: 7 } },
  ]);
  expect(bob.joined.log.map(({ what, person }) => [what.kind, person?.name])).toEqual([['joined', 'Ada']]);
  expect(bob.joined.run).toBeNull();
  expect(ada.got('people').at(-1)).toEqual([ada.joined.you, bob.joined.you]);
});

test('R7 a page that knows something gets only what it lacks', async () => {
  const { rooms, id } = await openRoom();
  const ada = await TestPage.join(rooms, id);
  const bob = await TestPage.join(rooms, id, { stateVector: new Uint8Array(Y.encodeStateVector(ada.doc)) });
  expect(bob.joined.update.length).toBeLessThan(ada.joined.update.length / 2);
});

test('R8 colours are different as long as there are some, and come back', async () => {
  const { rooms, id } = await openRoom();
  const pages = await Promise.all(Array.from({ length: 14 }, () => TestPage.join(rooms, id)));
  const colors = pages.map((page) => page.joined.you.color);
  expect(colors.slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(colors.slice(12)).toEqual([0, 1]);
  const third = pages[2];
  third?.seat.leave();
  const back = await TestPage.join(rooms, id, { session: third?.joined.session ?? null });
  expect(back.joined.you).toEqual(third?.joined.you);
});

test('R9 a full room refuses the next, and lets them in when someone leaves', async () => {
  const { rooms, id } = await openRoom();
  const pages = await Promise.all(
    Array.from({ length: limits.peoplePerRoom }, () => TestPage.join(rooms, id)),
  );
  await expect(TestPage.join(rooms, id)).rejects.toMatchObject({ code: 'room-full' });
  pages[0]?.seat.leave();
  await TestPage.join(rooms, id);
});

test('R16 where somebody is is told to all in the name of who sent it', async () => {
  const { rooms, id } = await openRoom();
  const [ada, bob] = [await TestPage.join(rooms, id), await TestPage.join(rooms, id)];
  const places: Place[] = [
    { kind: 'plane', anchor: 'stage', x: 0.1, y: 0.2 },
    { kind: 'control', control: seed },
    { kind: 'space', anchor: 'view:space', at: [1, -1, 0.5] },
    { kind: 'picture', anchor: 'view:pictures', index: 3, x: 0, y: 1 },
    { kind: 'text', control: 'explore/char-rnn/prompt', caret: 12 },
  ];
  for (const place of places) {
    ada.seat.place(place);
    await until(place.kind, () => bob.presenceOf(ada).place?.kind === place.kind);
    expect(bob.presenceOf(ada).place).toEqual(place);
  }
  ada.seat.place(null);
  await until('she points nowhere', () => bob.presenceOf(ada).place === null);
});

test('R16 what moves at once is one message for all; beyond the rate it is dropped', async () => {
  const { rooms, id } = await openRoom();
  const pages = await Promise.all(Array.from({ length: 10 }, () => TestPage.join(rooms, id)));
  const at = (x: number) => ({ kind: 'plane', anchor: 'stage', x, y: 0 }) as const;
  for (const page of pages) for (let i = 0; i < 100 * limits.placesPerSecond; i++) page.seat.place(at(i));
  const [first] = pages;
  await until('everybody has moved', () => pages.every((page) => first?.presenceOf(page).place != null));
  expect(first?.got('presence')).toHaveLength(1);
  expect(first?.got('presence')[0]).toHaveLength(10);
  expect(first?.got('presence')[0]?.[0]?.place).toEqual(at(limits.placesPerSecond - 1));
});

test('R17 the first holder of a control keeps it until letting go', async () => {
  const { rooms, id } = await openRoom();
  const [ada, bob] = [await TestPage.join(rooms, id), await TestPage.join(rooms, id)];
  await ada.seat.hold({ control: seed });
  const held = { control: seed, by: ada.joined.you.client };
  await expect(bob.seat.hold({ control: seed })).rejects.toMatchObject({ code: 'held', held });
  await expect(bob.seat.hold({ control: seed, value: 3 })).rejects.toMatchObject({ code: 'held', held });
  await until('all know', () => bob.presenceOf(ada).hold?.control === seed);
  expect(ada.presenceOf(bob).hold).toBeNull();
  await ada.seat.release();
  await bob.seat.hold({ control: seed });
  await until('all know', () => ada.presenceOf(bob).hold?.control === seed);
  expect(ada.presenceOf(ada).hold).toBeNull();
});

test('R17 taking another control or leaving lets go', async () => {
  const { rooms, id } = await openRoom();
  const [ada, bob] = [await TestPage.join(rooms, id), await TestPage.join(rooms, id)];
  const granted = (control: string) =>
    bob.seat.hold({ control }).then(
      () => true,
      () => false,
    );
  const epochs = 'recipe/autoencoder/epochs';
  await ada.seat.hold({ control: seed });
  await ada.seat.hold({ control: epochs });
  expect(await granted(epochs)).toBe(false);
  expect(await granted(seed)).toBe(true);
  ada.seat.leave();
  expect(await granted(epochs)).toBe(true);
});

test('R18 a new name is told to all', async () => {
  const { rooms, id } = await openRoom();
  const [ada, bob] = [await TestPage.join(rooms, id), await TestPage.join(rooms, id)];
  await ada.seat.rename('Ada Lovelace');
  for (const page of [ada, bob]) expect(page.got('people').at(-1)?.[0]?.name).toBe('Ada Lovelace');
  await ada.set('seed', 7);
  expect(bob.got('log').at(-1)?.person?.name).toBe('Ada Lovelace');
});

test('R18 changes are told as a person reads them; a return is not told', async () => {
  const { rooms, id } = await openRoom();
  const ada = await TestPage.join(rooms, id, { name: 'Ada' });
  await ada.edit((doc) => {
    doc.getMap('meta').set('title', 'Shapes');
    const values = doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>;
    values.set('dataset', 'fashion-mnist');
    values.set('codingSize', 12);
    values.set('loss', 'mean-squared-error');
    values.set('validationShare', 10.5);
    (values.get('hiddenUnits') as Y.Array<Y.Map<number>>).push([new Y.Map([['units', 50]])]);
  });
  await TestPage.join(rooms, id, {
    session: ada.joined.session,
    stateVector: new Uint8Array(Y.encodeStateVector(ada.doc)),
  });
  const told = ada
    .got('log')
    .map(({ what }) => what.kind === 'changed' && [what.label, what.from, what.to].map(inEnglish));
  expect(told).toEqual([
    false,
    ['Title', 'Untitled playground', 'Shapes'],
    ['Data set', 'Glyphs', 'Fashion-MNIST'],
    ['Coding size', '30 numbers', '12 numbers'],
    ['Hidden layers', '100 units', '100, 50 units'],
    ['Loss function', 'Binary cross-entropy', 'Mean squared error'],
    ['Validation share', '8.333 %', '10.5 %'],
  ]);
});

test('R18 another model is one entry, though its data set and values differ too', async () => {
  const { rooms, id } = await openRoom();
  const ada = await TestPage.join(rooms, id, { name: 'Ada' });
  await ada.edit((doc) => doc.getMap('recipe').set('model', 'char-rnn'));
  const changes = ada.got('log').filter(({ what }) => what.kind === 'changed');
  expect(changes.map(({ what }) => what)).toEqual([
    { kind: 'changed', key: 'model', label: 'Model', from: 'Stacked autoencoder', to: 'Character RNN' },
  ]);
});

test('R19 a drag is one entry; after a rest the next change is another', async () => {
  let time = 1_000_000;
  const { rooms, id, storage } = await openRoom({ now: () => time });
  const [ada, bob] = [await TestPage.join(rooms, id), await TestPage.join(rooms, id)];
  for (const seed of [1, 2, 3]) {
    await ada.set('seed', seed);
    await bob.set('codingSize', 10 + seed);
    time += 1900;
  }
  time += 200;
  await ada.set('seed', 4);
  const log = (await storage.load(id, 100))?.log ?? [];
  const changes = log.flatMap(({ what }) =>
    what.kind === 'changed' ? [[what.key, inEnglish(what.from), inEnglish(what.to)]] : [],
  );
  expect(changes).toEqual([
    ['seed', '42', '3'],
    ['codingSize', '30 numbers', '13 numbers'],
    ['seed', '3', '4'],
  ]);
  const late = await TestPage.join(rooms, id);
  expect(late.joined.log.filter(({ what }) => what.kind === 'changed')).toEqual(
    log.filter(({ what }) => what.kind === 'changed'),
  );
});
