import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  codingsIn,
  fitTiles,
  gridCodings,
  gridPlaces,
  gridShape,
  isExplorable,
  normalQuantile,
  spreadOf,
  standardNormal,
  tileAfter,
  tileOf,
} from '@/app/_features/explore/codingGrid';
import { limits } from '@/lib/protocol/limits';
import type { GridAxes } from '@/lib/room/explore';

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
  const codings = gridCodings(standardNormal(size), shape, { across: 0, up: 1 });
  const at = (tile: number) => [...codings.subarray(tile * size, (tile + 1) * size)];
  expect(at(0)).toEqual([Math.fround(low), Math.fround(above), 0, 0]);
  expect(at(2)).toEqual([Math.fround(high), Math.fround(above), 0, 0]);
  expect(at(3)).toEqual([Math.fround(low), Math.fround(below), 0, 0]);
});

test('a grid lies over any two numbers, whichever comes first', () => {
  const shape = { columns: 2, rows: 2 };
  const [low = 0, high = 0] = gridPlaces(2).map(Math.fround);
  const over = (axes: GridAxes) =>
    codingsIn(new Uint8Array(gridCodings(standardNormal(3), shape, axes).buffer), 3).map((each) => [...each]);
  expect(over({ across: 2, up: 0 })).toEqual([
    [high, 0, low],
    [high, 0, high],
    [low, 0, low],
    [low, 0, high],
  ]);
  expect(over({ across: 0, up: 2 })[0]).toEqual([low, 0, high]);
});

test('an answer for a grid of another shape is none for this one, though it has as many pictures', () => {
  const axes = { across: 1, up: 0 };
  const shapes = [
    { columns: 12, rows: 5 },
    { columns: 15, rows: 4 },
    { columns: 4, rows: 15 },
    { columns: 60, rows: 1 },
  ];
  for (const asked of shapes) {
    const latents = new Uint8Array(gridCodings(standardNormal(3), asked, axes).buffer);
    const codings = codingsIn(latents, 3);
    expect(shapes.filter((shape) => fitTiles(codings, shape, axes))).toEqual([asked]);
    expect(fitTiles(codings.slice(1), asked, axes)).toBe(false);
  }
  expect(fitTiles([], { columns: 0, rows: 0 }, axes)).toBe(true);
});

test('the present coding has its tile, on grids of other sizes the nearest one, and none beside the grid', () => {
  const size = 4;
  const axes = { across: 2, up: 1 };
  const grid = (tiles: { columns: number; rows: number }) =>
    codingsIn(new Uint8Array(gridCodings(standardNormal(size), tiles, axes).buffer), size);
  const at = (coding: Iterable<number>) => ({
    picture: 5,
    moved: Array.from(coding, (value, place) => [place, value] as const),
  });
  const tiles = { columns: 7, rows: 5 };
  const codings = grid(tiles);
  codings.forEach((coding, tile) => {
    expect(tileOf(at(coding), codings, tiles)).toBe(tile);
  });
  const other = { columns: 4, rows: 9 };
  const corners = [0, 6, 28, 34].map((tile) => tileOf(at(codings[tile] ?? []), grid(other), other));
  expect(corners).toEqual([0, 3, 32, 35]);
  expect(tileOf(at([3, 0, 0, 0]), codings, tiles)).toBe(-1);
  expect(tileOf(at([0, 9, 0, 0]), codings, tiles)).toBe(-1);
  expect(tileOf(at([0, 0, 0]), codings, tiles)).toBe(-1);
  expect(tileOf(at([]), codings, tiles)).toBe(-1);
  expect(tileOf(at([0, 0, 0, 0]), [], tiles)).toBe(-1);
});

test('what has too many numbers, or too large ones, is only looked at', () => {
  expect(isExplorable(new Float32Array(limits.exploredNumbers))).toBe(true);
  expect(isExplorable(new Float32Array(limits.exploredNumbers + 1))).toBe(false);
  expect(isExplorable(Float32Array.of(2 * limits.exploredReach, 0))).toBe(false);
  expect(isExplorable(Float32Array.of(Number.NaN, 0))).toBe(false);
});

test('keys go from picture to picture and stay in the grid', () => {
  const grid = { columns: 3, rows: 2 };
  const after = (key: string, tile: number, ctrlKey = false) => tileAfter({ key, ctrlKey }, tile, grid);
  expect(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'].map((key) => after(key, 1))).toEqual([
    2, 0, 1, 4,
  ]);
  expect(['ArrowRight', 'ArrowDown', 'End'].map((key) => after(key, 5))).toEqual([5, 5, 5]);
  expect(['Home', 'End'].map((key) => after(key, 4))).toEqual([3, 5]);
  expect(['Home', 'End'].map((key) => after(key, 4, true))).toEqual([0, 5]);
  expect(['Enter', ' ', 'Tab', 'a'].map((key) => after(key, 4))).toEqual([null, null, null, null]);
});

test('without a prior a grid lies where the codings of pictures do', () => {
  const values = Float32Array.from([1, 10, 5, 3, 20, 5]);
  const { means, deviations } = spreadOf({ size: 3, scale: 20, values });
  expect([...means]).toEqual([2, 15, 5]);
  expect([...deviations]).toEqual([1, 5, 0]);
  const [first, second, third] = gridCodings(
    { means, deviations },
    { columns: 1, rows: 1 },
    { across: 0, up: 1 },
  );
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
