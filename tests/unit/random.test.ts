import { describe, expect, test } from 'vitest';
import { RandomStream } from '@/lib/random';

const many = (stream: RandomStream, n = 100_000) => Array.from({ length: n }, () => stream.uniform());
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('RandomStream', () => {
  test('the same seed and site give the same numbers, another site others', () => {
    const draw = (...site: (string | number)[]) => many(new RandomStream(42, ...site), 50);
    expect(draw('shuffle', 1)).toEqual(draw('shuffle', 1));
    expect(draw('shuffle', 1)).not.toEqual(draw('shuffle', 2));
    expect(draw('shuffle', 1)).not.toEqual(draw('noise', 1));
  });

  test('is pinned: stored runs must resume with these numbers', () => {
    const stream = new RandomStream(42, 'shuffle', 0);
    expect([stream.bits(), stream.bits(), stream.bits()]).toMatchInlineSnapshot(`
      [
        636609864,
        1887528023,
        3065513844,
      ]
    `);
  });

  test('uniform fills its bins evenly and neighbours are uncorrelated', () => {
    const values = many(new RandomStream(1, 'uniform'));
    const bins = Array.from({ length: 16 }, () => 0);
    for (const value of values) bins[Math.floor(value * 16)] = (bins[Math.floor(value * 16)] as number) + 1;
    const expected = values.length / 16;
    const chiSquare = bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // 15 degrees of freedom: above 37.7 once in a thousand seeds.
    expect(chiSquare).toBeLessThan(37.7);
    const pairs = values.slice(1).map((value, i) => (value - 0.5) * ((values[i] as number) - 0.5));
    expect(Math.abs(mean(pairs))).toBeLessThan(0.002);
  });

  test('neighbouring seeds and sites are uncorrelated', () => {
    const first = (seed: number, site: number) => new RandomStream(seed, 'x', site).uniform() - 0.5;
    const products = Array.from({ length: 20_000 }, (_, i) => first(i, 0) * first(i + 1, 0));
    const across = Array.from({ length: 20_000 }, (_, i) => first(7, i) * first(7, i + 1));
    expect(Math.abs(mean(products))).toBeLessThan(0.003);
    expect(Math.abs(mean(across))).toBeLessThan(0.003);
  });

  test('normal has mean 0 and variance 1', () => {
    const stream = new RandomStream(3, 'normal');
    const values = Array.from({ length: 100_000 }, () => stream.normal());
    expect(Math.abs(mean(values))).toBeLessThan(0.02);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  test('a permutation holds every number once and each place is equally likely', () => {
    const counts = Array.from({ length: 5 }, () => 0);
    for (let seed = 0; seed < 5000; seed++) {
      const order = new RandomStream(seed, 'order').permutation(5);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      counts[order.indexOf(0)] = (counts[order.indexOf(0)] as number) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
