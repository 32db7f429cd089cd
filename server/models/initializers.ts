import type { RandomStream } from '@/lib/random';

/** Fresh kernels as Keras draws them, from one stream a kernel; flat, row by row. */

/** Glorot and Bengio's: uniform within sqrt(6 / (fanIn + fanOut)); `size` numbers, by default a matrix. */
export function glorotUniform(
  random: RandomStream,
  fanIn: number,
  fanOut: number,
  size = fanIn * fanOut,
): Float32Array {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return Float32Array.from({ length: size }, () => random.uniform(-limit, limit));
}

/** The standard deviation of a standard normal cut off at two. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/** LeCun's: normal with variance 1 / fanIn, drawn again beyond two standard deviations; for SELU. */
function lecunNormal(
  random: RandomStream,
  fanIn: number,
  fanOut: number,
  size = fanIn * fanOut,
): Float32Array {
  const deviation = Math.sqrt(1 / fanIn) / TRUNCATED_DEVIATION;
  const truncated = (): number => {
    const value = random.normal();
    return Math.abs(value) <= 2 ? value : truncated();
  };
  return Float32Array.from({ length: size }, () => deviation * truncated());
}

/** Those that a recipe may name. */
export const initializers = { 'glorot-uniform': glorotUniform, 'lecun-normal': lecunNormal } as const;
export type InitializerId = keyof typeof initializers;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** Takes out of `vector` what lies along `basis` (modified Gram and Schmidt). @returns the length that is left. */
function orthogonalize(vector: Float64Array, basis: readonly Float64Array[]): number {
  for (const known of basis) {
    const along = dot(known, vector);
    for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) - along * (known[i] as number);
  }
  return Math.sqrt(dot(vector, vector));
}

/**
 * Saxe et al.'s, for recurrent kernels: a [rows, columns] matrix whose rows (or columns, if they are fewer)
 * are orthonormal.
 */
export function orthogonal(random: RandomStream, rows: number, columns: number): Float32Array {
  const isWide = rows <= columns;
  const [count, length] = isWide ? [rows, columns] : [columns, rows];
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    // Twice, since the first time leaves its roundings behind.
    orthogonalize(vector, basis);
    const norm = orthogonalize(vector, basis);
    if (norm > 1e-6) basis.push(vector.map((value) => value / norm));
  }
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return (isWide ? basis[row]?.[column] : basis[column]?.[row]) as number;
  });
}
