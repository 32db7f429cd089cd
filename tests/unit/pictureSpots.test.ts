import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Box, pictureUnder, spotIn } from '@/app/_view/pictureSpots';
import { layOutTiles } from '@/app/_view/tileGrid';

const image = { imageWidth: 28, imageHeight: 28 };
const sizes = fc.record({
  width: fc.integer({ min: 160, max: 2400 }),
  height: fc.integer({ min: 160, max: 1600 }),
});
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const count = 12;

function tilesIn({ width, height }: { width: number; height: number }): Box[] {
  const grid = layOutTiles({ width, height, count, ...image });
  return Array.from({ length: grid.count }, (_, tile) => {
    const { x, y } = grid.place(tile);
    return {
      x: x / width,
      y: y / height,
      width: (28 * grid.scale) / width,
      height: (28 * grid.scale) / height,
    };
  });
}

test('a point of a picture is the same point of it in every layout that shows the picture', () => {
  fc.assert(
    fc.property(sizes, sizes, fc.nat(count - 1), fraction, fraction, (here, there, index, x, y) => {
      const [own, theirs] = [tilesIn(here), tilesIn(there)];
      const spot = spotIn(own, { index, x, y });
      fc.pre(spot !== null);
      const point = pictureUnder(own, spot.x, spot.y);
      // On an edge it may be its neighbour's, too.
      if (x > 0.01 && x < 0.99 && y > 0.01 && y < 0.99) expect(point?.index).toBe(index);
      const seen = point && spotIn(theirs, point);
      if (!point || !theirs[point.index]) expect(seen).toBeNull();
      else {
        const back = pictureUnder(theirs, seen?.x ?? Number.NaN, seen?.y ?? Number.NaN);
        expect(back?.x).toBeCloseTo(point.x, 3);
        expect(back?.y).toBeCloseTo(point.y, 3);
      }
    }),
    { seed: 20261130 },
  );
});

test('a gap belongs to the picture next to it, and what is far from all pictures to none', () => {
  const boxes = [
    { x: 0.1, y: 0.1, width: 0.2, height: 0.2 },
    { x: 0.32, y: 0.1, width: 0.2, height: 0.2 },
    null,
  ];
  expect(pictureUnder(boxes, 0.305, 0.2)?.index).toBe(0);
  expect(pictureUnder(boxes, 0.315, 0.2)?.index).toBe(1);
  expect(pictureUnder(boxes, 0.315, 0.2)?.x).toBeCloseTo(-0.025);
  expect(pictureUnder(boxes, 0.9, 0.9)).toBeNull();
  expect(spotIn(boxes, { index: 2, x: 0, y: 0 })).toBeNull();
  expect(spotIn(boxes, { index: 7, x: 0, y: 0 })).toBeNull();
});
