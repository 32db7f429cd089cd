import { expect, test } from 'vitest';
import { RandomStream } from '@/lib/random';
import { sketch } from '@/server/projections/sketch';

const [count, width, size] = [30, 5000, 128];
const random = new RandomStream(1, 'rows');
const rows = Float32Array.from({ length: count * width }, () => random.normal());

function distance(all: Float32Array, length: number, a: number, b: number): number {
  const other = all.subarray(b * length, (b + 1) * length);
  const squares = all
    .subarray(a * length, (a + 1) * length)
    .map((value, i) => (value - (other[i] ?? 0)) ** 2);
  return Math.sqrt(squares.reduce((sum, each) => sum + each, 0));
}

test('a sketch keeps rows about as far apart as they are', () => {
  const short = sketch(rows, width, size, 7);
  expect(short).toHaveLength(count * size);
  for (let a = 0; a < count; a++)
    for (let b = 0; b < a; b++) {
      const share = distance(short, size, a, b) / distance(rows, width, a, b);
      // The squared distance's relative deviation is about sqrt(2 / 128) = 0.125, its root's half of that.
      expect(Math.abs(share - 1), `rows ${a} and ${b}`).toBeLessThan(0.35);
    }
});

test('the same seed makes the same sketch, another one another', () => {
  expect(sketch(rows, width, size, 7)).toEqual(sketch(rows, width, size, 7));
  expect(sketch(rows, width, size, 8)).not.toEqual(sketch(rows, width, size, 7));
});

test('rows that are short enough stay as they are', () => {
  expect(sketch(rows, 100, 128, 7)).toBe(rows);
});
