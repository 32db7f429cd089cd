import { expect, test, vi } from 'vitest';
import { PresenceBoard } from '@/app/_room/presence';
import type { Hold, Place } from '@/lib/protocol/messages';

const seed = 'recipe/gan/seed';

function board() {
  const sent: (Place | null)[] = [];
  const heard: (Hold | null)[] = [];
  const presence = new PresenceBoard(
    (place) => sent.push(place),
    (hold) => heard.push(hold),
  );
  return { sent, heard, presence };
}

test('many movements become few messages, the newest last', async () => {
  const { sent, presence } = board();
  for (let i = 0; i <= 100; i++) presence.point({ kind: 'plane', anchor: 'stage', x: i / 100, y: 0 });
  await expect.poll(() => sent.at(-1)).toMatchObject({ x: 1 });
  expect(sent.length).toBeLessThan(5);
  presence.close();
});

test('what is the same place is told once, and as fine as it can be seen', async () => {
  const { sent, presence } = board();
  presence.point({ kind: 'space', anchor: 'cloud', at: [0.123456, -1 / 3, 0] });
  await expect.poll(() => sent).toEqual([{ kind: 'space', anchor: 'cloud', at: [0.1235, -0.3333, 0] }]);
  presence.point({ kind: 'space', anchor: 'cloud', at: [0.123457, -1 / 3, 0] });
  presence.point({ kind: 'text', control: 'meta/title', caret: 3 });
  await expect.poll(() => sent.at(-1)).toEqual({ kind: 'text', control: 'meta/title', caret: 3 });
  expect(sent).toHaveLength(2);
  presence.close();
});

test('a page that nobody sees takes its place back and tells none', async () => {
  vi.useFakeTimers();
  const { sent, presence } = board();
  const control = { kind: 'control', control: seed } as const;
  presence.point(control);
  vi.advanceTimersByTime(100);
  presence.rest(true);
  vi.advanceTimersByTime(100);
  const text = { kind: 'text', control: 'meta/title', caret: 0 } as const;
  presence.point(text);
  presence.replace([], 9);
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([control, null]);
  presence.rest(false);
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([control, null, text]);
  vi.useRealTimers();
});

test('a holder is known until they let go or leave', () => {
  const { presence } = board();
  let changes = 0;
  presence.onHold(() => {
    changes += 1;
  });
  presence.receive([{ client: 7, hold: { control: seed } }]);
  expect(presence.holderOf(seed)).toBe(7);
  expect(presence.holderOf('recipe/gan')).toBe(7);
  expect(presence.holderOf('recipe/gan/seeds')).toBeNull();
  presence.receive([{ client: 7, place: { kind: 'plane', anchor: 'stage', x: 0, y: 0 } }]);
  expect(changes).toBe(1);
  expect(presence.holderOf(seed)).toBe(7);
  presence.keep([{ client: 8, who: 1, name: 'Ben', color: 1 }]);
  expect(presence.holderOf(seed)).toBeNull();
});

test('what others move is seen until they let go; of oneself the server tells only what one holds', () => {
  const { heard, presence } = board();
  presence.replace([{ client: 7, place: null, hold: { control: seed, value: 3 } }], 9);
  expect([...presence.live]).toEqual([[seed, 3]]);
  presence.receive([{ client: 7, hold: { control: seed, value: 4 } }]);
  expect([...presence.live]).toEqual([[seed, 4]]);
  presence.receive([{ client: 9, hold: { control: 'meta/title', value: 'mine' } }]);
  expect([...presence.live]).toEqual([[seed, 4]]);
  presence.receive([
    { client: 7, hold: null },
    { client: 9, hold: null },
  ]);
  expect([...presence.live]).toEqual([]);
  expect(heard).toEqual([{ control: 'meta/title', value: 'mine' }, null]);
});
