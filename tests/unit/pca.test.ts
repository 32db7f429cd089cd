import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '@/lib/random';
import { pca } from '@/server/projections/pca';

/** Normal codings [count, size] whose axis k has standard deviation `deviations[k]`. */
function cloud(seed: number, count: number, deviations: readonly number[]): Float32Array {
  const random = new RandomStream(seed, 'cloud');
  return new Float32Array(count * deviations.length).map(
    (_, i) => random.normal() * (deviations[i % deviations.length] as number) + 3,
  );
}

const distance = (points: Float32Array, width: number, a: number, b: number): number =>
  Math.hypot(
    ...Array.from({ length: width }, (_, k) => Number(points[a * width + k]) - Number(points[b * width + k])),
  );

test('finds the axes of the largest variance, in order, and their shares', () => {
  const codings = cloud(1, 4000, [1, 5, 0.1, 3, 0.2]);
  const { points, explained } = pca(codings, 5);
  const total = 1 + 25 + 0.01 + 9 + 0.04;
  [25, 9, 1].forEach((variance, axis) => {
    expect(explained[axis]).toBeCloseTo(variance / total, 1);
  });
  const mean = codings.filter((_, i) => i % 5 === 1).reduce((a, b) => a + b, 0) / 4000;
  for (let row = 0; row < 50; row++)
    expect(
      Math.abs(Math.abs(Number(points[row * 3])) - Math.abs(Number(codings[row * 5 + 1]) - mean)),
    ).toBeLessThan(0.4);
});

test('three-dimensional codings keep all distances', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const codings = cloud(seed, 40, [2, 1, 0.5]);
      const { points, explained } = pca(codings, 3);
      expect(explained.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      for (let row = 1; row < 40; row++)
        expect(distance(points, 3, row, row - 1)).toBeCloseTo(distance(codings, 3, row, row - 1), 3);
    }),
    { seed: 11, numRuns: 30 },
  );
});

test('two-dimensional codings lie in a plane, and others where a plane is asked for', () => {
  for (const { points, explained } of [pca(cloud(2, 100, [2, 1]), 2), pca(cloud(3, 100, [2, 1, 1]), 3, 2)]) {
    expect(points.filter((_, i) => i % 3 === 2).every((z) => Math.abs(z) < 1e-6)).toBe(true);
    expect(explained[2]).toBeCloseTo(0, 6);
  }
});

test('codings that are all the same give the origin', () => {
  const same = new Float32Array(60).fill(2);
  const { points, explained } = pca(same, 6);
  expect(points.every((value) => value === 0)).toBe(true);
  expect(explained).toEqual([0, 0, 0]);
});

test('refuses broken rows and values that are not finite', () => {
  expect(() => pca(new Float32Array(7), 3)).toThrow('Codings of 3 numbers expected, got 7');
  expect(() => pca(Float32Array.of(1, Number.NaN), 2)).toThrow('finite');
});
