import { RandomStream } from '@/lib/random';

/** `count` latents of standard normal numbers, each drawn alone by its seed. */
export function drawLatents(firstSeed: number, count: number, size: number): Float32Array[] {
  return Array.from({ length: count }, (_, i) => {
    const random = new RandomStream(firstSeed + i, 'latent');
    return Float32Array.from({ length: size }, () => random.normal());
  });
}

/**
 * A latent between two, by the great circle that joins them: a straight line would lead through short
 * vectors, which a generator that learned from normal ones has hardly ever seen (White, 2016).
 * @param t 0 is `from`, 1 is `to`.
 */
export function between(from: Float32Array, to: Float32Array, t: number): Float32Array {
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const cosine = dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to));
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const sine = Math.sin(angle);
  const [a, b] = sine < 1e-4 ? [1 - t, t] : [Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine];
  return from.map((value, i) => a * value + b * (to[i] ?? 0));
}

/** Rows of float32 numbers as a sample's request carries them. */
export function asBytes(rows: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const all = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let offset = 0;
  for (const row of rows) {
    all.set(row, offset);
    offset += row.length;
  }
  return new Uint8Array(all.buffer);
}
