import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Dimensions } from './procrustes';

/** Points and what they show of the codings' variance. */
interface Projection {
  /** [count, 3], centred on their mean; in the plane z is 0. */
  readonly points: Float32Array;
  /** Share of the codings' variance along each of the three axes, 0 to 1. */
  readonly explained: readonly number[];
}

/** Codings minus their mean, as float64 [count, size]. */
function centred(codings: Float32Array, size: number): Float64Array {
  const rows = Float64Array.from(codings);
  for (let k = 0; k < size; k++) {
    let sum = 0;
    for (let i = k; i < rows.length; i += size) sum += rows[i] as number;
    const mean = (sum * size) / rows.length;
    for (let i = k; i < rows.length; i += size) rows[i] = (rows[i] as number) - mean;
  }
  return rows;
}

/** Covariance [size, size] of centred rows. */
function covariance(rows: Float64Array, size: number): Matrix {
  const sums = new Float64Array(size * size);
  for (let row = 0; row < rows.length; row += size)
    for (let a = 0; a < size; a++) {
      const value = rows[row + a] as number;
      for (let b = a; b < size; b++)
        sums[a * size + b] = (sums[a * size + b] as number) + value * (rows[row + b] as number);
    }
  const scale = 1 / Math.max(1, rows.length / size - 1);
  const at = (a: number, b: number) => (sums[Math.min(a, b) * size + Math.max(a, b)] as number) * scale;
  return new Matrix(Array.from({ length: size }, (_, a) => Array.from({ length: size }, (_, b) => at(a, b))));
}

/**
 * Unit vectors of the three directions of the largest variance, largest first; empty where codings have fewer
 * dimensions.
 */
function principalAxes(matrix: Matrix): readonly (readonly number[])[] {
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((value, i) => ({ value, i })).sort((a, b) => b.value - a.value);
  return [0, 1, 2].map((axis) => {
    const found = order[axis];
    return found ? eigenvectorMatrix.getColumn(found.i) : [];
  });
}

/** Share of a total sum of squares along each column of centred points [count, 3]. */
function shares(points: Float32Array, total: number): number[] {
  const sums = [0, 0, 0];
  points.forEach((value, i) => {
    sums[i % 3] = (sums[i % 3] as number) + value * value;
  });
  return sums.map((sum) => (total > 0 ? sum / total : 0));
}

/**
 * Principal component analysis: codings [count, size], size >= 1, along the axes of their largest variance, in the
 * codings' own units.
 * @throws RangeError if the codings are not whole rows or not finite.
 */
export function pca(codings: Float32Array, size: number, dimensions: Dimensions = 3): Projection {
  if (codings.length % size !== 0)
    throw new RangeError(`Codings of ${size} numbers expected, got ${codings.length} numbers`);
  if (!codings.every(Number.isFinite)) throw new RangeError('Codings must be finite numbers');
  const rows = centred(codings, size);
  const axes = principalAxes(covariance(rows, size)).slice(0, dimensions);
  const points = new Float32Array((codings.length / size) * 3).map((_, i) => {
    const axis = axes[i % 3] ?? [];
    const row = Math.floor(i / 3) * size;
    return axis.reduce((sum, weight, k) => sum + weight * (rows[row + k] as number), 0);
  });
  const total = rows.reduce((sum, value) => sum + value * value, 0);
  return { points, explained: shares(points, total) };
}
