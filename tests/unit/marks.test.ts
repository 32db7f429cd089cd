import { expect, test } from 'vitest';
import { marksOf } from '@/app/_features/curves/marks';
import { inEnglish } from '@/app/_ui/language';
import type { LogEntry } from '@/lib/protocol/messages';
import { own } from '@/lib/text/sentence';

const ana = { name: 'Ana', color: 3 };
const at = { run: 'a', step: 120 };
const entry = (id: number, what: LogEntry['what'], rest: Partial<LogEntry> = {}): LogEntry => ({
  id,
  time: 0,
  person: ana,
  at,
  what,
  ...rest,
});
const rate = (to: number): LogEntry['what'] => ({
  kind: 'changed',
  key: 'learningRate',
  label: 'Learning rate',
  from: 1.5,
  to,
});

test('a change becomes a mark in its author’s colour', () => {
  expect(marksOf([entry(7, rate(0.5))], 'a', inEnglish)).toEqual([
    { id: 7, step: 120, name: 'Ana', color: 3, text: 'Learning rate 1.5 → 0.5' },
  ]);
});

test('commands that bend the curve are marked, others not', () => {
  const log = (['pause', 'resume', 'stop', 'step', 'train', 'reset'] as const).map((command, id) =>
    entry(id, { kind: 'command', command }),
  );
  expect(marksOf(log, 'a', inEnglish).map((mark) => mark.text)).toEqual([
    'paused',
    'went on',
    'ended the training',
  ]);
});

test('a collapse is marked by the server, as a warning', () => {
  const log = (['began', 'ended'] as const).map((state, id) =>
    entry(id, { kind: 'collapse', state }, { person: null }),
  );
  expect(marksOf(log, 'a', inEnglish).map(({ name, color, text }) => [name, color, text])).toEqual([
    ['', null, 'Mode collapse began'],
    ['', null, 'Samples are varied again'],
  ]);
});

test('other runs, changes outside of a run, the title and the server leave no mark', () => {
  const log = [
    entry(1, rate(1), { at: { run: 'b', step: 3 } }),
    entry(2, rate(2), { at: null }),
    entry(3, { kind: 'changed', key: 'title', label: 'Title', from: own('x'), to: own('y') }),
    entry(4, { kind: 'ended', state: 'finished', message: own('Done') }, { person: null }),
    entry(5, { kind: 'joined' }),
  ];
  expect(marksOf(log, 'a', inEnglish)).toEqual([]);
  expect(marksOf(log, undefined, inEnglish)).toEqual([]);
});
