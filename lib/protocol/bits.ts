/** Most bits of one number: with up to 7 bits left over from the one before, a double holds them exactly. */
export const mostBits = 45;

/** 2^0, 2^1 and so on: a table is much faster than to raise. */
const powers = Float64Array.from({ length: 53 }, (_, exponent) => 2 ** exponent);
const power = (exponent: number): number => powers[exponent] as number;

/** Bytes that so many numbers of so many bits take. */
export const packedBytes = (count: number, bits: number): number => Math.ceil((count * bits) / 8);

/** Numbers from 0 to 2^bits - 1 behind one another, lowest bits first, into `to` from its byte `offset` on. */
export function packBits(values: ArrayLike<number>, bits: number, to: Uint8Array, offset: number): void {
  let pending = 0;
  let fill = 0;
  let at = offset;
  for (let i = 0; i < values.length; i++) {
    pending += (values[i] as number) * power(fill);
    for (fill += bits; fill >= 8; fill -= 8) {
      const rest = Math.floor(pending / 256);
      to[at++] = pending - rest * 256;
      pending = rest;
    }
  }
  if (fill > 0) to[at] = pending;
}

/** What `packBits` has written, as `count` numbers. */
export function unpackBits(from: Uint8Array, offset: number, bits: number, count: number): Float64Array {
  const values = new Float64Array(count);
  const range = 2 ** bits;
  let pending = 0;
  let fill = 0;
  let at = offset;
  for (let i = 0; i < count; i++) {
    for (; fill < bits; fill += 8) pending += (from[at++] as number) * power(fill);
    const rest = Math.floor(pending / range);
    values[i] = pending - rest * range;
    pending = rest;
    fill -= bits;
  }
  return values;
}
