/** Share of the points that lie within the unit ball after normalising; the rest may stick out. */
const INSIDE = 0.98;

/**
 * Centres a cloud, float32 [count, 3], and scales it so that nearly all of it lies in the unit ball: codings
 * grow while a model trains, but their shape is what people look at.
 */
export function normalise(positions: Float32Array): Float32Array {
  const count = positions.length / 3;
  if (count === 0) return new Float32Array();
  const centre = [0, 1, 2].map((axis) => {
    let sum = 0;
    for (let i = axis; i < positions.length; i += 3) sum += positions[i] ?? 0;
    return sum / count;
  });
  const centred = positions.map((value, i) => value - (centre[i % 3] ?? 0));
  const radii = Float32Array.from({ length: count }, (_, i) =>
    Math.hypot(...centred.subarray(3 * i, 3 * i + 3)),
  ).sort();
  const radius = radii[Math.floor(INSIDE * (count - 1))] || 1;
  return centred.map((value) => value / radius);
}

/** Points on their way from one frame to the next. */
export class Glide {
  /** float32 [count, 3], where the points are now; written in place. */
  readonly now: Float32Array;
  private readonly from: Float32Array;
  private to: Float32Array;
  private startedAt = Number.NEGATIVE_INFINITY;

  constructor(
    positions: Float32Array,
    private readonly durationMs: number,
  ) {
    this.now = positions.slice();
    this.from = positions.slice();
    this.to = positions;
  }

  /** Sets off from wherever the points are. `positions` has the length of the first ones. */
  moveTo(positions: Float32Array, time: number): void {
    this.from.set(this.now);
    this.to = positions;
    this.startedAt = time;
  }

  /** Moves `now` to where it should be at `time`, in ms. @returns whether there is still a way to go. */
  advance(time: number): boolean {
    const share = this.durationMs > 0 ? Math.min(1, (time - this.startedAt) / this.durationMs) : 1;
    const eased = 1 - (1 - share) ** 3;
    const { from, to, now } = this;
    for (let i = 0; i < now.length; i++) {
      const start = from[i] ?? 0;
      now[i] = start + ((to[i] ?? 0) - start) * eased;
    }
    return share < 1;
  }
}

/**
 * Sorts `order` from far to near for an eye at `eye` that looks at the origin, so that soft edges blend
 * rightly. `positions`: float32 [count, 3].
 */
export function drawingOrder(
  order: Uint32Array,
  positions: Float32Array,
  eye: readonly [number, number, number],
): void {
  const nearness = new Float32Array(order.length).map(
    (_, i) =>
      (positions[3 * i] ?? 0) * eye[0] +
      (positions[3 * i + 1] ?? 0) * eye[1] +
      (positions[3 * i + 2] ?? 0) * eye[2],
  );
  order.sort((a, b) => (nearness[a] ?? 0) - (nearness[b] ?? 0));
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
