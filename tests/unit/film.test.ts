import { expect, test } from 'vitest';
import { filmStops } from '@/app/_features/film/film';

test('a film of a long run takes its steps evenly, with the first and the last', () => {
  const stops = Array.from({ length: 500 }, (_, i) => 7 * i);
  const taken = filmStops(stops, 100);
  expect(taken.length).toBe(100);
  expect([taken[0], taken.at(-1)]).toEqual([0, 3493]);
  const gaps = taken.slice(1).map((step, i) => step - (taken[i] as number));
  expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(7);
  expect(filmStops([3, 9], 100)).toEqual([3, 9]);
  expect(filmStops([])).toEqual([]);
});
