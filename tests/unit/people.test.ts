import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherArrivals } from '@/app/_features/people/arrivals';
import { gather } from '@/app/_room/people';
import type { LogEntry } from '@/lib/protocol/messages';

const page = (client: number, who: number) => ({ client, who, name: `Person ${who}`, color: who % 12 });

test('everyone is here once, this page first, with their tabs counted', () => {
  const people = [page(1, 1), page(2, 2), page(3, 1), page(4, 3), page(5, 1)];
  const shown = (you: number | null) =>
    gather(people, people.find(({ client }) => client === you) ?? null).map(({ who, tabs }) => [who, tabs]);
  expect(shown(4)).toEqual([
    [3, 1],
    [1, 3],
    [2, 1],
  ]);
  expect(shown(null)).toEqual([
    [1, 3],
    [2, 1],
    [3, 1],
  ]);
  expect(gather([], null)).toEqual([]);
});

const joined = { kind: 'joined' } as const;
const entryOf = (id: number, name: string | null, what: LogEntry['what']): LogEntry => ({
  id,
  time: 1000 * id,
  person: name === null ? null : { name, color: 0 },
  at: null,
  what,
});

test('arrivals that follow one another are one line, in which each is named once', () => {
  const names = Array.from({ length: 30 }, (_, i) => `Person ${i}`);
  const log = [
    ...[...names, 'Person 0'].map((name, i) => entryOf(i + 1, name, joined)),
    entryOf(40, 'Person 3', { kind: 'command', command: 'train' }),
    entryOf(41, 'Ada', joined),
  ];
  const lines = gatherArrivals(log);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatchObject({ id: 1, time: 31_000, people: names.map((name) => ({ name })) });
  expect(lines[1]).toBe(log[31]);
  expect(lines[2]).toMatchObject({ people: [{ name: 'Ada' }] });
});

test('no line but arrivals is joined or lost, and the order stays', () => {
  const deed = fc.constantFrom<LogEntry['what']>(joined, joined, { kind: 'command', command: 'pause' });
  fc.assert(
    fc.property(fc.array(fc.tuple(deed, fc.constantFrom('Ada', 'Ben'))), (deeds) => {
      const log = deeds.map(([what, name], i) => entryOf(i, name, what));
      const lines = gatherArrivals(log);
      const others = (all: readonly object[]) => all.filter((line) => !('people' in line));
      expect(others(lines)).toEqual(log.filter(({ what }) => what.kind !== 'joined'));
      const ids = lines.map(({ id }) => id);
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      expect(lines.some((line, i) => 'people' in line && 'people' in (lines[i + 1] ?? {}))).toBe(false);
    }),
    { seed: 20260323 },
  );
});
