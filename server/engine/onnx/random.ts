import { sizeOf } from '../graph';
import { number } from '../kernelTypes';
import { counters, hash } from '../random';
import { isOpen } from '../rows';
import { attribute, elementTypes, node, type OnnxNode } from './proto';
import type { Rule, Site } from './rules';

type Operation = readonly [opType: string, by: number];

/** `x` through operations on uint32, each with a constant; `['Shift', n]` is `x ^ (x >>> n)`. */
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

/** On scalars; 31 bits fit into an int32 whatever an executor makes of the sign. */
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

/** `mix(i) ^ site` for i from 0; computed where the number of rows is open. */
function countersOf(site: Site): { nodes: OnnxNode[]; counter: string } {
  const { attributes, fresh, values } = site;
  const { shape } = values.output;
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

/** The hash of ../random.ts. */
export const randomUniform: Rule = (site) => {
  const { fresh, output } = site;
  const [keyBits, bits, floats] = [fresh(), fresh(), fresh()];
  const { nodes, counter } = countersOf(site);
  const drawn = chain(site, bits, [
    ['Mul', hash.multiply1],
    ['Shift', hash.shift],
    ['Mul', hash.multiply2],
    ['BitShift', hash.unused],
  ]);
  return [
    ...nodes,
    node('Cast', site.inputs, keyBits, [attribute('to', elementTypes.uint32)]),
    node('BitwiseXor', [counter, keyBits], bits),
    ...drawn.nodes,
    node('Cast', [drawn.result], floats, [attribute('to', elementTypes.float32)]),
    node('Mul', [floats, site.floats([2 ** (hash.unused - 32)])], output),
  ];
};
