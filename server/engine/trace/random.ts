import {
  add,
  engine,
  getKernel,
  log,
  mul,
  neg,
  reshape,
  scalar,
  split,
  sqrt,
  sub,
  type Tensor,
  tensor,
} from '@tensorflow/tfjs-core';
import { mix, siteKey } from '@/lib/random';
import { sizeOf } from '../ir/tensors';

/**
 * Random numbers inside a compiled step: the i-th number of a site is a pure function of (seed, step, site, i),
 * in 32-bit integer operations that every executor has (shift, xor, multiply), so that all draw the same and a
 * resumed run draws what an uninterrupted one would have drawn:
 *   key = mix(mix(seed) + step) >>> 1, once a step
 *   x = (mix(i) ^ site ^ key) * 0x21f0aaad;  x ^= x >>> 15;  x *= 0x735a2d97;  number = (x >>> 8) / 2^24
 * `mix` is that of lib/random. `mix(i) ^ site` needs neither seed nor step, so it is a constant of the graph.
 */
export const hash = { multiply1: 0x21f0aaad, shift: 15, multiply2: 0x735a2d97, unused: 8 } as const;

/** The `_RandomKey` kernel: a step's key, 31 bits. */
const drawKey = (seed: number, step: number): number => mix(mix(seed) + step) >>> 1;

/** `mix(i) ^ site` for i from 0: the constant part of a site's draws. */
export const counters = (site: number, size: number): Uint32Array =>
  Uint32Array.from({ length: size }, (_, i) => mix(i) ^ site);

function drawBits(key: number, site: number, size: number): Uint32Array {
  return counters(site, size).map((counter) => {
    const x = Math.imul(counter ^ key, hash.multiply1);
    return Math.imul(x ^ (x >>> hash.shift), hash.multiply2);
  });
}

/** The `_RandomUniform` kernel: `size` numbers in [0, 1). */
const drawUniform = (key: number, site: number, size: number): Float32Array =>
  Float32Array.from(drawBits(key, site, size), (x) => (x >>> hash.unused) / 2 ** (32 - hash.unused));

/**
 * Of a mask, drawn in 16 bits a number: how many x it takes, and below which of 2^16 numbers it is 0. The first
 * half has the upper bits of each x, the second the lower ones.
 */
export const maskBits = (size: number, rate: number) => ({
  draws: Math.ceil(size / 2),
  threshold: Math.round(rate * 2 ** 16),
});

/** The `_RandomMask` kernel: 0 for a share `rate` of `size` numbers, else 1. */
function drawMask(key: number, site: number, size: number, rate: number): Float32Array {
  const { draws, threshold } = maskBits(size, rate);
  const bits = drawBits(key, site, draws);
  const of = (i: number) => (i < draws ? (bits[i] as number) >>> 16 : (bits[i - draws] as number) & 0xffff);
  return Float32Array.from({ length: size }, (_, i) => (of(i) < threshold ? 0 : 1));
}

const KEY = '_RandomKey';
const UNIFORM = '_RandomUniform';
const MASK = '_RandomMask';

/** sin(pi x) = x p(x^2) for x from -1/2 to 1/2, to 7e-7: a minimax fit. */
const sine = [3.14158202, -5.1671428, 2.54189903, -0.5546362] as const;

/** By the same few sums and products everywhere: a GPU's own sine may be off by 2^-11. */
function sineOfHalfTurns(x: Tensor): Tensor {
  const square = mul(x, x);
  const [first, second, third, fourth] = sine;
  const high = add(mul(add(mul(square, fourth), third), square), second);
  return mul(x, add(mul(high, square), first));
}

/** Draws random numbers in a step, from a seed and the step's number, both int32 scalars. Each draw names its site. */
export class Random {
  constructor(
    private readonly seed: Tensor,
    private readonly step: Tensor,
    private readonly scope = '',
  ) {}

  /** The same with a scope before the names of sites, so that they differ from those of other scopes. */
  within(scope: string): Random {
    return new Random(this.seed, this.step, `${this.scope}${scope}/`);
  }

  /** What all draws of the step are keyed by, an int32 scalar. */
  private key(): Tensor {
    const { seed, step } = this;
    if (getKernel(KEY, engine().backendName)) return engine().runKernel<Tensor>(KEY, { seed, step });
    return scalar(drawKey(seed.dataSync()[0] as number, step.dataSync()[0] as number), 'int32');
  }

  /** Uniform in [0, 1). */
  uniform(site: string, shape: readonly number[]): Tensor {
    return reshape(this.draw(site, sizeOf(shape)), [...shape]);
  }

  /** Standard normal, by Box and Muller: a sine of angles from -pi/2 to pi/2 has the distribution of one of all angles. */
  normal(site: string, shape: readonly number[]): Tensor {
    const [first, second] = split(this.draw(site, 2 * sizeOf(shape)), 2) as [Tensor, Tensor];
    const radius = sqrt(mul(log(sub(1, first)), -2));
    return reshape(mul(radius, sineOfHalfTurns(sub(second, 0.5))), [...shape]);
  }

  /** A mask for dropout: 0 for a share `rate` of the numbers (to 16 bits), else 1 / (1 - rate). */
  dropoutMask(site: string, shape: readonly number[], rate: number): Tensor {
    const kept = this.run(MASK, site, sizeOf(shape), { rate }, (key, id, size) =>
      drawMask(key, id, size, rate),
    );
    return reshape(mul(kept, 1 / (1 - rate)), [...shape]);
  }

  /** Uniform, [size]: computed flat, since short last axes are slow on a processor. */
  private draw(site: string, size: number): Tensor {
    return this.run(UNIFORM, site, size, {}, drawUniform);
  }

  /** Runs a kernel that draws `size` numbers; where nothing is compiled, `meaning` draws the same. */
  private run(
    kernel: string,
    site: string,
    size: number,
    more: Readonly<Record<string, number>>,
    meaning: (key: number, site: number, size: number) => Float32Array,
  ): Tensor {
    const id = siteKey(0, [`${this.scope}${site}`]);
    const key = this.key();
    if (!getKernel(kernel, engine().backendName))
      return tensor(meaning(key.dataSync()[0] as number, id, size));
    const attributes = { site: id, shape: [size], ...more };
    return engine().runKernel<Tensor>(kernel, { key }, attributes);
  }

  /** Gumbel(0, 1): the largest of logits plus these is a draw from their softmax. */
  gumbel(site: string, shape: readonly number[]): Tensor {
    const tiny = 2 ** -25;
    return neg(log(neg(log(add(this.uniform(site, shape), tiny)))));
  }
}
