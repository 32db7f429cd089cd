import { expect, test } from 'vitest';
import { nearestTo } from '@/app/_features/cloud/nearest';

test('lists the nearest points, the nearest first, without the point itself', () => {
  const points = Float32Array.of(0, 0, 0, 3, 4, 0, 1, 0, 0, 0, 0, 2);
  expect(nearestTo(points, 0, 2)).toEqual([
    { index: 2, distance: 1 },
    { index: 3, distance: 2 },
  ]);
  expect(nearestTo(points, 0, 9)).toHaveLength(3);
});
