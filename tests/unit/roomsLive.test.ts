import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { AutoencoderValues } from '@/lib/catalog/models/autoencoder';
import { startOf } from '@/lib/catalog/presets';
import { limits } from '@/lib/protocol/limits';
import { choosePreset } from '@/lib/room/choice';
import { setExplored } from '@/lib/room/edit';
import type { Content } from '@/lib/room/roots';
import type { Storage } from '@/server/storage/storage';
import { restart, setUpTwo, stored } from '../support/roomFixture';
import { TestPage } from '../support/rooms';
import { until } from '../support/until';

afterEach(() => {
  vi.useRealTimers();
});

const rate = 'recipe/autoencoder/learningRate';
const layer = 'recipe/autoencoder/hiddenUnits/0';

const valuesOf = ({ recipe }: Content) => recipe.values as AutoencoderValues;
const rateIn = async (storage: Storage, id: string) =>
  valuesOf((await stored(storage, id)).content).learningRate;

/** Moves a control as fast as the rate allows. @param seen what somebody else has seen of it: it waits for them now and then. */
async function drag(page: TestPage, control: string, values: readonly number[], seen: () => unknown) {
  for (const [i, value] of values.entries()) {
    if (i % 12 === 11) await until('others see it', () => seen() === values[i - 1]);
    await until('the rate allows it', async () => {
      const refusal = await page.seat.hold({ control, value }).then(
        () => null,
        (error) => error.code,
      );
      expect([null, 'too-fast']).toContain(refusal);
      return refusal === null;
    });
  }
}

test('R75 a drag of 300 moves is one update on disk and one entry, and others see it move', async () => {
  const { ada, bob, storage, id } = await setUpTwo();
  const before = await stored(storage, id);
  const values = Array.from({ length: 300 }, (_, i) => (i + 1) / 100);
  await drag(ada, rate, values, () => bob.presenceOf(ada).hold?.value);
  expect(await rateIn(storage, id)).toBe(1.5);
  await ada.edit((doc) => (doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>).set('learningRate', 3));
  await ada.seat.release();
  const after = await stored(storage, id);
  expect(after.updates - before.updates).toBe(1);
  expect(valuesOf(after.content).learningRate).toBe(3);
  const changes = after.log.filter(({ what }) => what.kind === 'changed');
  expect(changes.map(({ what }) => what)).toMatchObject([{ from: 1.5, to: 3 }]);
  const seen = bob.got('presence').flatMap((peers) => peers.flatMap(({ hold }) => hold?.value ?? []));
  expect(new Set(seen).size).toBeGreaterThanOrEqual(20);
  expect(seen).toEqual([...seen].sort((a, b) => Number(a) - Number(b)));
  expect(bob.read('learningRate')).toBe(3);
});

test('R75 letting go commits what was shown last, once, for all, and then lets go', async () => {
  const { ada, bob, storage, id } = await setUpTwo();
  const { updates } = await stored(storage, id);
  await ada.seat.hold({ control: rate, value: 0.25 });
  await ada.seat.release();
  const after = await stored(storage, id);
  expect(valuesOf(after.content).learningRate).toBe(0.25);
  expect(after.updates).toBe(updates + 1);
  expect([ada.read('learningRate'), bob.read('learningRate')]).toEqual([0.25, 0.25]);
  expect(after.log.at(-1)).toMatchObject({
    person: { name: 'Ada' },
    what: { label: 'Learning rate', to: 0.25 },
  });
  await until('Bob hears that it is free', () => bob.presenceOf(ada).hold === null);
});

test('R75 nobody sees a control jump back: the update comes before the word that it is free', async () => {
  const { ada, bob } = await setUpTwo();
  await ada.seat.hold({ control: rate, value: 0.25 });
  await until('Bob sees it', () => bob.presenceOf(ada).hold?.value === 0.25);
  ada.seat.leave();
  await until('she is gone', () => bob.got('people').at(-1)?.length === 1);
  const order = bob.messages.map(({ event }) => event);
  expect(order.lastIndexOf('update')).toBeLessThan(order.lastIndexOf('people'));
  expect(bob.read('learningRate')).toBe(0.25);
});

test('R75 who takes another control, leaves or comes back elsewhere has the first one committed', async () => {
  const { ada, bob, rooms, storage, id } = await setUpTwo();
  await ada.seat.hold({ control: rate, value: 0.25 });
  await ada.seat.hold({ control: layer, value: 64 });
  await until('the rate is on disk', async () => (await rateIn(storage, id)) === 0.25);
  expect((await stored(storage, id)).content.recipe.values).toMatchObject({ hiddenUnits: [100] });
  const stateVector = new Uint8Array(Y.encodeStateVector(ada.doc));
  await TestPage.join(rooms, id, { session: ada.joined.session, stateVector });
  await until('the layer is on disk', async () => {
    const { values } = (await stored(storage, id)).content.recipe;
    return JSON.stringify(values).includes('"hiddenUnits":[64]');
  });
  await bob.seat.hold({ control: 'projection/perplexity', value: 5 });
  bob.seat.leave();
  await until('Bob', async () => (await stored(storage, id)).content.projection.perplexity === 5);
});

test('R75 closing commits what is held; a crash loses that drag alone', async () => {
  const server = await setUpTwo();
  const { ada, bob, storage, id } = server;
  await bob.set('seed', 7);
  await ada.seat.hold({ control: rate, value: 0.25 });
  // What a crash leaves is what is on disk now.
  expect((await stored(storage, id)).content.recipe.values).toMatchObject({ seed: 7, learningRate: 1.5 });
  const again = await restart(server);
  expect(await rateIn(again.storage, id)).toBe(0.25);
});

test('R17 whoever holds a control without moving it loses it, and what was shown is committed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const { ada, bob, storage, id } = await setUpTwo();
  await ada.seat.hold({ control: rate, value: 0.25 });
  vi.advanceTimersByTime(limits.leaseMs / 2);
  await ada.seat.hold({ control: rate, value: 0.5 });
  vi.advanceTimersByTime(limits.leaseMs * 0.75);
  await expect(bob.seat.hold({ control: rate })).rejects.toMatchObject({ code: 'held' });
  vi.advanceTimersByTime(limits.leaseMs / 2);
  await until('it is on disk', async () => (await rateIn(storage, id)) === 0.5);
  await until('it is free', () =>
    bob.seat.hold({ control: rate }).then(
      () => true,
      () => false,
    ),
  );
  // What is told of people goes together, a tick later.
  await until('Ada hears of it', () => {
    vi.advanceTimersByTime(limits.tickMs);
    return (ada.presenceOf(ada).hold ?? null) === null;
  });
});

test.each<[string, (doc: Y.Doc) => void]>([
  ['itself', (doc) => (doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>).set('learningRate', 9)],
  [
    'one edit with others',
    (doc) => {
      const values = doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>;
      values.set('seed', 1);
      values.set('learningRate', 9);
    },
  ],
  ['a preset, as a whole', (doc) => choosePreset(doc, startOf('autoencoder'), null)],
])('R17 an edit of a control that somebody else holds is refused: %s', async (_, change) => {
  const { ada, bob, storage, rooms, id } = await setUpTwo();
  await ada.seat.hold({ control: rate, value: 0.25 });
  const held = { control: rate, by: ada.joined.you.client };
  await expect(bob.edit(change)).rejects.toMatchObject({ code: 'held', held });
  expect((await stored(storage, id)).content.recipe.values).toMatchObject({ learningRate: 1.5, seed: 42 });
  expect(ada.got('update')).toEqual([]);
  await ada.edit((doc) => (doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>).set('learningRate', 3));
  const late = await TestPage.join(rooms, id);
  await late.set('seed', 8);
  await ada.seat.release();
  await late.set('learningRate', 2);
  expect(await rateIn(storage, id)).toBe(2);
});

test('R17 of layers, who holds one leaves the others free, but nobody adds or removes any', async () => {
  const { ada, bob, storage, id } = await setUpTwo();
  const layersOf = (doc: Y.Doc) =>
    (doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>).get('hiddenUnits') as Y.Array<Y.Map<number>>;
  await bob.edit((doc) => layersOf(doc).push([new Y.Map([['units', 50]])]));
  await ada.seat.hold({ control: layer, value: 64 });
  await bob.seat.hold({ control: 'recipe/autoencoder/hiddenUnits/1', value: 51 });
  await bob.seat.release();
  await expect(bob.seat.hold({ control: 'recipe/autoencoder/hiddenUnits' })).rejects.toMatchObject({
    code: 'held',
  });
  await expect(bob.edit((doc) => layersOf(doc).delete(0, 1))).rejects.toMatchObject({ code: 'held' });
  await ada.seat.release();
  expect((await stored(storage, id)).content.recipe.values).toMatchObject({ hiddenUnits: [64, 51] });
});

test.each<[string, unknown, string]>([
  ['recipe/autoencoder/learningRate', 99, 'invalid-edit'],
  ['recipe/autoencoder/learningRate', 'fast', 'invalid-edit'],
  ['recipe/autoencoder', 1, 'invalid-edit'],
  ['recipe/cat/epochs', 1, 'invalid-edit'],
  ['explore/gan/__proto__', 1, 'invalid-edit'],
  ['explore/gan/t', 2, 'invalid-edit'],
  ['secrets/a', 1, 'malformed'],
  ['recipe', 1, 'malformed'],
])('R75 a live value is checked as an edit: %s = %s', async (control, value, code) => {
  const { ada, bob } = await setUpTwo();
  await expect(ada.seat.hold({ control, value: value as number })).rejects.toMatchObject({ code });
  await bob.seat.hold({ control: rate, value: 1 });
});

test('R23 R60 a running training and what is explored follow what is dragged, and keep it', async () => {
  const { ada, bob, runs, storage, id } = await setUpTwo();
  await ada.seat.command('train');
  runs.status({ state: 'training', step: 1, executor: 'fake' });
  await ada.seat.hold({ control: rate, value: 0.5 });
  await ada.seat.hold({ control: rate, value: 0.25 });
  expect(runs.calls.slice(-2)).toEqual(['live {"learningRate":0.5}', 'live {"learningRate":0.25}']);
  await ada.seat.release();
  expect(runs.calls.at(-1)).toBe('live {"learningRate":0.25}');
  runs.answer = async (request) => {
    const moved = request.kind === 'recoded' ? request.moved : [];
    asked.push(moved);
    return { kind: 'images', step: 1, count: 1, height: 1, width: 1, channels: 1, pixels: new Uint8Array(1) };
  };
  const asked: unknown[] = [];
  bob.look('run');
  const hash = 'a'.repeat(64);
  const assets = { hash, count: 4, height: 1, width: 1, channels: 1, classes: [] };
  runs.latest.listener.assets(assets, Uint8Array.of(1));
  await until('the picture is asked for', () => asked.length > 0);
  await ada.seat.hold({ control: 'explore/autoencoder/number/3', value: 1.5 });
  await until('what is dragged is drawn', () => JSON.stringify(asked.at(-1)) === '[[3,1.5]]');
  expect((await stored(storage, id)).content.explore).toEqual({});
  await bob.edit((doc) => setExplored(doc, 'autoencoder', { picture: 2 }, null));
  await ada.seat.release();
  expect((await stored(storage, id)).content.explore).toEqual({
    'autoencoder/picture': 2,
    'autoencoder/number/3': 1.5,
  });
});
