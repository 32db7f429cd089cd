import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestOffset, type Reading, withReading } from '@/app/_room/clock';
import { Due } from '@/app/_room/due';

/** A question at `sent`: so long there, so long back, to a server that is `ahead`. */
const asked = (sent: number, there: number, back: number, ahead: number): Reading => ({
  sent,
  heard: sent + there + back,
  server: Math.floor(sent + there + ahead),
});
const delay = fc.double({ min: 0, max: 200, noNaN: true });
const ahead = fc.integer({ min: -1e9, max: 1e9 });

test('the clock is never further off than it says, however uneven the ways are', () => {
  fc.assert(
    fc.property(ahead, fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 50 }), (ahead, ways) => {
      let readings: readonly Reading[] = [];
      ways.forEach(([there, back], i) => {
        readings = withReading(readings, asked(5000 * i, there, back, ahead));
      });
      const best = bestOffset(readings, readings.at(-1)?.heard ?? 0);
      expect(Math.abs((best?.offset ?? Infinity) - ahead)).toBeLessThanOrEqual((best?.error ?? 0) + 1);
    }),
  );
});

test('one short way among long ones counts: 80 ms one way only leave it within 2 ms', () => {
  const ways: [number, number][] = [
    [80, 3],
    [85, 40],
    [1, 2],
    [80, 1],
    [200, 3],
  ];
  const readings = ways.reduce<readonly Reading[]>(
    (all, [there, back], i) => withReading(all, asked(250 * i, there, back, 12_345)),
    [],
  );
  expect(Math.abs((bestOffset(readings, 2000)?.offset ?? 0) - 12_345)).toBeLessThan(2);
});

test('with 80 ms on one way of all, it is 40 ms off at most; on both ways alike, not at all', () => {
  const offBy = (there: number, back: number) =>
    Math.abs((bestOffset([asked(0, there, back, 1000)], 200)?.offset ?? 0) - 1000);
  expect(offBy(80, 1)).toBeLessThanOrEqual(41);
  expect(offBy(80, 80)).toBeLessThanOrEqual(1);
});

test('clocks that part slowly are followed: an old short way gives way to a newer one', () => {
  let readings: readonly Reading[] = [];
  // 50 ppm: 3 ms a minute.
  for (let ms = 0; ms < 600_000; ms += 5000)
    readings = withReading(readings, asked(ms, 4 + (ms % 7), 4 + (ms % 3), 1000 + ms * 5e-5));
  expect(Math.abs((bestOffset(readings, 600_000)?.offset ?? 0) - 1030)).toBeLessThan(8);
});

test('a clock that was set is followed at once, and what it said before is forgotten', () => {
  let readings: readonly Reading[] = [];
  for (let i = 0; i < 5; i++) readings = withReading(readings, asked(1000 * i, 1, 1, 0));
  readings = withReading(readings, asked(6000, 30, 20, 3_600_000));
  expect(readings).toHaveLength(1);
  expect(Math.abs((bestOffset(readings, 6100)?.offset ?? 0) - 3_600_000)).toBeLessThan(30);
});

test('without an answer there is no offset', () => {
  expect(bestOffset([], 5)).toBeNull();
});

test('pictures wait for their moment, the newest of those that are due is shown, others never', () => {
  const due = new Due<{ at: number | null; asked: string; id: number }>();
  const take = (id: number, at: number | null, asked = 'a') => due.take({ id, at, asked });
  expect(due.due(0)).toBeNull();
  take(1, 100);
  take(2, 133);
  take(3, 166);
  expect([due.due(99), due.next]).toEqual([null, 100]);
  expect(due.due(140)?.id).toBe(2);
  expect([due.due(141), due.next]).toEqual([null, 166]);
  // Halted meanwhile: what was on its way isn't shown any more.
  take(4, null, 'b');
  expect(due.due(141)?.id).toBe(4);
  expect([due.due(1000), due.next]).toEqual([null, null]);
  take(5, 50, 'c');
  expect(due.due(141)?.id).toBe(5);
  // Drawn faster than the one before it: for an earlier moment, so shown before it, or never.
  take(6, 300, 'c');
  take(7, 200, 'c');
  expect([due.next, due.due(250)?.id, due.due(300)?.id]).toEqual([200, 7, 6]);
  take(8, 280, 'c');
  expect([due.next, due.due(400)]).toEqual([null, null]);
});
