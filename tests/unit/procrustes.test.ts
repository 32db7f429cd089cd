import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '@/lib/random';
import { aligned } from '@/server/projections/procrustes';

function cloud(seed: number, count: number, deviations: readonly [number, number, number]): Float32Array {
  const random = new RandomStream(seed, 'cloud');
  return new Float32Array(3 * count).map((_, i) => random.normal() * (deviations[i % 3] as number));
}

/** Rotation by an angle around z, mirrored in x, and moved. */
function moved(points: Float32Array, angle: number, [x0, y0, z0]: readonly number[]): Float32Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return points.map((_, i) => {
    const [x = 0, y = 0, z = 0] = points.subarray(i - (i % 3), i - (i % 3) + 3);
    return [-(cos * x - sin * y) + Number(x0), sin * x + cos * y + Number(y0), z + Number(z0)][
      i % 3
    ] as number;
  });
}

const centred = (points: Float32Array) => aligned(points, points, 3);

test('a turned, mirrored and moved cloud comes back to where it was, in space and in the plane', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (seed, angle) => {
        for (const dimensions of [2, 3] as const) {
          const before = centred(cloud(seed, 40, [2, 1, dimensions === 2 ? 0 : 0.5]));
          const after = aligned(moved(before, angle, [5, -1, 0]), before, dimensions);
          after.forEach((value, i) => {
            expect(value).toBeCloseTo(before[i] as number, 3);
          });
        }
      },
    ),
    { seed: 5, numRuns: 20 },
  );
});

test('keeps distances, whatever it is turned towards', () => {
  const points = cloud(1, 30, [2, 1, 1]);
  const turned = aligned(points, cloud(2, 30, [1, 3, 1]), 3);
  const distance = (of: Float32Array, row: number) =>
    Math.hypot(...[0, 1, 2].map((axis) => Number(of[3 * row + axis]) - Number(of[axis])));
  for (let row = 1; row < 30; row++) expect(distance(turned, row)).toBeCloseTo(distance(points, row), 3);
});

test('a plane stays a plane even if the points before it filled space', () => {
  const plane = cloud(3, 50, [2, 1, 0]);
  const turned = aligned(plane, cloud(4, 50, [1, 1, 3]), 2);
  expect(turned.every((value, i) => i % 3 < 2 || value === 0)).toBe(true);
});

test('points all at one place stay together', () => {
  const turned = aligned(new Float32Array(30).fill(2), cloud(5, 10, [1, 1, 1]), 3);
  expect(turned.every((value) => Math.abs(value) < 1e-6)).toBe(true);
});
