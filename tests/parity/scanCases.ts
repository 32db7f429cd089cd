import { add, mul, neg, type Tensor, tanh } from '@tensorflow/tfjs-core';
import type { RandomStream } from '@/lib/random';
import { Random } from '@/server/engine/trace/random';
import { type ScanStep, scan } from '@/server/engine/trace/scan';
import { type Cases, input, normal, shapeOf } from './caseDraws';

const sum = (tensors: readonly Tensor[]): Tensor => tensors.reduce((a, b) => add(a, b));

/** Mixes all that it is given; some results are what came in, some are the same value twice. */
const step: ScanStep = (carried, slices, captured) => {
  const mixed = tanh(sum([...carried, ...slices, ...captured]));
  const rotated = carried.map((_, i) => carried[(i + 1) % carried.length] as Tensor);
  const next = rotated.map((each, i) => (i === 0 ? add(mul(each, 0.5), mixed) : each));
  const [slice] = slices as [Tensor];
  return { carried: next, outputs: [mixed, neg(next[0] as Tensor), carried[0] as Tensor, slice, mixed] };
};

/** One to three carried values, one or two sequences, up to two captured values; both directions. */
export const scanCase: Cases = (random) => {
  const shape = shapeOf(random, random.below(3));
  const length = 1 + random.below(6);
  const [states, sequences, captured] = [1 + random.below(3), 1 + random.below(2), random.below(3)];
  const reverse = random.below(2) === 1;
  const draw = (count: number, kind: string, own: readonly number[]) =>
    Array.from({ length: count }, (_, i) => [`${kind}${i}`, input(random, own, normal)] as const);
  return {
    inputs: Object.fromEntries([
      ...draw(states, 'initial', shape),
      ...draw(sequences, 'sequence', [length, ...shape]),
      ...draw(captured, 'captured', shape),
    ]),
    attributes: {},
    call: (tensors) => {
      const { final, stacked } = scan({
        step,
        initial: tensors.slice(0, states),
        sequences: tensors.slice(states, states + sequences),
        captured: tensors.slice(states + sequences),
        reverse,
      });
      return [...final, ...stacked];
    },
  };
};

/** A seed and a step of any 32 bits, and what two of `Random`'s kernels make of them. */
const drawnBy = (random: RandomStream, draw: (random: Random) => Tensor): ReturnType<Cases> => {
  const word = () => input(random, [], (each) => each.bits() | 0, 'int32');
  return {
    inputs: { seed: word(), step: word() },
    attributes: {},
    exact: true,
    call: ([seed, step]) => [draw(new Random(seed as Tensor, step as Tensor))],
  };
};

export const uniformCase: Cases = (random) => {
  const [site, shape] = [`site ${random.bits()}`, shapeOf(random)];
  return drawnBy(random, (each) => each.uniform(site, shape));
};

export const maskCase: Cases = (random) => {
  const [site, shape, rate] = [`site ${random.bits()}`, shapeOf(random), random.uniform(0, 0.9)];
  return drawnBy(random, (each) => each.dropoutMask(site, shape, rate));
};

/** The key by itself shows only in what is drawn with it. */
export const keyCase: Cases = (random) => ({ ...uniformCase(random) });
