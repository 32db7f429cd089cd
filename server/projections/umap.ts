import { RandomStream } from '@/lib/random';
import { type Edges, eachRow, symmetric } from './affinities';
import { type Neighbours, nearest, type Slices } from './neighbours';

/** Epochs after which a layout is done. */
const TOTAL = 250;
/** Steps of the search for a point's own scale. */
const SEARCH_STEPS = 64;
const PRECISION = 1e-5;
/** Random points that push each end of an edge away whenever the edge pulls. */
const NEGATIVE_SAMPLES = 5;
/** A coordinate moves by at most this in one pull or push. */
const MAX_MOVE = 4;
/** Largest coordinate at the start. */
const START = 10;

/**
 * UMAP's graph of rows [count, size] (McInnes, Healy and Melville 2018, 3.1): weights from 0 to 1, the fuzzy union of
 * both directions.
 * @param neighbours of a point, itself counted.
 */
export function* fuzzyGraph(rows: Float32Array, size: number, neighbours: number): Slices<Edges> {
  const k = Math.max(1, Math.min(rows.length / size - 1, neighbours - 1));
  const found = yield* nearest(rows, size, k);
  const members = yield* memberships(found);
  return yield* symmetric(found, members, (forth, back) => forth + back - forth * back);
}

/**
 * Membership of each point's neighbours, float64 [count, k]: 1 for the nearest, falling exponentially with the distance
 * beyond.
 */
function* memberships({ count, k, squares }: Neighbours): Slices<Float64Array> {
  const all = new Float64Array(count * k);
  const target = Math.log2(k + 1);
  yield* eachRow(count, k, (row) => {
    const distances = Float64Array.from(squares.subarray(row * k, (row + 1) * k), Math.sqrt);
    const nearestOne = distances.find((distance) => distance > 0) ?? 0;
    const scale = scaleOf(distances, nearestOne, target);
    distances.forEach((distance, i) => {
      all[row * k + i] = Math.exp(-Math.max(0, distance - nearestOne) / scale);
    });
  });
  return all;
}

/** The scale of that fall with which a point's memberships sum to `target`, by bisection. */
function scaleOf(distances: Float64Array, nearestOne: number, target: number): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let scale = 1;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const sum = distances.reduce((all, d) => all + Math.exp(-Math.max(0, d - nearestOne) / scale), 0);
    if (Math.abs(sum - target) < PRECISION) break;
    if (sum > target) high = scale;
    else low = scale;
    scale = high === Number.POSITIVE_INFINITY ? 2 * scale : (low + high) / 2;
  }
  const mean = distances.reduce((sum, d) => sum + d, 0) / distances.length;
  return Math.max(scale, 1e-3 * mean, Number.MIN_VALUE);
}

/**
 * The curve of similarity by distance d in a layout, 1 / (1 + a d^(2b)): fitted by least squares to 1 up to `minDistance`
 * and exp(minDistance - d) beyond, for d up to 3.
 */
export function curveOf(minDistance: number): { a: number; b: number } {
  let [logA, b] = [0, 1];
  for (let step = 0; step < 200; step++) {
    let [saa, sab, sbb, ra, rb] = [1e-3, 0, 1e-3, 0, 0];
    for (let i = 1; i <= 300; i++) {
      const d = i / 100;
      const wanted = d <= minDistance ? 1 : Math.exp(minDistance - d);
      const term = Math.exp(logA) * d ** (2 * b);
      const value = 1 / (1 + term);
      const [da, db] = [-value * value * term, -value * value * term * 2 * Math.log(d)];
      saa += da * da;
      sab += da * db;
      sbb += db * db;
      ra += da * (wanted - value);
      rb += db * (wanted - value);
    }
    const determinant = saa * sbb - sab * sab;
    logA += (sbb * ra - sab * rb) / determinant;
    b = Math.min(4, Math.max(0.1, b + (saa * rb - sab * ra) / determinant));
  }
  return { a: Math.exp(logA), b };
}

/** A UMAP layout in space, or in the plane where all z begin as 0, epoch by epoch. The same for the same seed. */
export class Umap {
  /** The layout as it is now, float64 [count, 3]. */
  readonly points: Float64Array;
  /** Epochs so far. */
  iteration = 0;
  private readonly count: number;
  private readonly random: RandomStream;
  private readonly curve: { a: number; b: number };
  /** The epoch in which each edge pulls next, [edges]: the heavier, the more often. */
  private due: Float64Array;
  private strongest: number;

  /** @param start initial points [count, 3], at any scale. */
  constructor(
    start: Float32Array,
    private edges: Edges,
    settings: { readonly minDistance: number; readonly seed: number },
  ) {
    this.count = start.length / 3;
    this.random = new RandomStream(settings.seed, 'umap');
    this.curve = curveOf(settings.minDistance);
    const most = start.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
    this.points = Float64Array.from(start, (value) => (value * START) / most);
    this.strongest = strongestOf(edges);
    this.due = new Float64Array(edges.weight.length);
  }

  /** Goes on from points [count, 3] of an earlier layout after so many epochs. */
  resume(points: Float32Array, iteration: number): void {
    this.points.set(points);
    this.iteration = iteration;
  }

  /** Goes on from where the points are with a new graph, with at least so many epochs left. */
  replace(edges: Edges, iterations: number): void {
    this.edges = edges;
    this.strongest = strongestOf(edges);
    this.iteration = Math.max(0, Math.min(this.iteration, TOTAL - iterations));
    this.due = new Float64Array(edges.weight.length).fill(this.iteration);
  }

  get isDone(): boolean {
    return this.iteration >= TOTAL;
  }

  advance(iterations: number): void {
    for (let i = 0; i < iterations && !this.isDone; i++) this.epoch();
  }

  private epoch(): void {
    const { starts, to, weight } = this.edges;
    const rate = 1 - this.iteration / TOTAL;
    for (let row = 0; row < this.count; row++)
      for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
        if ((this.due[e] as number) > this.iteration) continue;
        this.due[e] = (this.due[e] as number) + this.strongest / (weight[e] as number);
        const other = to[e] as number;
        this.pull(row, other, rate);
        this.push(row, rate);
        this.pull(other, row, rate);
        this.push(other, rate);
      }
    this.iteration++;
  }

  private square(a: number, b: number): number {
    const { points } = this;
    const dx = (points[a] as number) - (points[b] as number);
    const dy = (points[a + 1] as number) - (points[b + 1] as number);
    const dz = (points[a + 2] as number) - (points[b + 2] as number);
    return dx * dx + dy * dy + dz * dz;
  }

  private pull(one: number, other: number, rate: number): void {
    const { a, b } = this.curve;
    const square = this.square(3 * one, 3 * other);
    if (square === 0) return;
    const power = Math.exp(b * Math.log(square));
    const force = (-2 * a * b * power) / (square * (1 + a * power));
    this.move(3 * one, 3 * other, force, rate);
    this.move(3 * other, 3 * one, force, rate);
  }

  private push(one: number, rate: number): void {
    const { a, b } = this.curve;
    for (let i = 0; i < NEGATIVE_SAMPLES; i++) {
      const other = this.random.below(this.count);
      const square = this.square(3 * one, 3 * other);
      if (square === 0) continue;
      const power = Math.exp(b * Math.log(square));
      this.move(3 * one, 3 * other, (2 * b) / ((0.001 + square) * (1 + a * power)), rate);
    }
  }

  /** Moves the point at `at` along its difference from the one at `from`. */
  private move(at: number, from: number, force: number, rate: number): void {
    const { points } = this;
    const x = points[at] as number;
    const y = points[at + 1] as number;
    const z = points[at + 2] as number;
    points[at] = x + rate * within(force * (x - (points[from] as number)));
    points[at + 1] = y + rate * within(force * (y - (points[from + 1] as number)));
    points[at + 2] = z + rate * within(force * (z - (points[from + 2] as number)));
  }
}

function within(move: number): number {
  return Math.min(MAX_MOVE, Math.max(-MAX_MOVE, move));
}

function strongestOf({ weight }: Edges): number {
  return weight.reduce((most, each) => Math.max(most, each), 0);
}
