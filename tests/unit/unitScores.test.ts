import { expect, test } from 'vitest';
import { columnOf, correlation, rankUnits, signalOf, variance } from '@/app/_features/writing/unitScores';

const text = 'agnes:\nthe sea,\n"my\' love"\n';

test('signals follow line, word, speaker and quotation', () => {
  expect(signalOf('line', 'ab\nc\n')).toEqual([1, 2, 0, 1, 0]);
  expect(signalOf('word', "it's me")).toEqual([1, 2, 3, 4, 0, 1, 2]);
  expect(signalOf('name', 'ann:\nyes\n')).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0]);
  expect(signalOf('quote', 'a"b"c')).toEqual([0, 1, 1, 0, 0]);
  expect(signalOf('variance', 'ab')).toBeNull();
  for (const criterion of ['line', 'word', 'name', 'quote'] as const)
    expect(signalOf(criterion, `${text}€😀`)).toHaveLength([...text].length + 2);
});

test('a correlation is Pearson’s', () => {
  expect(correlation([1, 2, 3, 4], [2, 4, 6, 8])).toBeCloseTo(1);
  expect(correlation([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1);
  // By hand: covariance 0.5, spreads sqrt(1.25) and sqrt(0.5).
  expect(correlation([1, 2, 3, 4], [1, 0, 1, 2])).toBeCloseTo(0.632, 3);
  expect(correlation([1, 1, 1], [1, 2, 3])).toBe(0);
  expect(variance([1, 3])).toBe(1);
});

test('the unit that counts a line’s length comes first, whatever its sign', () => {
  const places = signalOf('line', text) ?? [];
  const units = 3;
  const values = new Int8Array(places.length * units);
  places.forEach((place, i) => {
    values[i * units] = i % 2 === 0 ? 120 : -120;
    values[i * units + 1] = place;
    values[i * units + 2] = -10 * place + ((i * 7) % 5);
  });
  const activations = { units, values };
  const ranked = rankUnits(activations, 'line', text);
  expect(ranked.map(({ unit }) => unit)).toEqual([1, 2, 0]);
  expect(ranked[0]?.score).toBeCloseTo(1, 5);
  expect(ranked[1]?.score).toBeLessThan(-0.9);
  expect(rankUnits(activations, 'variance', text)[0]?.unit).toBe(0);
  expect([...columnOf(activations, 1)].slice(0, 2)).toEqual([1, 2].map((each) => Math.fround(each / 127)));
});
