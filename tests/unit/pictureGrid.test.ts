import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutCoded, layOutPictures, type PictureSpace, pairAt } from '@/app/_view/pictureGrid';

const space = (width: number, height: number, count = 16): PictureSpace => ({
  width,
  height,
  count,
  imageWidth: 28,
  imageHeight: 28,
});

test('a wide stage shows two rows of eight pairs, three times as large', () => {
  const grid = layOutPictures(space(808, 378));
  expect(grid).toMatchObject({ count: 16, columns: 8, pairRows: 2, scale: 3 });
});

test('a tall stage shows fewer columns', () => {
  const grid = layOutPictures(space(300, 1200));
  expect(grid.columns).toBeLessThan(grid.pairRows);
});

test('a place too small for all shows the first ones in their own size', () => {
  expect(layOutPictures(space(123, 76))).toMatchObject({ count: 4, columns: 4, scale: 1 });
  expect(layOutPictures(space(1, 1))).toMatchObject({ count: 1, scale: 1 });
});

test('codings take what rows leave, and cost a usual stage neither a pair nor a size', () => {
  const at = space(808, 369);
  const [coded, plain] = [layOutCoded(at, 1, false), layOutPictures(at)];
  expect([coded.count, coded.scale]).toEqual([plain.count, plain.scale]);
  expect(coded.strip).toBe(3 * 28);
});

test('where bars could not be read there are none, unless they are called for', () => {
  const at = space(300, 200);
  expect(layOutCoded(at, 1, false)).toMatchObject({ strip: 0, scale: layOutPictures(at).scale });
  expect(layOutCoded(at, 1, true).strip).toBeGreaterThan(0);
  // A dense screen has as many pixels, each of them smaller.
  expect(layOutCoded(space(808, 369), 3, false).strip).toBe(0);
  expect(layOutCoded(space(1616, 738), 2, false).strip).toBeGreaterThan(0);
});

test('strips lie on whole pixels between original and reconstruction, inside', () => {
  const size = fc.integer({ min: 160, max: 4000 });
  fc.assert(
    fc.property(size, size, fc.integer({ min: 1, max: 16 }), fc.boolean(), (width, height, count, forced) => {
      const at = space(width, height, count);
      const grid = layOutCoded(at, 1, forced);
      if (grid.strip === 0) {
        expect(grid.count).toBe(layOutPictures(at).count);
        return;
      }
      for (let pair = 0; pair < grid.count; pair++) {
        const { x, original, coding, reconstruction } = grid.place(pair);
        expect([x, original, coding, reconstruction, grid.strip].every(Number.isInteger)).toBe(true);
        expect(coding).toBeGreaterThanOrEqual(original + 28 * grid.scale);
        expect(reconstruction).toBeGreaterThanOrEqual(coding + grid.strip);
        if (grid.count === count) expect(reconstruction + 28 * grid.scale).toBeLessThanOrEqual(height);
        expect(pairAt(grid, at, x, coding)).toBe(pair);
      }
      expect(grid.count).toBeGreaterThanOrEqual(forced ? 1 : count / 2);
    }),
    { seed: 11 },
  );
});

test('all pictures lie inside, on whole pixels, apart from each other, originals above', () => {
  const size = fc.integer({ min: 160, max: 4000 });
  fc.assert(
    fc.property(size, size, fc.integer({ min: 1, max: 32 }), (width, height, count) => {
      const at = space(width, height, count);
      const grid = layOutPictures(at);
      const side = 28 * grid.scale;
      const taken = new Set<string>();
      for (let pair = 0; pair < grid.count; pair++) {
        const { x, original, reconstruction } = grid.place(pair);
        expect([x, original, reconstruction].every(Number.isInteger)).toBe(true);
        expect(x).toBeGreaterThan(grid.barX + grid.barWidth - 1);
        expect(x + side).toBeLessThanOrEqual(width);
        expect(reconstruction).toBeGreaterThanOrEqual(original + side);
        expect(reconstruction + side).toBeLessThanOrEqual(height);
        expect(pairAt(grid, at, x, original)).toBe(pair);
        expect(pairAt(grid, at, x + side - 1, reconstruction + side - 1)).toBe(pair);
        taken.add(`${x},${original}`);
      }
      expect(taken.size).toBe(grid.count);
    }),
    { seed: 7 },
  );
});

test('beside the pictures there is no pair', () => {
  const at = space(808, 378);
  const grid = layOutPictures(at);
  expect(pairAt(grid, at, grid.barX, grid.place(0).original)).toBeNull();
  expect(pairAt(grid, at, 0, 0)).toBeNull();
});
