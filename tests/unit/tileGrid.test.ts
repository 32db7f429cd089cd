import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutTiles } from '@/app/_view/tileGrid';

const space = (width: number, height: number, count = 24, side = 28) => ({
  width,
  height,
  count,
  imageWidth: side,
  imageHeight: side,
});

test('fewer and larger pictures where they cover more of the stage', () => {
  // All 24 would be twice as large and cover 5 by 5 places.
  expect(layOutTiles(space(350, 350))).toMatchObject({ count: 16, columns: 4, scale: 3 });
  expect(layOutTiles(space(348, 174))).toMatchObject({ count: 18, columns: 6, scale: 2 });
});

test('all lie inside, whole multiples, at least half of them, in full rows where not all are shown', () => {
  const length = fc.integer({ min: 200, max: 3000 });
  fc.assert(
    fc.property(
      length,
      length,
      fc.integer({ min: 1, max: 24 }),
      fc.integer({ min: 8, max: 64 }),
      (width, height, count, side) => {
        const grid = layOutTiles(space(width, height, count, side));
        const fits = Math.floor(width / side) * Math.floor(height / side) >= 2 * count;
        if (fits) expect(grid.count).toBeGreaterThanOrEqual(count / 2);
        if (fits && grid.count < count) expect(grid.count % grid.columns).toBe(0);
        for (let tile = 0; tile < grid.count; tile++) {
          const { x, y } = grid.place(tile);
          expect([x, y, grid.scale].every(Number.isInteger)).toBe(true);
          expect(x + grid.scale * side).toBeLessThanOrEqual(width);
          expect(y + grid.scale * side).toBeLessThanOrEqual(height);
        }
      },
    ),
  );
});
