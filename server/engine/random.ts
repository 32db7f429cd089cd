import {
  add,
  cast,
  engine,
  getKernel,
  greaterEqual,
  log,
  mul,
  type NamedTensorMap,
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
import { sizeOf } from './graph';

/**
 * Random numbers inside a compiled step: the i-th number of a site is a pure function of (seed, step, site, i),
 * in 32-bit integer operations that every executor has (shift, xor, multiply), so that all draw the same and a
 * resumed run draws what an uninterrupted one would have drawn:
 *   key = mix(mix(seed) + step) >>> 1, once a step
 *   x = (mix(i) ^ site ^ key) * 0x21f0aaad;  x ^= x >>> 15;  x *= 0x735a2d97;  number = (x >>> 8) / 2^24
 * `mix` is that of lib/random. `mix(i) ^ site` needs neither seed nor step, so it is a constant of the graph.
 */
export const hash = { multiply1: 0x21f0aaad, shift: 15, multiply2: 0x735a2d97, unused: 8 } as const;

/** 31 bits: what the `_RandomKey` kernel means. */
const drawKey = (seed: number, step: number): number => mix(mix(seed) + step) >>> 1;

/** `mix(i) ^ site` for i from 0: the constant part of a site's draws. */
export const counters = (site: number, size: number): Uint32Array =>
  Uint32Array.from({ length: size }, (_, i) => mix(i) ^ site);

/** `size` numbers in [0, 1): what the `_RandomUniform` kernel means. */
function drawUniform(key: number, site: number, size: number): Float32Array {
  return Float32Array.from(counters(site, size), (counter) => {
    let x = Math.imul(counter ^ key, hash.multiply1);
    x = Math.imul(x ^ (x >>> hash.shift), hash.multiply2);
    return (x >>> hash.unused) / 2 ** (32 - hash.unused);
  });
}

const KEY = '_RandomKey';
const RANDOM = '_RandomUniform';

/** sin(pi x) = x p(x^2) for x from -1/2 to 1/2, to 7e-7: a minimax fit. */
const sine = [3.14158202, -5.1671428, 2.54189903, -0.5546362] as const;

/** By the same few sums and products everywhere: a GPU's own sine may be off by 2^-11. */
function sineOfHalfTurns(x: Tensor): Tensor {
  const square = mul(x, x);
  const [first, second, third, fourth] = sine;
  const high = add(mul(add(mul(square, fourth), third), square), second);
  return mul(x, add(mul(high, square), first));
}

/** What a step draws with its seed and step number, both int32 scalars. Each place that draws names a site. */
export class Random {
  constructor(
    private readonly seed: Tensor,
    private readonly step: Tensor,
    private readonly place = '',
  ) {}

  /** The same at a place of its own: its sites are others than those of the same name elsewhere. */
  within(place: string): Random {
    return new Random(this.seed, this.step, `${this.place}${place}/`);
  }

  /** An int32 scalar. */
  private key(): Tensor {
    const { seed, step } = this;
    if (getKernel(KEY, engine().backendName))
      return engine().runKernel(KEY, { seed, step } as unknown as NamedTensorMap) as Tensor;
    return scalar(drawKey(seed.dataSync()[0] as number, step.dataSync()[0] as number), 'int32');
  }

  /** Uniform in [0, 1). */
  uniform(site: string, shape: readonly number[]): Tensor {
    return reshape(this.draw(site, sizeOf(shape)), [...shape]);
  }

  /** Standard normal, by Box and Muller, from the half of the circle to the right, whose heights tell of all of it. */
  normal(site: string, shape: readonly number[]): Tensor {
    const [first, second] = split(this.draw(site, 2 * sizeOf(shape)), 2) as [Tensor, Tensor];
    const radius = sqrt(mul(log(sub(1, first)), -2));
    return reshape(mul(radius, sineOfHalfTurns(sub(second, 0.5))), [...shape]);
  }

  /** What dropout multiplies by: 0 for a share `rate` of the numbers, else 1 / (1 - rate). */
  dropoutMask(site: string, shape: readonly number[], rate: number): Tensor {
    const kept = cast(greaterEqual(this.draw(site, sizeOf(shape)), rate), 'float32');
    return reshape(mul(kept, 1 / (1 - rate)), [...shape]);
  }

  /** Uniform, [size]: computed flat, since short last axes are slow on a processor. */
  private draw(site: string, size: number): Tensor {
    const attributes = { site: siteKey(0, [`${this.place}${site}`]), shape: [size] };
    const key = this.key();
    if (getKernel(RANDOM, engine().backendName))
      return engine().runKernel(RANDOM, { key } as unknown as NamedTensorMap, attributes) as Tensor;
    return tensor(drawUniform(key.dataSync()[0] as number, attributes.site, size));
  }

  /** Gumbel(0, 1): the largest of logits plus these is a draw from their softmax. */
  gumbel(site: string, shape: readonly number[]): Tensor {
    const tiny = 2 ** -25;
    return neg(log(neg(log(add(this.uniform(site, shape), tiny)))));
  }
}
