import { number } from '../ir/kernelTypes';
import { sizeOf } from '../ir/tensors';
import { counters, hash, maskBits } from '../trace/random';
import { type } from './proto';
import type { Rule, Site } from './rule';

/** Operations on uint32 tensors, which wrap around; each takes places and returns the place of its result. */
function operations({ node, constant }: Site) {
  const T = type('uint32');
  const binary = (op: string) => (a: string, b: string) => node(op, [a, b], { T });
  const scalar = (value: number) => constant('uint32', Uint32Array.of(value), []);
  const [xor, and, add, multiply, shift] = [
    binary('BitwiseXor'),
    binary('BitwiseAnd'),
    binary('AddV2'),
    binary('Mul'),
    binary('RightShift'),
  ];
  return {
    xor,
    and,
    add,
    scalar,
    times: (x: string, by: number) => multiply(x, scalar(by)),
    shifted: (x: string, by: number) => shift(x, scalar(by)),
    /** `x ^ (x >>> by)` */
    folded: (x: string, by: number) => xor(x, shift(x, scalar(by))),
    bits: (x: string) => node('Cast', [x], { SrcT: type('int32'), DstT: T }),
    floats: (x: string) => node('Cast', [x], { SrcT: T, DstT: type('float32') }),
  };
}
type Operations = ReturnType<typeof operations>;

/** `mix` of lib/random. */
const mix = ({ times, folded }: Operations, x: string): string =>
  folded(times(folded(times(folded(x, 16), 0x21f0aaad), 15), 0x735a2d97), 15);

/**
 * `_RandomKey`: seed and step (int32 scalars) to the step's key, `mix(mix(seed) + step) >>> 1`: 31 bits fit into an
 * int32.
 */
export const randomKey: Rule = (site) => {
  const by = operations(site);
  const [seed, step] = site.inputs as [string, string];
  const key = mix(by, by.add(mix(by, by.bits(seed)), by.bits(step)));
  return site.node('Cast', [by.shifted(key, 1)], { SrcT: type('uint32'), DstT: type('int32') });
};

/** The 32 random bits x of trace/random.ts, uint32 of that shape. */
function drawn(site: Site, by: Operations, shape: readonly number[]): string {
  const [key] = site.inputs as [string];
  const counter = site.constant('uint32', counters(number(site.attributes, 'site'), sizeOf(shape)), shape);
  const folded = by.folded(by.times(by.xor(counter, by.bits(key)), hash.multiply1), hash.shift);
  return by.times(folded, hash.multiply2);
}

/** `_RandomUniform`: a key (int32 scalar) to float32 in [0, 1). */
export const randomUniform: Rule = (site) => {
  const by = operations(site);
  const floats = by.floats(by.shifted(drawn(site, by, site.values.output.shape), hash.unused));
  return site.node('Mul', [floats, site.floats([2 ** (hash.unused - 32)])], { T: type('float32') });
};

/** `_RandomMask`: a key (int32 scalar) to float32 [size], 0 for a share `rate` of them, else 1. */
export const randomMask: Rule = (site) => {
  const by = operations(site);
  const [size] = site.values.output.shape as [number];
  const { draws, threshold } = maskBits(size, number(site.attributes, 'rate'));
  const bits = drawn(site, by, [draws]);
  const halves = [by.floats(by.shifted(bits, 16)), by.floats(by.and(bits, by.scalar(0xffff)))];
  const T = type('float32');
  const both = site.node('ConcatV2', [...halves, site.ints([0], [])], { T, N: { i: 2 } });
  const all = site.node('Slice', [both, site.ints([0]), site.ints([size])], { T, Index: type('int32') });
  const kept = site.node('GreaterEqual', [all, site.floats([threshold])], { T });
  return site.node('Cast', [kept], { SrcT: type('bool'), DstT: T });
};
