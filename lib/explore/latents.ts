import { RandomStream } from '../random';
import type { Latent } from './geometry';

/** `count` latents of standard normal numbers, each drawn alone by its seed. */
export function drawLatents(firstSeed: number, count: number, size: number): Latent[] {
  return Array.from({ length: count }, (_, i) => {
    const random = new RandomStream(firstSeed + i, 'latent');
    return Float32Array.from({ length: size }, () => random.normal());
  });
}

/** Rows of float32 numbers as a sample's request carries them. */
export function asBytes(rows: readonly Latent[]): Uint8Array<ArrayBuffer> {
  const all = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let offset = 0;
  for (const row of rows) {
    all.set(row, offset);
    offset += row.length;
  }
  return new Uint8Array(all.buffer);
}
