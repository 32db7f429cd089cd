import { RandomStream } from '@/lib/random';

/**
 * Shortens rows to `size` numbers that keep their Euclidean distances, about: each number is added, with a random sign,
 * to one of `size` sums (count sketch; Charikar, Chen and Farach-Colton 2002). Rows that are short enough stay as they are.
 * @param rows float32 [count, width]
 * @param seed of the signs and places: sketches of one seed can be compared.
 * @returns float32 [count, min(width, size)]
 */
export function sketch(rows: Float32Array, width: number, size: number, seed: number): Float32Array {
  if (width <= size) return rows;
  const random = new RandomStream(seed, 'sketch');
  const places = Int32Array.from({ length: width }, () => random.below(size));
  const signs = Float32Array.from({ length: width }, () => (random.below(2) === 0 ? -1 : 1));
  const count = rows.length / width;
  const sums = new Float32Array(count * size);
  for (let row = 0; row < count; row++)
    for (let i = 0; i < width; i++) {
      const at = row * size + (places[i] as number);
      sums[at] = (sums[at] as number) + (signs[i] as number) * (rows[row * width + i] as number);
    }
  return sums;
}
