import { type PerspectiveCamera, Plane, Ray, Vector3 } from 'three';

/** How far from the middle one may point into a space; nearly all of a cloud lies within 1. */
const REACH = 1.6;
/** How much larger or smaller something may look by being near or far. */
const SCALES = { least: 0.6, most: 1.6 };

/** As the axes of a view count. */
export type SpacePoint = [number, number, number];

/** A place of the view as shares of its width and height, and how large something looks there against the middle. */
export interface Share {
  readonly x: number;
  readonly y: number;
  readonly scale?: number;
}

/** One of the points `positions`, float32 [count, 3]. */
export function spacePoint(positions: Float32Array, index: number): SpacePoint {
  const [x = 0, y = 0, z = 0] = positions.subarray(3 * index);
  return [x, y, z];
}

/**
 * The point of space under a place of the view: where the line of sight meets the plane through the middle that faces the
 * eye, or, of a flat cloud, the plane in which it lies.
 * @returns `null` far from the cloud.
 */
export function spaceUnder(camera: PerspectiveCamera, { x, y }: Share, isFlat: boolean): SpacePoint | null {
  const eye = camera.position;
  const direction = new Vector3(2 * x - 1, 1 - 2 * y, 0.5).unproject(camera).sub(eye).normalize();
  const normal = isFlat ? new Vector3(0, 0, 1) : camera.getWorldDirection(new Vector3());
  const point = new Ray(eye, direction).intersectPlane(new Plane(normal, 0), new Vector3());
  return point && point.length() <= REACH ? point.toArray() : null;
}

/** Where a point of space is seen; `null` if it isn't in view. */
export function shareOf(camera: PerspectiveCamera, at: SpacePoint): Required<Share> | null {
  const point = new Vector3(...at);
  const nearness = camera.position.length() / camera.position.distanceTo(point);
  const scale = Math.min(SCALES.most, Math.max(SCALES.least, nearness));
  const { x, y, z } = point.project(camera);
  const isSeen = Math.abs(x) <= 1 && Math.abs(y) <= 1 && Math.abs(z) <= 1;
  return isSeen ? { x: (x + 1) / 2, y: (1 - y) / 2, scale } : null;
}
