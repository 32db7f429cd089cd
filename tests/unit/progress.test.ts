import { expect, test } from 'vitest';
import { formatDuration, secondsLeft } from '@/app/_features/run/StatusBar';
import { readableValue } from '@/lib/catalog/differences';
import { number } from '@/lib/catalog/parameters';
import { unitOf } from '@/lib/catalog/units';
import { inEnglish } from '@/lib/text/sentence';

test('time left is told once the speed tells something', () => {
  expect(secondsLeft(10_000, 0, 0)).toBeNull();
  // The first steps are slow: a whole training at their pace would be nonsense.
  expect(secondsLeft(10_000, 3, 3.3)).toBeNull();
  expect(secondsLeft(10_000, 900, 300)).toBeCloseTo(30.3, 1);
  expect(secondsLeft(10_000, 10_001, 300)).toBe(0);
  // Slow steps all the way: one is enough.
  expect(secondsLeft(100, 1, 0.1)).toBeCloseTo(990);
});

test('a duration reads as on a clock', () => {
  expect([0, 9, 61, 3909].map(formatDuration)).toEqual(['0:00', '0:09', '1:01', '1:05:09']);
});

const given = {
  label: 'Generator steps',
  help: 'Generator steps',
  group: 'training',
  min: 1,
  max: 9,
} as const;
const steps = number({ key: 'steps', ...given, default: 1, unit: 'steps' });

test('one of something is written in the singular', () => {
  expect([1, 2, 0.5].map((value) => inEnglish(readableValue(steps, value)))).toEqual([
    '1 step',
    '2 steps',
    '0.5 steps',
  ]);
  // As the page's own fields write them; a seed keeps all of its digits.
  expect([1000, 1234567, 1234.5678, 0.0001].map((value) => inEnglish(readableValue(steps, value)))).toEqual([
    '1,000 steps',
    '1,234,567 steps',
    '1,235 steps',
    '0.0001 steps',
  ]);
  expect([unitOf('passes', 1), unitOf('passes', 2), unitOf('%', 1), unitOf('', 1)].map(inEnglish)).toEqual([
    'pass',
    'passes',
    '%',
    '',
  ]);
});
