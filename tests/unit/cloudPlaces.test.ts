import fc from 'fast-check';
import { PerspectiveCamera } from 'three';
import { expect, test } from 'vitest';
import { type SpacePoint, shareOf, spaceUnder } from '@/app/_features/cloud/cloudPlaces';

/** Looks at the middle from a point on a sphere around it. */
function eye(theta: number, phi: number, distance: number, aspect = 1.6): PerspectiveCamera {
  const camera = new PerspectiveCamera(40, aspect, 0.05, 40);
  camera.position.setFromSphericalCoords(distance, phi, theta);
  camera.lookAt(0, 0, 0);
  camera.updateMatrixWorld();
  return camera;
}

const eyes = fc
  .record({
    theta: fc.double({ min: 0, max: 6.2, noNaN: true }),
    phi: fc.double({ min: 0.2, max: 2.9, noNaN: true }),
    distance: fc.double({ min: 2, max: 6, noNaN: true }),
    aspect: fc.double({ min: 0.5, max: 2.4, noNaN: true }),
  })
  .map(({ theta, phi, distance, aspect }) => eye(theta, phi, distance, aspect));
const shares = fc.record({
  x: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
  y: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
});

test('whoever points sees their mark under their pointer, and others see it where that point of space is', () => {
  fc.assert(
    fc.property(eyes, eyes, shares, (own, other, at) => {
      const point = spaceUnder(own, at, false);
      fc.pre(point !== null);
      const seen = shareOf(own, point);
      expect(seen?.x).toBeCloseTo(at.x, 5);
      expect(seen?.y).toBeCloseTo(at.y, 5);
      expect(seen?.scale).toBeCloseTo(
        Math.min(1.6, Math.max(0.6, own.position.length() / Math.hypot(...away(own, point)))),
        5,
      );
      // The other one's line of sight through the mark goes through the point.
      const theirs = shareOf(other, point);
      fc.pre(theirs !== null);
      const again = spaceUnder(other, theirs, false);
      fc.pre(again !== null);
      const [a, b] = [away(other, point), away(other, again)].map((each) =>
        each.map((x) => x / Math.hypot(...each)),
      );
      for (const axis of [0, 1, 2]) expect(a?.[axis]).toBeCloseTo(b?.[axis] ?? Number.NaN, 5);
    }),
    { seed: 20261130 },
  );
});

const away = ({ position }: PerspectiveCamera, [x, y, z]: SpacePoint) => [
  x - position.x,
  y - position.y,
  z - position.z,
];

test('in a flat cloud one points at the plane, from wherever one looks', () => {
  fc.assert(
    fc.property(shares, fc.double({ min: -1, max: 1, noNaN: true }), (at, theta) => {
      const point = spaceUnder(eye(theta, 1.4, 3), at, true);
      fc.pre(point !== null);
      expect(point[2]).toBeCloseTo(0, 6);
    }),
    { seed: 20261130 },
  );
});

test('what is behind the eye or beside the view is not seen, and far from the cloud nobody points into it', () => {
  const camera = eye(0, Math.PI / 2, 3);
  expect(shareOf(camera, [0, 0, 5])).toBeNull();
  expect(shareOf(camera, [0, 2.5, 0])).toBeNull();
  expect(spaceUnder(eye(0, Math.PI / 2, 6, 2.4), { x: 0, y: 0.5 }, false)).toBeNull();
  expect(shareOf(camera, [0, 0, 1])?.scale).toBeGreaterThan(shareOf(camera, [0, 0, -1])?.scale ?? Infinity);
});
