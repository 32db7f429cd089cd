import { nthOf } from './nth';

/** Share of the points that lie within the unit ball after normalising; the rest may stick out. */
const INSIDE = 0.98;

/**
 * Centres a cloud, float32 [count, 3], and scales it so that nearly all of it lies in the unit ball: codings
 * grow while a model trains, but their shape is what people look at.
 */
export function normalise(positions: Float32Array): Float32Array {
  const count = positions.length / 3;
  const centred = new Float32Array(positions.length);
  if (count === 0) return centred;
  const sums = [0, 0, 0];
  for (let i = 0; i < positions.length; i++) sums[i % 3] = (sums[i % 3] as number) + (positions[i] as number);
  const [x = 0, y = 0, z = 0] = sums.map((sum) => sum / count);
  const radii = new Float32Array(count);
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    const across = (positions[at] as number) - x;
    const up = (positions[at + 1] as number) - y;
    const deep = (positions[at + 2] as number) - z;
    centred[at] = across;
    centred[at + 1] = up;
    centred[at + 2] = deep;
    radii[i] = Math.sqrt(across * across + up * up + deep * deep);
  }
  const radius = nthOf(radii, Math.floor(INSIDE * (count - 1))) || 1;
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i] as number) / radius;
  return centred;
}

/** Points on their way from one frame to the next; the graphics card mixes `from` and `to` by `share`. */
export class Glide {
  /** float32 [count, 3] each, written in place. */
  readonly from: Float32Array;
  readonly to: Float32Array;
  /** How far along the way they are, 0 to 1; slows down towards the end. */
  share = 1;
  private readonly mixed: Float32Array;
  private mixedShare = 1;
  private startedAt = Number.NEGATIVE_INFINITY;

  constructor(
    positions: Float32Array,
    private readonly durationMs: number,
  ) {
    this.from = positions.slice();
    this.to = positions.slice();
    this.mixed = positions.slice();
  }

  /** Where the points are, float32 [count, 3]; the same array each time. */
  now(): Float32Array {
    const { from, to, mixed, share } = this;
    if (this.mixedShare === share) return mixed;
    this.mixedShare = share;
    for (let i = 0; i < mixed.length; i++) {
      const start = from[i] as number;
      mixed[i] = start + ((to[i] as number) - start) * share;
    }
    return mixed;
  }

  /** Starts a glide from the present positions to `positions`, which has as many numbers. */
  moveTo(positions: Float32Array, time: number): void {
    this.from.set(this.now());
    this.to.set(positions);
    this.startedAt = time;
    this.share = 0;
    this.mixedShare = 0;
  }

  /** Moves on to where the points should be at `time`, in ms. @returns whether there is still a way to go. */
  advance(time: number): boolean {
    const passed = this.durationMs > 0 ? Math.min(1, (time - this.startedAt) / this.durationMs) : 1;
    this.share = 1 - (1 - passed) ** 3;
    return passed < 1;
  }
}

/** Levels of depth: points of one level keep their order. */
const DEPTHS = 4096;

/** The order in which points are drawn: from far to near, so that soft edges blend rightly. */
export class DrawingOrder {
  readonly order: Uint32Array;
  private readonly nearness: Float32Array;
  private readonly starts = new Uint32Array(DEPTHS + 1);

  constructor(count: number) {
    this.order = Uint32Array.from({ length: count }, (_, i) => i);
    this.nearness = new Float32Array(count);
  }

  /**
   * For an eye at `eye` that looks at the origin. `positions`: float32 [count, 3]. Takes time in proportion to
   * them.
   */
  sort(positions: Float32Array, eye: { readonly x: number; readonly y: number; readonly z: number }): void {
    const { nearness, order, starts } = this;
    const { x, y, z } = eye;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0, at = 0; i < nearness.length; i++, at += 3) {
      const near = Math.fround(
        (positions[at] as number) * x + (positions[at + 1] as number) * y + (positions[at + 2] as number) * z,
      );
      nearness[i] = near;
      if (near < least) least = near;
      if (near > most) most = near;
    }
    const extent = most - least;
    // What hardly differs isn't told apart, for then the scale wouldn't be finite.
    const scale = extent > 1e-30 ? (DEPTHS - 1) / extent : 0;
    starts.fill(0);
    for (let i = 0; i < nearness.length; i++) {
      // Rounded as it is kept, so that it is the same level when it is read again.
      const level = Math.fround(((nearness[i] as number) - least) * scale);
      nearness[i] = level;
      const next = (level | 0) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
    for (let level = 1; level < DEPTHS; level++)
      starts[level] = (starts[level] as number) + (starts[level - 1] as number);
    for (let i = 0; i < nearness.length; i++) {
      const level = (nearness[i] as number) | 0;
      const place = starts[level] as number;
      starts[level] = place + 1;
      order[place] = i;
    }
  }
}

/** A point of the cloud on the screen, in CSS pixels. */
export interface CloudHit {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** CSS pixels around a point's centre within which the pointer finds it. */
const REACH = 12;
/** How much one unit of depth counts against one CSS pixel: of two points in reach the front one wins. */
const DEPTH_WEIGHT = 400;

/**
 * The point of `positions`, float32 [count, 3], under the pointer.
 * @param matrix column-major view projection, 16 numbers.
 * @param accepts leaves points out.
 */
export function nearestPoint(
  positions: Float32Array,
  matrix: readonly number[],
  screen: { readonly width: number; readonly height: number },
  pointer: { readonly x: number; readonly y: number },
  accepts: (index: number) => boolean,
): CloudHit | null {
  const row = (r: number, i: number) =>
    (matrix[r] ?? 0) * (positions[3 * i] ?? 0) +
    (matrix[4 + r] ?? 0) * (positions[3 * i + 1] ?? 0) +
    (matrix[8 + r] ?? 0) * (positions[3 * i + 2] ?? 0) +
    (matrix[12 + r] ?? 0);
  let best: CloudHit | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < positions.length / 3; index++) {
    const w = row(3, index);
    if (w <= 0 || !accepts(index)) continue;
    const x = ((row(0, index) / w + 1) / 2) * screen.width;
    const y = ((1 - row(1, index) / w) / 2) * screen.height;
    const away = Math.hypot(x - pointer.x, y - pointer.y);
    const cost = away + DEPTH_WEIGHT * (row(2, index) / w);
    if (away > REACH || cost >= least) continue;
    best = { index, x, y };
    least = cost;
  }
  return best;
}
