import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, drawCoding, numberAt, rangeOfBars } from '@/app/_view/codingStrip';
import type { Palette } from '@/app/_view/palette';

const positive = (max: number) => fc.integer({ min: 1, max });

test('columns hold every number once, on whole pixels, none over another', () => {
  fc.assert(
    fc.property(positive(300), positive(400), (size, width) => {
      const columns = columnsOf(size, width);
      let [next, free] = [0, 0];
      for (const column of columns) {
        expect(column.first).toBe(next);
        expect(Number.isInteger(column.x) && Number.isInteger(column.width)).toBe(true);
        expect(column.x).toBeGreaterThanOrEqual(free);
        expect(column.width).toBeGreaterThan(0);
        next += column.numbers;
        free = column.x + column.width;
      }
      expect(next).toBe(size);
      expect(free).toBeLessThanOrEqual(width);
    }),
    { seed: 3 },
  );
});

test('bars with room keep the same width and a gap; without, they fill the strip', () => {
  expect(new Set(columnsOf(30, 112).map(({ width }) => width))).toEqual(new Set([2]));
  const tight = columnsOf(30, 56);
  expect((tight.at(-1)?.x ?? 0) + (tight.at(-1)?.width ?? 0)).toBe(56);
  expect(columnsOf(256, 56)[0]?.numbers).toBe(5);
});

test('a pointer finds the number under it', () => {
  const columns = columnsOf(30, 112);
  for (const [i, { x }] of columns.entries()) expect(numberAt((x + 0.5) / 112, 30, 112)).toBe(i);
  expect(numberAt(0, 30, 112)).toBe(0);
  expect(numberAt(1, 30, 112)).toBe(29);
});

test('the scale is the same for all pairs: round numbers that keep every bar inside', () => {
  expect(rangeOfBars({ values: Float32Array.of(-1.76, 0, 13.1, 4) })).toEqual({ below: 2, above: 15 });
  expect(rangeOfBars({ values: Float32Array.of(0.031) })).toEqual({ below: 0, above: 0.04 });
  expect(rangeOfBars({ values: new Float32Array(4) })).toEqual({ below: 1, above: 1 });
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), { minLength: 1 }), (list) => {
      const values = Float32Array.from(list);
      const { below, above } = rangeOfBars({ values });
      for (const value of values) {
        expect(value).toBeLessThanOrEqual(above * 1.001);
        expect(-value).toBeLessThanOrEqual(below * 1.001);
      }
    }),
    { seed: 4 },
  );
});

/** What is filled, colour and place. */
function drawn(values: number[], size: number, picture = 0) {
  const rects: [string, number, number, number, number][] = [];
  const context = {
    fillStyle: '',
    fillRect(...place: [number, number, number, number]) {
      rects.push([this.fillStyle, ...place]);
    },
  };
  const palette = { ink: 'up', inkFaint: 'down', inkSoft: 'line', line: 'mark' } as Palette;
  const codings = { size, scale: 4, values: Float32Array.from(values) };
  const strip = { x: 10, y: 100, width: 40, height: 41, line: 1, marked: null };
  drawCoding(context as unknown as CanvasRenderingContext2D, codings, picture, palette, strip);
  return rects.filter(([, , , width, height]) => width > 0 && height > 0);
}

test('bars stand above zero in one tone and hang below it in another', () => {
  const rects = drawn([4, -4, 2, 0], 4);
  expect(rects.filter(([tone]) => tone === 'up').map(([, , y, , height]) => [y, height])).toEqual([
    [100, 20],
    [110, 10],
  ]);
  expect(rects.filter(([tone]) => tone === 'down').map(([, , y, , height]) => [y, height])).toEqual([
    [121, 20],
  ]);
  expect(rects.at(-1)).toEqual(['line', 10, 120, 40, 1]);
});

test('of several numbers in a column the furthest ones are seen', () => {
  const rects = drawn(
    Array.from({ length: 80 }, (_, i) => (i === 11 ? 4 : i === 10 ? -4 : 0)),
    80,
  );
  expect(rects.map(([tone, x, , , height]) => [tone, x, height]).slice(0, 2)).toEqual([
    ['up', 15, 20],
    ['down', 15, 20],
  ]);
});

test('a picture without a coding has none', () => {
  expect(drawn([1, 2], 2, 1)).toEqual([]);
});
