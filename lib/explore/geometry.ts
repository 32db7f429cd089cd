/** Points of a latent space and what lies between them. Rows are float32; sums are kept in float64 until they are done. */

/** A latent, or a style: float32 [size]. */
export type Latent = Float32Array;

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** The Euclidean length. */
export const norm = (a: ArrayLike<number>): number => Math.sqrt(dot(a, a));

/** Sum of `weights[i] * latents[i]`. */
function weighted(latents: readonly ArrayLike<number>[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(latents[0]?.length ?? 0);
  for (const [i, latent] of latents.entries()) {
    const weight = weights[i] ?? 0;
    if (weight !== 0)
      for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + weight * (latent[k] as number);
  }
  return sum;
}

const scaled = (a: ArrayLike<number>, by: number): Float64Array =>
  Float64Array.from(a, (value) => by * value);

/** `weights` as shares of their sum; equal ones if they sum to nothing. */
export function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length));
}

/** How latents are joined: by straight lines, or on the sphere that normal ones lie near. */
export type Way = 'linear' | 'spherical';

/** The mean with these shares, by straight lines. */
export const linearMean = (latents: readonly Latent[], shares: readonly number[]): Latent =>
  only(latents, shares) ?? Float32Array.from(weighted(latents, shares));

/** The one latent that has it all, exactly as it is. */
function only(latents: readonly Latent[], shares: readonly number[]): Latent | null {
  const present = shares.flatMap((share, i) => (share !== 0 ? [i] : []));
  const [first] = present;
  return present.length === 1 && first !== undefined ? Float32Array.from(latents[first] ?? []) : null;
}

/** Below this angle, in radians, arc and chord are the same in float32. */
const FLAT = 1e-6;
/** Rounds of the spherical mean; it settles in a few. */
const ROUNDS = 32;

/**
 * The mean with these shares on the sphere: the direction whose weighted arcs to all the others cancel out (Buss and
 * Fillmore, 2001), as long as the lengths' mean. A straight mean of normal latents would be short, as a generator that
 * learned from normal ones has hardly ever seen (White, 2016). Of two latents it runs along their great circle with
 * constant speed. Where no direction is better than others, as between opposite latents, it is the straight mean.
 */
export function sphericalMean(latents: readonly Latent[], shares: readonly number[]): Latent {
  const single = only(latents, shares);
  if (single) return single;
  const lengths = latents.map(norm);
  const length = lengths.reduce((sum, each, i) => sum + each * (shares[i] ?? 0), 0);
  const straight = weighted(latents, shares);
  const directions = latents.map((latent, i) => scaled(latent, 1 / (lengths[i] || 1)));
  const start = weighted(directions, shares);
  if (norm(start) < FLAT || lengths.some((each) => each === 0)) return Float32Array.from(straight);
  let mean = scaled(start, 1 / norm(start));
  for (let round = 0; round < ROUNDS; round++) {
    const arcs = directions.map((each, i) => (shares[i] ? arcTo(mean, each) : NOWHERE));
    if (arcs.some((arc) => arc === null)) return Float32Array.from(straight);
    const step = weighted(arcs as Float64Array[], shares);
    const angle = norm(step);
    if (angle < FLAT / 10) break;
    mean = weighted([mean, step], [Math.cos(angle), Math.sin(angle) / angle]);
    mean = scaled(mean, 1 / norm(mean));
  }
  return Float32Array.from(mean, (value) => length * value);
}

const NOWHERE = new Float64Array();

/** From one direction to another along the sphere: at right angles to `from`, as long as their angle; `null` if they are opposite. */
function arcTo(from: Float64Array, to: Float64Array): Float64Array | null {
  const along = dot(from, to);
  const across = weighted([to, from], [1, -along]);
  const sine = norm(across);
  if (sine < FLAT) return along > 0 ? across : null;
  return scaled(across, Math.atan2(sine, along) / sine);
}

export const meanOf = (way: Way, latents: readonly Latent[], shares: readonly number[]): Latent =>
  way === 'spherical' ? sphericalMean(latents, shares) : linearMean(latents, shares);

/** Between two latents. @param t 0 is `from`, 1 is `to`, both exactly. */
export const between = (from: Latent, to: Latent, t: number, way: Way = 'spherical'): Latent =>
  meanOf(way, [from, to], [1 - t, t]);
