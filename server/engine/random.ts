import {
  add,
  cast,
  cos,
  engine,
  getKernel,
  greaterEqual,
  log,
  mul,
  type NamedTensorMap,
  neg,
  sqrt,
  sub,
  type Tensor,
  tensor,
} from '@tensorflow/tfjs-core';
import { mix, siteKey } from '@/lib/random';
import { sizeOf } from './graph';

/**
 * Random numbers inside a compiled step: the i-th number of a site is a pure function of (seed, step, site, i),
 * in 32-bit integer operations that every executor has (shift, xor, multiply), so that all draw the same and a
 * resumed run draws what an uninterrupted one would have drawn:
 *   key = mix(mix(seed ^ site) + step)
 *   x = (mix(i) ^ key) * 0x21f0aaad;  x ^= x >>> 15;  x *= 0x735a2d97;  number = (x >>> 8) / 2^24
 * `mix` is that of lib/random. `mix(i)` needs neither seed nor step, so it is a constant of the graph.
 */
export const hash = { multiply1: 0x21f0aaad, shift: 15, multiply2: 0x735a2d97, unused: 8 } as const;

export const drawKey = (seed: number, step: number, site: number): number => mix(mix(seed ^ site) + step);

/** `mix(i)` for i from 0, the constant part of the draws. */
export const counters = (size: number): Uint32Array => Uint32Array.from({ length: size }, (_, i) => mix(i));

/** `size` numbers in [0, 1): what the `_RandomUniform` kernel means. */
export function drawUniform(seed: number, step: number, site: number, size: number): Float32Array {
  const key = drawKey(seed, step, site);
  return Float32Array.from(counters(size), (counter) => {
    let x = Math.imul(counter ^ key, hash.multiply1);
    x = Math.imul(x ^ (x >>> hash.shift), hash.multiply2);
    return (x >>> hash.unused) / 2 ** (32 - hash.unused);
  });
}

const RANDOM = '_RandomUniform';

/** What a step draws with its seed and step number, both int32 scalars. Each place that draws names a site. */
export class Random {
  constructor(
    private readonly seed: Tensor,
    private readonly step: Tensor,
  ) {}

  /** Uniform in [0, 1). */
  uniform(site: string, shape: readonly number[]): Tensor {
    const { seed, step } = this;
    const attributes = { site: siteKey(0, [site]), shape: [...shape] };
    if (getKernel(RANDOM, engine().backendName))
      return engine().runKernel(RANDOM, { seed, step } as unknown as NamedTensorMap, attributes) as Tensor;
    const [seedValue, stepValue] = [seed.dataSync()[0] as number, step.dataSync()[0] as number];
    return tensor(drawUniform(seedValue, stepValue, attributes.site, sizeOf(shape)), [...shape]);
  }

  /** Standard normal, by Box and Muller. */
  normal(site: string, shape: readonly number[]): Tensor {
    const radius = sqrt(mul(log(sub(1, this.uniform(`${site} radius`, shape))), -2));
    return mul(radius, cos(mul(this.uniform(`${site} angle`, shape), 2 * Math.PI)));
  }

  /** What dropout multiplies by: 0 for a share `rate` of the numbers, else 1 / (1 - rate). */
  dropoutMask(site: string, shape: readonly number[], rate: number): Tensor {
    return mul(cast(greaterEqual(this.uniform(site, shape), rate), 'float32'), 1 / (1 - rate));
  }

  /** Gumbel(0, 1): the largest of logits plus these is a draw from their softmax. */
  gumbel(site: string, shape: readonly number[]): Tensor {
    const tiny = 2 ** -25;
    return neg(log(neg(log(add(this.uniform(site, shape), tiny)))));
  }
}
