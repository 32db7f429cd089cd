import type { Neighbours, Slices } from './neighbours';

/** A sparse symmetric graph of points that attract each other: each pair once, from the lower to the higher index. */
export interface Edges {
  /** Edges of point i are those from `starts[i]` to before `starts[i + 1]`; [count + 1]. */
  readonly starts: Int32Array;
  /** The higher point of each edge, [edges]. */
  readonly to: Int32Array;
  /** Weights above 0, [edges]. */
  readonly weight: Float64Array;
}

/** Entries of a neighbour table that one slice of work goes through, about. */
const SLICE = 16_384;

/** Calls `work` for each row of a table [count, k], in slices. */
export function* eachRow(count: number, k: number, work: (row: number) => void): Slices<void> {
  const rows = Math.ceil(SLICE / k);
  for (let row = 0; row < count; row++) {
    if (row % rows === rows - 1) yield;
    work(row);
  }
}

/** By how many nats an entropy may differ from the one asked for, and steps of its search at most. */
const PRECISION = 1e-5;
const SEARCH_STEPS = 64;

/**
 * t-SNE's conditional probabilities of each point's neighbours (van der Maaten and Hinton 2008): a Gaussian of squared
 * distance, whose width is such that the distribution has the perplexity; at most k.
 * @returns float64 [count, k], each row of sum 1.
 */
export function* conditional({ count, k, squares }: Neighbours, perplexity: number): Slices<Float64Array> {
  const all = new Float64Array(count * k);
  const entropy = Math.log(Math.min(perplexity, k));
  yield* eachRow(count, k, (row) =>
    gaussian(squares.subarray(row * k, (row + 1) * k), entropy, all.subarray(row * k, (row + 1) * k)),
  );
  return all;
}

/** Fills `into` with a point's probabilities, whose entropy in nats is as asked, by bisection of the precision. */
function gaussian(squares: Float32Array, entropy: number, into: Float64Array): void {
  const nearest = squares[0] as number;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let beta = 1;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    let sum = 0;
    let weighted = 0;
    for (let i = 0; i < into.length; i++) {
      // Only differences matter; without the nearest one's distance the largest term is 1.
      const beyond = (squares[i] as number) - nearest;
      const p = Math.exp(-beta * beyond);
      into[i] = p;
      sum += p;
      weighted += p * beyond;
    }
    for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) / sum;
    const excess = Math.log(sum) + (beta * weighted) / sum - entropy;
    if (Math.abs(excess) < PRECISION) return;
    if (excess > 0) low = beta;
    else high = beta;
    beta = high === Number.POSITIVE_INFINITY ? 2 * beta : (low + high) / 2;
  }
}

/**
 * Makes an undirected graph of directed weights [count, k].
 * @param join the edge's weight of those of both directions, 0 where one is no neighbour of the other; edges of weight
 * 0 are left out.
 */
export function* symmetric(
  { count, k, indices }: Neighbours,
  weights: Float64Array,
  join: (forth: number, back: number) => number,
): Slices<Edges> {
  const { starts, entries } = byLowerEnd(indices, count, k);
  yield;
  const edges = new Joined(count, count * k);
  /** Edge of the present row to each point, -1 for none. */
  const slots = new Int32Array(count).fill(-1);
  yield* eachRow(count, k, (low) => {
    const first = edges.size;
    for (let at = starts[low] as number; at < (starts[low + 1] as number); at++) {
      const entry = entries[at] as number;
      const row = Math.floor(entry / k);
      const high = Math.max(row, indices[entry] as number);
      if (slots[high] === -1) slots[high] = edges.add(high);
      const side = row === low ? edges.forth : edges.back;
      side[slots[high] as number] = weights[entry] as number;
    }
    for (let e = first; e < edges.size; e++) slots[edges.to[e] as number] = -1;
    edges.close(low, first, join);
  });
  return edges.result();
}

/** Edges under construction, row by row. */
class Joined {
  size = 0;
  readonly to: Int32Array;
  readonly forth: Float64Array;
  readonly back: Float64Array;
  private readonly starts: Int32Array;

  constructor(count: number, capacity: number) {
    this.starts = new Int32Array(count + 1);
    this.to = new Int32Array(capacity);
    this.forth = new Float64Array(capacity);
    this.back = new Float64Array(capacity);
  }

  /** @returns the new edge's number. */
  add(to: number): number {
    this.to[this.size] = to;
    return this.size++;
  }

  /** Ends a row: its edges, from `first` on, get their joint weights, and those without any go. */
  close(row: number, first: number, join: (forth: number, back: number) => number): void {
    const end = this.size;
    this.size = first;
    for (let e = first; e < end; e++) {
      const weight = join(this.forth[e] as number, this.back[e] as number);
      this.forth[e] = 0;
      this.back[e] = 0;
      if (!(weight > 0)) continue;
      this.to[this.size] = this.to[e] as number;
      this.forth[this.size++] = weight;
    }
    this.starts[row + 1] = this.size;
  }

  result(): Edges {
    return { starts: this.starts, to: this.to.slice(0, this.size), weight: this.forth.slice(0, this.size) };
  }
}

/** Entries of a neighbour table [count, k], grouped by the lower of the two points that they join. */
function byLowerEnd(indices: Int32Array, count: number, k: number) {
  const lower = indices.map((other, entry) => Math.min(other, Math.floor(entry / k)));
  const starts = new Int32Array(count + 1);
  for (const low of lower) starts[low + 1] = (starts[low + 1] as number) + 1;
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const next = starts.slice();
  const entries = new Int32Array(indices.length);
  lower.forEach((low, entry) => {
    entries[next[low] as number] = entry;
    next[low] = (next[low] as number) + 1;
  });
  return { starts, entries };
}
