import { number } from '../ir/kernelTypes';
import { isOpen } from '../ir/rows';
import { sizeOf } from '../ir/tensors';
import { counters, hash, maskBits } from '../trace/random';
import { attribute, elementTypes, node, type OnnxNode } from './proto';
import type { Rule, Site } from './rule';

type Operation = readonly [opType: string, by: number];

/**
 * Puts uint32 `x` through operations, each with a constant. They are ONNX's names, but for `['Shift', n]`, which is
 * `x ^ (x >>> n)`; `BitShift` is to the right. @returns the nodes, and the name of the result.
 */
function chain(
  site: Site,
  x: string,
  operations: readonly Operation[],
): { nodes: OnnxNode[]; result: string } {
  const nodes: OnnxNode[] = [];
  let result = x;
  for (const [opType, by] of operations) {
    const constant = site.data('uint32', Uint32Array.of(by), []);
    const made = site.fresh();
    if (opType === 'Shift') {
      const shifted = site.fresh();
      nodes.push(node('BitShift', [result, constant], shifted, [right]));
      nodes.push(node('BitwiseXor', [result, shifted], made));
    } else if (opType === 'BitShift') nodes.push(node(opType, [result, constant], made, [right]));
    else nodes.push(node(opType, [result, constant], made));
    result = made;
  }
  return { nodes, result };
}

const right = attribute('direction', 'RIGHT');

/** `mix` of lib/random. */
const mixing: readonly Operation[] = [
  ['Shift', 16],
  ['Mul', 0x21f0aaad],
  ['Shift', 15],
  ['Mul', 0x735a2d97],
  ['Shift', 15],
];

/**
 * `_RandomKey`: seed and step (int32 scalars) to the step's key, `mix(mix(seed) + step) >>> 1`: 31 bits fit into an
 * int32, whatever an executor makes of the sign.
 */
export const randomKey: Rule = (site) => {
  const { fresh, output } = site;
  const [seed, step] = site.inputs as [string, string];
  const toUint32 = attribute('to', elementTypes.uint32);
  const [seedBits, stepBits, sum] = [fresh(), fresh(), fresh()];
  const seeded = chain(site, seedBits, mixing);
  const key = chain(site, sum, [...mixing, ['BitShift', 1]]);
  return [
    node('Cast', [seed], seedBits, [toUint32]),
    node('Cast', [step], stepBits, [toUint32]),
    ...seeded.nodes,
    node('Add', [seeded.result, stepBits], sum),
    ...key.nodes,
    node('Cast', [key.result], output, [attribute('to', elementTypes.int32)]),
  ];
};

/** `mix(i) ^ site` for i from 0, uint32 of that shape: a constant, or computed where the number of rows is open. */
function countersOf(site: Site, shape: readonly number[]): { nodes: OnnxNode[]; counter: string } {
  const { attributes, fresh } = site;
  const draw = number(attributes, 'site');
  if (!isOpen(shape))
    return { nodes: [], counter: site.data('uint32', counters(draw, sizeOf(shape)), shape) };
  const sizes = site.sizes(shape);
  const [total, range, bits, counter] = [fresh(), fresh(), fresh(), fresh()];
  const [zero, one] = [0n, 1n].map((value) => site.data('int64', BigInt64Array.of(value), []));
  const mixed = chain(site, bits, [...mixing, ['BitwiseXor', draw]]);
  return {
    nodes: [
      node('ReduceProd', [sizes], total, [attribute('keepdims', 0)]),
      node('Range', [zero as string, total, one as string], range),
      node('Cast', [range], bits, [attribute('to', elementTypes.uint32)]),
      ...mixed.nodes,
      node('Reshape', [mixed.result, sizes], counter),
    ],
    counter,
  };
}

/** The 32 random bits x of trace/random.ts, uint32 of that shape, and further operations on each. */
function drawn(site: Site, shape: readonly number[], more: readonly Operation[] = []) {
  const [keyBits, bits] = [site.fresh(), site.fresh()];
  const { nodes, counter } = countersOf(site, shape);
  const { nodes: operations, result } = chain(site, bits, [
    ['Mul', hash.multiply1],
    ['Shift', hash.shift],
    ['Mul', hash.multiply2],
    ...more,
  ]);
  const key = node('Cast', site.inputs, keyBits, [attribute('to', elementTypes.uint32)]);
  return { nodes: [...nodes, key, node('BitwiseXor', [counter, keyBits], bits), ...operations], result };
}

const toFloats = attribute('to', elementTypes.float32);

/** `_RandomUniform`: a key (int32 scalar) to float32 in [0, 1). */
export const randomUniform: Rule = (site) => {
  const floats = site.fresh();
  const { nodes, result } = drawn(site, site.values.output.shape, [['BitShift', hash.unused]]);
  return [
    ...nodes,
    node('Cast', [result], floats, [toFloats]),
    node('Mul', [floats, site.floats([2 ** (hash.unused - 32)])], site.output),
  ];
};

/**
 * `_RandomMask`: a key (int32 scalar) to float32 [size], 0 for a share `rate` of them, else 1. Of random n of 16 bits it
 * is 2 (n - threshold) + 1, clipped to 0 and 1 by a HardSigmoid: no executor needs comparisons for it.
 */
export const randomMask: Rule = (site) => {
  const [size] = site.values.output.shape as [number];
  const { draws, threshold } = maskBits(size, number(site.attributes, 'rate'));
  const { nodes, result } = drawn(site, [draws]);
  const upper = chain(site, result, [['BitShift', 16]]);
  const lower = chain(site, result, [['BitwiseAnd', 0xffff]]);
  const [both, bits, floats] = [site.fresh(), site.fresh(), site.fresh()];
  const isOdd = 2 * draws > size;
  return [
    ...nodes,
    ...upper.nodes,
    ...lower.nodes,
    node('Concat', [upper.result, lower.result], both, [attribute('axis', 0)]),
    ...(isOdd ? [node('Slice', [both, site.int64s([0]), site.int64s([size])], bits)] : []),
    node('Cast', [isOdd ? bits : both], floats, [toFloats]),
    node('HardSigmoid', [floats], site.output, [
      attribute('alpha', { float: 2 }),
      attribute('beta', { float: 1 - 2 * threshold }),
    ]),
  ];
};
