/**
 * Counter-based random numbers: the n-th draw is a pure function of (seed, site, n), so a resumed
 * run draws exactly what an uninterrupted one would have drawn, whatever ran in between.
 *
 * The mixer is a 32-bit xor-shift-multiply hash (constants of Chris Wellons' "lowbias32"), applied twice
 * with the key between; it needs only operations that a compiled graph has too (shift, xor, multiply).
 */

/** One round of the hash: 32 bits in, 32 bits out. */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** The key of a place in the program, 32 bits. */
export function siteKey(seed: number, site: readonly (string | number)[]): number {
  let key = mix(seed + 0x9e3779b9);
  for (const part of site) {
    if (typeof part === 'number') key = mix(key ^ mix(part + 0x85ebca6b));
    else for (let i = 0; i < part.length; i++) key = mix(key ^ mix(part.charCodeAt(i) + 0xc2b2ae35));
  }
  return key;
}

/** A stream of draws for one place in the program, e.g. `new RandomStream(42, 'shuffle', epoch)`. */
export class RandomStream {
  private readonly key: number;
  private counter = 0;

  constructor(seed: number, ...site: (string | number)[]) {
    this.key = siteKey(seed, site);
  }

  /** The next 32 random bits. */
  bits(): number {
    this.counter = (this.counter + 1) >>> 0;
    return mix(mix(this.counter ^ this.key) + Math.imul(this.key, 0x9e3779b1));
  }

  /** Uniform in [low, high), 32 bits fine. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.bits() / 4294967296);
  }

  /** Standard normal, by Box and Muller; takes two draws. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log((this.bits() + 1) / 4294967297));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform(0, n));
  }

  /** The numbers 0 to n - 1 in random order (Fisher and Yates). */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = order[i] as number;
      order[i] = order[j] as number;
      order[j] = kept;
    }
    return order;
  }
}
