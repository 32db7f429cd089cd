import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { SharedDocument } from '@/app/_room/document';
import { Hand } from '@/app/_room/hand';
import { SharedView } from '@/app/_room/shared';
import type { Answer, Hold, Refusal } from '@/lib/protocol/messages';
import { setValue } from '@/lib/room/edit';
import type { RootJson } from '@/lib/room/root';
import { seedDocument } from '@/lib/room/roots';
import { own } from '@/lib/text/sentence';

const rate = 'recipe/autoencoder/learningRate';
const layer = 'recipe/autoencoder/hiddenUnits/0';

afterEach(() => {
  vi.useRealTimers();
});

/** A page's hand over a seeded document, and a server that answers when it is told to. */
function page(answer: (hold: Hold) => Answer | null = () => ({ ok: true })) {
  vi.useFakeTimers();
  const source = new Y.Doc();
  seedDocument(source);
  const updates: Uint8Array[] = [];
  const sent: (Hold | null)[] = [];
  const lost: (Refusal | null)[] = [];
  const document = new SharedDocument((update) => updates.push(update));
  document.join(7, Y.encodeStateAsUpdate(source));
  const hand = new Hand({
    document,
    hold: async (hold) => {
      sent.push(hold);
      return answer(hold);
    },
    release: async () => {
      sent.push(null);
      return { ok: true };
    },
    saved: async () => {},
    lost: (refusal) => lost.push(refusal),
  });
  const others = { live: new Map<string, number>(), onLive: () => () => {} };
  const shared = new SharedView(document, [others, hand]);
  const shown = () => shared.read((read) => read('recipe').autoencoder as RootJson);
  const kept = () =>
    document.read((doc) => (doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>).toJSON());
  return { document, hand, updates, sent, lost, shown, kept };
}

test('a drag is seen at once, sent as it goes, and is one update and one step to undo', async () => {
  const { document, hand, updates, sent, shown, kept } = page();
  hand.take(rate);
  for (let i = 1; i <= 300; i++) {
    hand.move(rate, i / 100);
    expect(shown()?.learningRate).toBe(i / 100);
    if (i % 10 === 0) await vi.advanceTimersByTimeAsync(50);
  }
  expect([updates.length, kept()?.learningRate, document.canUndo()]).toEqual([0, 1.5, false]);
  const values = sent.flatMap((hold) => hold?.value ?? []);
  expect(values.length).toBeGreaterThanOrEqual(20);
  expect(values.at(-1)).toBe(3);
  hand.release(rate);
  expect([updates.length, kept()?.learningRate]).toEqual([1, 3]);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent.at(-1)).toBeNull();
  document.undo();
  expect(kept()?.learningRate).toBe(1.5);
  expect(document.canUndo()).toBe(false);
});

test('a layer is dragged like a number, and a drag that ends where it began is no edit', async () => {
  const { hand, updates, shown, kept } = page();
  hand.take(layer);
  hand.move(layer, 64);
  expect(shown()?.hiddenUnits).toEqual([{ units: 64 }]);
  hand.move(layer, 100);
  hand.release(layer);
  expect(updates).toHaveLength(0);
  hand.take(layer);
  hand.move(layer, 65);
  hand.release(layer);
  expect(kept()?.hiddenUnits).toEqual([{ units: 65 }]);
});

test('who is refused sees what is there, and hears who has it', async () => {
  const sentence = own('Ben holds this now');
  const refusal = { code: 'held', sentence, held: { control: rate, by: 8 } } as const;
  const { hand, updates, lost, shown } = page(() => ({ ok: false, ...refusal }));
  hand.take(rate);
  hand.move(rate, 3);
  await vi.advanceTimersByTimeAsync(100);
  expect(lost).toMatchObject([refusal]);
  hand.move(rate, 4);
  hand.release(rate);
  expect([shown()?.learningRate, updates.length]).toEqual([1.5, 0]);
});

test('a lease that the server takes back ends the drag; what it says while it is asked does not', async () => {
  const { hand, lost, shown } = page();
  hand.take(rate);
  hand.move(rate, 3);
  hand.heard(null);
  expect(shown()?.learningRate).toBe(3);
  await vi.advanceTimersByTimeAsync(200);
  hand.heard({ control: rate, value: 3 });
  expect(lost).toEqual([]);
  hand.heard(null);
  expect([lost, shown()?.learningRate]).toEqual([[null], 1.5]);
});

test('without a connection a drag goes on, is told again after joining, and is an edit in the end', async () => {
  let isThere = false;
  const { hand, updates, sent, shown } = page(() => (isThere ? { ok: true } : null));
  hand.take(rate);
  hand.move(rate, 3);
  await vi.advanceTimersByTimeAsync(200);
  isThere = true;
  hand.joined();
  await vi.advanceTimersByTimeAsync(200);
  expect([sent.at(-1), shown()?.learningRate]).toEqual([{ control: rate, value: 3 }, 3]);
  hand.release(rate);
  expect(updates).toHaveLength(1);
});

test('what is too fast is sent again, the newest of it', async () => {
  let refusals = 2;
  const { hand, sent } = page(() =>
    refusals-- > 0 ? { ok: false, code: 'too-fast', sentence: '' } : { ok: true },
  );
  hand.take(rate);
  hand.move(rate, 3);
  await vi.advanceTimersByTimeAsync(500);
  expect(sent.at(-1)).toEqual({ control: rate, value: 3 });
  const { length } = sent;
  await vi.advanceTimersByTimeAsync(500);
  expect(sent).toHaveLength(length);
});

test('an edit of what somebody else holds is not made, however many things it changes, and may be made later', () => {
  let held: string[] = [];
  const waiting: (() => void)[] = [];
  const source = new Y.Doc();
  seedDocument(source);
  const updates: Uint8Array[] = [];
  const document = new SharedDocument((update) => updates.push(update), {
    held: () => held,
    refuse: (again) => waiting.push(again),
  });
  document.join(7, Y.encodeStateAsUpdate(source));
  const set = (value: number) =>
    document.edit((doc, origin) =>
      doc.transact(() => {
        setValue(doc, 'autoencoder', 'seed', value, origin);
        setValue(doc, 'autoencoder', 'learningRate', value, origin);
      }, origin),
    );
  const rates = () =>
    document.read((doc) => (doc.getMap('recipe').get('autoencoder') as Y.Map<number>).get('learningRate'));
  expect(set(1)).toBe(true);
  document.closeUndoStep();
  held = ['recipe/gan/seed'];
  expect(set(2)).toBe(true);
  document.closeUndoStep();
  held = [rate];
  expect(set(3)).toBe(false);
  document.undo();
  expect([rates(), updates.length, waiting.length]).toEqual([2, 2, 2]);
  held = [];
  for (const again of waiting) again();
  expect(rates()).toBe(2);
});
