/** The k nearest other rows of each row, nearest first. */
export interface Neighbours {
  /** Rows. */
  readonly count: number;
  /** Neighbours of each. */
  readonly k: number;
  /** Their rows, [count, k]. */
  readonly indices: Int32Array;
  /** Squared Euclidean distances [count, k]. */
  readonly squares: Float32Array;
}

/**
 * A computation in slices of some milliseconds: each `next` is one, and whoever drives it may do other things in
 * between.
 */
export type Slices<Result> = Generator<undefined, Result, undefined>;

/** Rows whose distances are computed together, so that they stay in the processor's cache. */
const BLOCK = 16;

/**
 * The k nearest neighbours of each of `rows` [count, size] by Euclidean distance, exactly: all pairs are compared.
 * @throws RangeError unless 1 <= k < count.
 */
export function* nearest(rows: Float32Array, size: number, k: number): Slices<Neighbours> {
  const count = rows.length / size;
  if (!(k >= 1 && k < count)) throw new RangeError(`1 to ${count - 1} neighbours expected, got ${k}`);
  const norms = normsOf(rows, size);
  const found = { count, k, indices: new Int32Array(count * k), squares: new Float32Array(count * k) };
  const distances = new Float32Array(BLOCK * count);
  const order = new Int32Array(count);
  for (let first = 0; first < count; first += BLOCK) {
    const block = Math.min(BLOCK, count - first);
    for (let j = 0; j < count; j++)
      for (let b = 0; b < block; b++) {
        const product = dot(rows, size, first + b, j);
        const square = (norms[first + b] as number) + (norms[j] as number) - 2 * product;
        distances[b * count + j] = Math.max(0, square);
      }
    for (let b = 0; b < block; b++)
      keep(found, first + b, distances.subarray(b * count, (b + 1) * count), order);
    yield;
  }
  return found;
}

function normsOf(rows: Float32Array, size: number): Float64Array {
  return new Float64Array(rows.length / size).map((_, i) => dot(rows, size, i, i));
}

function dot(rows: Float32Array, size: number, a: number, b: number): number {
  let at = a * size;
  let to = b * size;
  const end = at + size - (size % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (; at < end; at += 4, to += 4) {
    s0 += (rows[at] as number) * (rows[to] as number);
    s1 += (rows[at + 1] as number) * (rows[to + 1] as number);
    s2 += (rows[at + 2] as number) * (rows[to + 2] as number);
    s3 += (rows[at + 3] as number) * (rows[to + 3] as number);
  }
  for (; at < (a + 1) * size; at++, to++) s0 += (rows[at] as number) * (rows[to] as number);
  return s0 + s1 + (s2 + s3);
}

/** Writes one row's neighbours, of its squared distances to all rows; `order` is space for all indices. */
function keep(found: Neighbours, row: number, squares: Float32Array, order: Int32Array): void {
  for (let j = 0; j < order.length; j++) order[j] = j;
  squares[row] = -1; // itself comes first
  select(order, squares, found.k);
  const chosen = order.subarray(0, found.k + 1);
  chosen.sort((a, b) => (squares[a] as number) - (squares[b] as number) || a - b);
  for (let i = 0; i < found.k; i++) {
    const index = chosen[i + 1] as number;
    found.indices[row * found.k + i] = index;
    found.squares[row * found.k + i] = squares[index] as number;
  }
}

/** Puts the `k + 1` entries with the smallest keys in front (Hoare's quickselect). */
function select(order: Int32Array, keys: Float32Array, k: number): void {
  let low = 0;
  let high = order.length - 1;
  while (low < high) {
    const pivot = keys[order[(low + high) >> 1] as number] as number;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((keys[order[i] as number] as number) < pivot) i++;
      while ((keys[order[j] as number] as number) > pivot) j--;
      if (i > j) break;
      const kept = order[i] as number;
      order[i++] = order[j] as number;
      order[j--] = kept;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return;
  }
}
