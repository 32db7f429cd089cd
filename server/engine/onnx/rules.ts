import type { KernelName } from '../ir/kernels';
import { axisOf, number, numbers, paddings, reducedAxes, splitSizes } from '../ir/kernelTypes';
import { GraphError, sizeOf, type Value } from '../ir/tensors';
import { convolution, filterGradient, inputGradient } from './convolution';
import { attribute, elementTypes, node, type OnnxNode } from './proto';
import { randomKey, randomMask, randomUniform } from './random';
import type { Rule, Site } from './rule';

const operator = (opType: string): Rule => {
  return ({ inputs, output }) => [node(opType, inputs, output)];
};

/**
 * A binary operator. ONNX Runtime's CPU kernels loop over last axes, however short, where one input is a single number;
 * so a tensor whose last axis is 1 is made flat for it.
 */
const binary = (opType: string): Rule => {
  const plain = operator(opType);
  return (site) => {
    const { inputs, output } = site.values;
    const isNumber = inputs.map(({ shape }) => sizeOf(shape) === 1);
    if (output.shape.at(-1) !== 1 || isNumber[0] === isNumber[1]) return plain(site);
    const flat = inputs.map(() => site.fresh());
    const result = site.fresh();
    const flatten = (i: number) =>
      node('Reshape', [site.inputs[i] as string, site.int64s(isNumber[i] ? [] : [-1])], flat[i] as string);
    return [
      ...inputs.map((_, i) => flatten(i)),
      node(opType, flat, result),
      node('Reshape', [result, site.sizes(output.shape)], site.output),
    ];
  };
};

const rankOf = (site: Site): number => site.values.inputs[0]?.shape.length ?? 0;

const reduction = (opType: string, key = 'axis'): Rule => {
  return (site) => {
    const axes = reducedAxes({ axis: site.attributes[key] ?? null }, rankOf(site));
    const keep = attribute('keepdims', site.attributes.keepDims ? 1 : 0);
    return [node(opType, [...site.inputs, site.int64s(axes)], site.output, [keep])];
  };
};

/** Numbers in a row that are enough for a sum over rows to be fast. */
const WIDE_ROW = 1024;

/**
 * A reduction that is often over all axes but the last. ONNX Runtime's CPU kernel then loops over rows, so short
 * rows are first joined into long ones of up to `WIDE_ROW`, and their parts reduced afterwards.
 */
const columnReduction = (opType: string): Rule => {
  const whole = reduction(opType);
  return (site) => {
    const [x] = site.values.inputs as [Value];
    const width = x.shape.at(-1) ?? 1;
    const rows = sizeOf(x.shape) / width;
    const axes = reducedAxes({ axis: site.attributes.axis ?? null }, x.shape.length);
    const isOverRows =
      x.shape.every((n) => n > 0) &&
      axes.length === x.shape.length - 1 &&
      axes.every((axis, i) => axis === i);
    let joined = 1;
    while (rows % (2 * joined) === 0 && joined * width < WIDE_ROW) joined *= 2;
    if (!isOverRows || joined === 1 || rows === joined) return whole(site);
    const [long, sums, parts, result] = [site.fresh(), site.fresh(), site.fresh(), site.fresh()];
    const once = [site.int64s([0])];
    const drop = attribute('keepdims', 0);
    return [
      node('Reshape', [site.inputs[0] as string, site.int64s([rows / joined, joined * width])], long),
      node(opType, [long, ...once], sums, [drop]),
      node('Reshape', [sums, site.int64s([joined, width])], parts),
      node(opType, [parts, ...once], result, [drop]),
      node('Reshape', [result, site.int64s(site.values.output.shape)], site.output),
    ];
  };
};

/** A single open size is left for the operator to find. */
const reshape: Rule = (site) => {
  const { shape } = site.values.output;
  const isSingle = shape.filter((size) => size < 0).length === 1;
  const wanted = isSingle ? site.int64s(shape.map((size) => Math.max(size, -1))) : site.sizes(shape);
  return [node('Reshape', [site.inputs[0] as string, wanted], site.output)];
};

/** Gemm takes transposes and a sum along, but only for matrices; MatMul wants its inputs as they are. */
const matMul: Rule = (site) => {
  const { transposeA, transposeB } = site.attributes;
  if (site.values.output.shape.length === 2) {
    const flags = [attribute('transA', transposeA ? 1 : 0), attribute('transB', transposeB ? 1 : 0)];
    return [node('Gemm', site.inputs, site.output, flags)];
  }
  if (site.inputs.length > 2) throw new GraphError('A fused matrix product has matrices, not stacks of them');
  const before: OnnxNode[] = [];
  const straight = site.inputs.map((name, i) => {
    if (!(i === 0 ? transposeA : transposeB)) return name;
    const rank = site.values.inputs[i]?.shape.length ?? 0;
    const perm = [...Array(rank - 2).keys(), rank - 1, rank - 2];
    const turned = site.fresh();
    before.push(node('Transpose', [name], turned, [attribute('perm', perm)]));
    return turned;
  });
  return [...before, node('MatMul', straight, site.output)];
};

/** `condition(x) ? yes : no`, the condition being `x > 0`. */
function wherePositive(site: Site, x: string, yes: string, no: string, output: string): OnnxNode[] {
  const positive = site.fresh();
  return [node('Greater', [x, site.floats([0])], positive), node('Where', [positive, yes, no], output)];
}

/** Lowers each kernel of ir/kernels.ts to ONNX operators. Total: the compiler names a kernel without a rule. */
export const rules: Readonly<Record<KernelName, Rule>> = {
  Abs: operator('Abs'),
  Add: binary('Add'),
  ArgMax: (site) => {
    const [axis, index] = [axisOf(site.attributes, 'axis', rankOf(site)), site.fresh()];
    return [
      node('ArgMax', site.inputs, index, [attribute('axis', axis), attribute('keepdims', 0)]),
      node('Cast', [index], site.output, [attribute('to', elementTypes.int32)]),
    ];
  },
  BatchMatMul: matMul,
  Cast: ({ inputs, output, values }) => [
    node('Cast', inputs, output, [attribute('to', elementTypes[values.output.dtype])]),
  ],
  ClipByValue: (site) => {
    const low = site.floats([site.attributes.clipValueMin as number]);
    const high = site.floats([site.attributes.clipValueMax as number]);
    return [node('Clip', [...site.inputs, low, high], site.output)];
  },
  Concat: (site) => [
    node('Concat', site.inputs, site.output, [
      attribute('axis', axisOf(site.attributes, 'axis', rankOf(site))),
    ]),
  ],
  Conv2D: convolution,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
  Cos: operator('Cos'),
  Elu: operator('Elu'),
  // dy * (y > 0 ? 1 : y + 1)
  EluGrad: (site) => {
    const [dy, y] = site.inputs as [string, string];
    const [low, slope] = [site.fresh(), site.fresh()];
    const one = site.floats([1]);
    return [
      node('Add', [y, one], low),
      ...wherePositive(site, y, one, low, slope),
      node('Mul', [dy, slope], site.output),
    ];
  },
  Equal: operator('Equal'),
  Exp: operator('Exp'),
  ExpandDims: reshape,
  GatherV2: (site) => [
    node('Gather', site.inputs, site.output, [
      attribute('axis', axisOf(site.attributes, 'axis', rankOf(site))),
    ]),
  ],
  Greater: operator('Greater'),
  GreaterEqual: operator('GreaterOrEqual'),
  Identity: operator('Identity'),
  LeakyRelu: (site) => [
    node('LeakyRelu', site.inputs, site.output, [
      attribute('alpha', { float: number(site.attributes, 'alpha') }),
    ]),
  ],
  Log: operator('Log'),
  Max: reduction('ReduceMax', 'reductionIndices'),
  Maximum: binary('Max'),
  Mean: columnReduction('ReduceMean'),
  Minimum: binary('Min'),
  Multiply: binary('Mul'),
  Neg: operator('Neg'),
  OneHot: (site) => {
    const { attributes, inputs, output, fresh } = site;
    const indices = fresh();
    const values = site.floats([number(attributes, 'offValue'), number(attributes, 'onValue')], [2]);
    return [
      node('Cast', inputs, indices, [attribute('to', elementTypes.int64)]),
      node('OneHot', [indices, site.int64s([number(attributes, 'depth')]), values], output),
    ];
  },
  PadV2: (site) => {
    const around = paddings(site.attributes);
    const sizes = [...around.map(([before]) => before), ...around.map(([, after]) => after)];
    const value = site.floats([number(site.attributes, 'constantValue')]);
    return [node('Pad', [...site.inputs, site.int64s(sizes), value], site.output)];
  },
  RealDiv: binary('Div'),
  Relu: operator('Relu'),
  Reshape: reshape,
  Rsqrt: (site) => {
    const root = site.fresh();
    return [node('Sqrt', site.inputs, root), node('Reciprocal', [root], site.output)];
  },
  Select: operator('Where'),
  Selu: operator('Selu'),
  Sigmoid: operator('Sigmoid'),
  Slice: (site) => {
    const begin = numbers(site.attributes, 'begin');
    const end = site.values.output.shape.map((size, i) => size + (begin[i] ?? 0));
    return [node('Slice', [...site.inputs, site.int64s(begin), site.sizes(end)], site.output)];
  },
  Softmax: (site) => [
    node('Softmax', site.inputs, site.output, [
      attribute('axis', axisOf(site.attributes, 'dim', rankOf(site))),
    ]),
  ],
  Softplus: operator('Softplus'),
  SplitV: (site) => {
    const axis = axisOf(site.attributes, 'axis', rankOf(site));
    const sizes = splitSizes(site.attributes, site.values.inputs[0]?.shape[axis] as number);
    return [node('Split', [...site.inputs, site.int64s(sizes)], site.outputs, [attribute('axis', axis)])];
  },
  Sqrt: operator('Sqrt'),
  Square: ({ inputs: [x], output }) => [node('Mul', [x as string, x as string], output)],
  SquaredDifference: (site) => {
    const difference = site.fresh();
    return [node('Sub', site.inputs, difference), node('Mul', [difference, difference], site.output)];
  },
  Step: (site) => {
    const [one, alpha] = [site.floats([1]), site.floats([(site.attributes.alpha as number | null) ?? 0])];
    return wherePositive(site, site.inputs[0] as string, one, alpha, site.output);
  },
  Sub: binary('Sub'),
  Sum: columnReduction('ReduceSum'),
  Tanh: operator('Tanh'),
  Tile: (site) => [node('Tile', [...site.inputs, site.sizes(numbers(site.attributes, 'reps'))], site.output)],
  TopK: (site) => {
    const [values, places] = site.outputs as [string, string];
    const found = site.fresh();
    return [
      node('TopK', [...site.inputs, site.int64s([number(site.attributes, 'k')])], [values, found]),
      node('Cast', [found], places, [attribute('to', elementTypes.int32)]),
    ];
  },
  Transpose: (site) => [
    node('Transpose', site.inputs, site.output, [attribute('perm', numbers(site.attributes, 'perm'))]),
  ],
  _FusedMatMul: matMul,
  _RandomKey: randomKey,
  _RandomMask: randomMask,
  _RandomUniform: randomUniform,
  _Scan: (site) => {
    const { attributes, inputs, outputs } = site;
    const states = number(attributes, 'states');
    const sequences = number(attributes, 'sequences');
    const direction = (count: number) => Array.from({ length: count }, () => (attributes.reverse ? 1 : 0));
    const [given, captured] = [inputs.slice(0, states + sequences), inputs.slice(states + sequences)];
    return [
      node('Scan', given, outputs, [
        attribute('body', site.body(captured)),
        attribute('num_scan_inputs', sequences),
        attribute('scan_input_directions', direction(sequences)),
        attribute('scan_output_directions', direction(outputs.length - states)),
      ]),
    ];
  },
};
