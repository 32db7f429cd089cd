import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  gridCodings,
  gridPlaces,
  gridShape,
  normalQuantile,
  spreadOf,
  standardNormal,
} from '@/app/_features/explore/codingGrid';

test('quantiles of the normal distribution are those of tables, and mirror each other', () => {
  for (const [p, z] of [
    [0.5, 0],
    [0.841344746, 1],
    [0.977249868, 2],
    [0.95, 1.644853627],
    [0.975, 1.959963985],
  ] as const)
    expect(normalQuantile(p)).toBeCloseTo(z, 4);
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p) => {
      expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 5);
    }),
    { seed: 20261130 },
  );
});

test('a grid grows to the right and upwards, its other numbers are as on the mean', () => {
  const size = 4;
  const shape = { columns: 3, rows: 2 };
  const [low = 0, middle = 0, high = 0] = gridPlaces(3);
  const [below = 0, above = 0] = gridPlaces(2);
  expect([low, middle, high].map((each) => each.toFixed(3))).toEqual(['-0.967', middle.toFixed(3), '0.967']);
  expect(middle).toBeCloseTo(0, 6);
  const codings = gridCodings(standardNormal(size), shape);
  const at = (tile: number) => [...codings.subarray(tile * size, (tile + 1) * size)];
  expect(at(0)).toEqual([Math.fround(low), Math.fround(above), 0, 0]);
  expect(at(2)).toEqual([Math.fround(high), Math.fround(above), 0, 0]);
  expect(at(3)).toEqual([Math.fround(low), Math.fround(below), 0, 0]);
});

test('without a prior a grid lies where the codings of pictures do', () => {
  const values = Float32Array.from([1, 10, 5, 3, 20, 5]);
  const { means, deviations } = spreadOf({ size: 3, scale: 20, values });
  expect([...means]).toEqual([2, 15, 5]);
  expect([...deviations]).toEqual([1, 5, 0]);
  const [first, second, third] = gridCodings({ means, deviations }, { columns: 1, rows: 1 });
  expect(first).toBeCloseTo(2, 5);
  expect(second).toBeCloseTo(15, 5);
  expect(third).toBe(5);
});

test('a grid fills its room with pictures as large as whole multiples allow, and is one question', () => {
  const side = fc.integer({ min: 200, max: 2400 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 16, max: 64 }), (width, height, own) => {
      const { columns, rows, scale } = gridShape({ width, height }, { width: own, height: own });
      expect(columns * rows).toBeLessThanOrEqual(64);
      expect(columns * (own * scale + 1) - 1).toBeLessThanOrEqual(Math.max(width, own));
      expect(rows * (own * scale + 1) - 1).toBeLessThanOrEqual(Math.max(height, own));
      if (scale > 1) expect(columns * rows).toBeGreaterThanOrEqual(36);
    }),
    { seed: 20261130 },
  );
  expect(gridShape({ width: 790, height: 310 }, { width: 28, height: 28 })).toEqual({
    columns: 12,
    rows: 5,
    scale: 2,
  });
});
