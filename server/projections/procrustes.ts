import { Matrix, SingularValueDecomposition } from 'ml-matrix';

/** Dimensions of a projection. Its points are [count, 3] either way; with 2 all z are 0. */
export type Dimensions = 2 | 3;

const AXES = [0, 1, 2] as const;

function centreOf(points: Float32Array): number[] {
  const sums = [0, 0, 0];
  for (let i = 0; i < points.length; i++) sums[i % 3] = (sums[i % 3] as number) + (points[i] as number);
  return sums.map((sum) => (sum * 3) / Math.max(3, points.length));
}

/** Sum over the common rows of centred point times centred previous point, [dimensions, dimensions]. */
function crossProduct(points: Float32Array, previous: Float32Array, dimensions: Dimensions): Matrix {
  const common = Math.min(points.length, previous.length);
  const product = Matrix.zeros(dimensions, dimensions);
  const [centre, target] = [centreOf(points.subarray(0, common)), centreOf(previous.subarray(0, common))];
  for (let row = 0; row < common; row += 3)
    for (let a = 0; a < dimensions; a++)
      for (let b = 0; b < dimensions; b++) {
        const [from, to] = [points[row + a] as number, previous[row + b] as number];
        const term = (from - (centre[a] as number)) * (to - (target[b] as number));
        product.set(a, b, product.get(a, b) + term);
      }
  return product;
}

/**
 * Centres points [count, 3], then rotates and mirrors them to lie closest to `previous` by least squares over the rows
 * that both have (orthogonal Procrustes; Schönemann 1966). So points glide from one frame to the next, though a
 * projection's axes may flip. With 2 dimensions z stays 0.
 */
export function aligned(points: Float32Array, previous: Float32Array, dimensions: Dimensions): Float32Array {
  const { leftSingularVectors, rightSingularVectors } = new SingularValueDecomposition(
    crossProduct(points, previous, dimensions),
  );
  const turn = leftSingularVectors.mmul(rightSingularVectors.transpose());
  const rows = AXES.map((a) => AXES.map((b) => (Math.max(a, b) < dimensions ? turn.get(a, b) : 0)));
  const centre = centreOf(points);
  return points.map((_, i) => {
    const row = i - (i % 3);
    return AXES.reduce<number>(
      (sum, a) => sum + ((points[row + a] as number) - (centre[a] as number)) * (rows[a]?.[i % 3] as number),
      0,
    );
  });
}
