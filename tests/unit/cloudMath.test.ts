import fc from 'fast-check';
import { Matrix4, PerspectiveCamera } from 'three';
import { expect, test } from 'vitest';
import { DrawingOrder, Glide, nearestPoint, normalise } from '@/app/_features/cloud/cloudMath';
import { Movement } from '@/app/_features/cloud/cloudMovement';
import { nthOf } from '@/app/_features/cloud/nth';

test('a normalised cloud is centred, and nearly all of it lies in the unit ball', () => {
  const clouds = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), {
    minLength: 30,
    maxLength: 300,
  });
  fc.assert(
    fc.property(clouds, (numbers) => {
      const cloud = normalise(Float32Array.from(numbers.slice(0, numbers.length - (numbers.length % 3))));
      const count = cloud.length / 3;
      const radii = Array.from({ length: count }, (_, i) => Math.hypot(...cloud.subarray(3 * i, 3 * i + 3)));
      expect(radii.filter((radius) => radius <= 1 + 1e-5).length).toBeGreaterThanOrEqual(0.97 * count - 1);
      const mean = cloud.reduce((sum, value) => sum + value, 0) / count;
      expect(Math.abs(mean)).toBeLessThan(1e-3);
    }),
    { seed: 3 },
  );
});

test('the nth value is that of the sorted ones', () => {
  const values = fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.nat(), (all, place) => {
      const numbers = Float32Array.from(all);
      const sorted = numbers.toSorted();
      const n = place % numbers.length;
      expect(nthOf(numbers, n) === sorted[n]).toBe(true);
      expect(numbers.toSorted()).toEqual(sorted);
    }),
    { seed: 6 },
  );
});

test('clouds without extent or points stay finite', () => {
  expect([...normalise(Float32Array.of(5, 5, 5, 5, 5, 5))]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(normalise(new Float32Array()).length).toBe(0);
});

test('points glide from where they are to where they go', () => {
  const glide = new Glide(Float32Array.of(0, 0, 0), 300);
  glide.moveTo(Float32Array.of(8, 0, -8), 1000);
  expect(glide.advance(1150)).toBe(true);
  const [half = 0] = glide.now();
  expect(half).toBeGreaterThan(4);
  expect(half).toBeLessThan(8);
  glide.moveTo(Float32Array.of(0, 0, 0), 1150);
  glide.advance(1150);
  expect(glide.now()[0]).toBeCloseTo(half);
  expect(glide.advance(1450)).toBe(false);
  expect([...glide.now()]).toEqual([0, 0, 0]);
});

test('without a duration they are there at once', () => {
  const glide = new Glide(Float32Array.of(0, 0, 0), 0);
  glide.moveTo(Float32Array.of(1, 2, 3), 10);
  expect(glide.advance(10)).toBe(false);
  expect([...glide.now()]).toEqual([1, 2, 3]);
});

test('drawing goes from far to near', () => {
  const drawing = new DrawingOrder(3);
  drawing.sort(Float32Array.of(0, 0, 2, 0, 0, -1, 0, 0, 1), { x: 0, y: 0, z: 5 });
  expect([...drawing.order]).toEqual([1, 2, 0]);
  drawing.sort(Float32Array.of(0, 0, 2, 0, 0, -1, 0, 0, 1), { x: 0, y: 0, z: -1 });
  expect([...drawing.order]).toEqual([0, 2, 1]);
});

test('however points lie, each is drawn once, and none before one that lies clearly behind it', () => {
  const numbers = fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 600 });
  const eyes = fc.tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: 0.1, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(numbers, eyes, (all, [x, z]) => {
      const positions = Float32Array.from(all.slice(0, all.length - (all.length % 3)));
      const drawing = new DrawingOrder(positions.length / 3);
      drawing.sort(positions, { x, y: 0.5, z });
      const near = (i: number) =>
        (positions[3 * i] ?? 0) * x + (positions[3 * i + 1] ?? 0) * 0.5 + (positions[3 * i + 2] ?? 0) * z;
      const nearness = [...drawing.order].map(near);
      const extent = Math.max(...nearness) - Math.min(...nearness);
      expect(new Set(drawing.order).size).toBe(positions.length / 3);
      nearness.forEach((each, i) => {
        if (i > 0) expect(each).toBeGreaterThanOrEqual((nearness[i - 1] as number) - extent / 2000 - 1e-6);
      });
    }),
    { seed: 4 },
  );
});

test('a point that goes to and fro moves, one that stays doesn’t, and movement fades', () => {
  const movement = new Movement(new Float32Array(300));
  expect(movement.channel()).toMatchObject({ low: 0, high: 0 });
  for (let frame = 0; frame < 10; frame++)
    movement.take(Float32Array.from({ length: 300 }, (_, i) => (i < 30 && frame % 2 === 0 ? 0.1 : 0)));
  const { high, bytes } = movement.channel();
  expect(high).toBeGreaterThan(0.17);
  expect([...bytes.subarray(0, 10)]).toEqual(new Array(10).fill(255));
  expect([...bytes.subarray(10)]).toEqual(new Array(90).fill(0));
  for (let frame = 0; frame < 10; frame++) movement.take(new Float32Array(300));
  expect(movement.channel().high).toBeLessThan(high / 5);
});

const screen = { width: 200, height: 100 };
const camera = new PerspectiveCamera(40, 2, 0.1, 20);
camera.position.set(0, 0, 4);
camera.updateMatrixWorld();
const matrix = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse).toArray();
const anyPoint = () => true;

test('the pointer finds the point under it, the front one first', () => {
  const positions = Float32Array.of(0, 0, -1, 0, 0, 1, 1, 0, 0);
  expect(nearestPoint(positions, matrix, screen, { x: 101, y: 50 }, anyPoint)).toEqual({
    index: 1,
    x: 100,
    y: 50,
  });
  expect(nearestPoint(positions, matrix, screen, { x: 101, y: 50 }, (i) => i !== 1)?.index).toBe(0);
  expect(nearestPoint(positions, matrix, screen, { x: 134, y: 50 }, anyPoint)?.index).toBe(2);
});

test('it finds none where there is none, and none behind the eye', () => {
  expect(nearestPoint(Float32Array.of(0, 0, 0), matrix, screen, { x: 10, y: 10 }, anyPoint)).toBeNull();
  expect(nearestPoint(Float32Array.of(0, 0, 9), matrix, screen, { x: 100, y: 50 }, anyPoint)).toBeNull();
});
