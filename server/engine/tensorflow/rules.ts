import type { KernelName } from '../ir/kernels';
import { axisOf, number, numbers, paddings, reducedAxes, splitSizes } from '../ir/kernelTypes';
import { GraphError, type Value } from '../ir/tensors';
import { type AttributeValue, type } from './proto';
import { randomKey, randomMask, randomUniform } from './random';
import type { Rule, Site } from './rule';

const first = ({ values }: Site): Value => {
  const [input] = values.inputs;
  if (!input) throw new GraphError('A kernel without inputs has no first one');
  return input;
};
const rankOf = (site: Site): number => first(site).shape.length;
const typeOf = (site: Site): AttributeValue => type(first(site).dtype);

const operator = (op: string): Rule => {
  return (site) => site.node(op, site.inputs, { T: typeOf(site) });
};

const reduction = (op: string, key = 'axis'): Rule => {
  return (site) => {
    const axes = reducedAxes({ axis: site.attributes[key] ?? null }, rankOf(site));
    const keep = { b: Boolean(site.attributes.keepDims) };
    return site.node(op, [...site.inputs, site.ints(axes)], { T: typeOf(site), keep_dims: keep });
  };
};

const reshape: Rule = (site) =>
  site.node('Reshape', [site.inputs[0] as string, site.ints(site.values.output.shape)], { T: typeOf(site) });

function product(site: Site, a: string, b: string): string {
  const T = typeOf(site);
  const [turnA, turnB] = [site.attributes.transposeA, site.attributes.transposeB].map((b) => ({
    b: Boolean(b),
  }));
  return site.values.output.shape.length === 2
    ? site.node('MatMul', [a, b], {
        T,
        transpose_a: turnA as AttributeValue,
        transpose_b: turnB as AttributeValue,
      })
    : site.node('BatchMatMulV2', [a, b], {
        T,
        adj_x: turnA as AttributeValue,
        adj_y: turnB as AttributeValue,
      });
}

const matMul: Rule = (site) => {
  const [a, b, bias] = site.inputs as [string, string, string | undefined];
  const made = product(site, a, b);
  if (!bias) return made;
  // TensorFlow fuses a product with a BiasAdd, not with a sum of matrices.
  const isVector = site.values.inputs[2]?.shape.length === 1;
  return site.node(isVector ? 'BiasAdd' : 'AddV2', [made, bias], { T: typeOf(site) });
};

/** Strides and padding as TensorFlow writes them: one number a dimension of NHWC. */
function geometry({ attributes, values }: Site): Record<string, AttributeValue> {
  const { pad, dilations } = attributes;
  const square = (given: readonly number[]) => [given[0] as number, (given[1] ?? given[0]) as number];
  const nhwc = (given: readonly number[]): AttributeValue => ({ list: { i: [1, ...square(given), 1] } });
  const explicit = typeof pad === 'number' && pad > 0;
  return {
    T: type(values.output.dtype),
    strides: nhwc(numbers(attributes, 'strides')),
    dilations: nhwc(dilations === null ? [1] : numbers(attributes, 'dilations')),
    padding: { s: explicit ? 'EXPLICIT' : pad === 'same' ? 'SAME' : 'VALID' },
    ...(explicit ? { explicit_paddings: { list: { i: [0, 0, pad, pad, pad, pad, 0, 0] } } } : {}),
  };
}

/** `x > 0 ? yes : no` */
const wherePositive = (site: Site, x: string, yes: string, no: string): string => {
  const T = typeOf(site);
  return site.node('SelectV2', [site.node('Greater', [x, site.floats([0])], { T }), yes, no], { T });
};

/** Lowers each kernel of ir/kernels.ts to TensorFlow ops. Total: the compiler names a kernel without a rule. */
export const rules: Readonly<Record<KernelName, Rule>> = {
  Abs: operator('Abs'),
  Add: operator('AddV2'),
  ArgMax: (site) => {
    const axis = site.ints([axisOf(site.attributes, 'axis', rankOf(site))], []);
    return site.node('ArgMax', [...site.inputs, axis], { T: typeOf(site), output_type: type('int32') });
  },
  BatchMatMul: matMul,
  Cast: (site) =>
    site.node('Cast', site.inputs, { SrcT: typeOf(site), DstT: type(site.values.output.dtype) }),
  ClipByValue: (site) => {
    const low = site.floats([number(site.attributes, 'clipValueMin')]);
    const high = site.floats([number(site.attributes, 'clipValueMax')]);
    return site.node('ClipByValue', [...site.inputs, low, high], { T: typeOf(site) });
  },
  Concat: (site) => {
    const axis = site.ints([axisOf(site.attributes, 'axis', rankOf(site))], []);
    if (site.inputs.length === 1) return site.node('Identity', site.inputs, { T: typeOf(site) });
    return site.node('ConcatV2', [...site.inputs, axis], { T: typeOf(site), N: { i: site.inputs.length } });
  },
  Conv2D: (site) => site.node('Conv2D', site.inputs, geometry(site)),
  Conv2DBackpropFilter: (site) => {
    const [x, dy] = site.inputs as [string, string];
    return site.node('Conv2DBackpropFilter', [x, site.ints(site.values.output.shape), dy], geometry(site));
  },
  Conv2DBackpropInput: (site) => {
    const [dy, filter] = site.inputs as [string, string];
    return site.node(
      'Conv2DBackpropInput',
      [site.ints(site.values.output.shape), filter, dy],
      geometry(site),
    );
  },
  Cos: operator('Cos'),
  Elu: operator('Elu'),
  EluGrad: operator('EluGrad'),
  Equal: operator('Equal'),
  Exp: operator('Exp'),
  ExpandDims: reshape,
  GatherV2: (site) => {
    const axis = site.ints([axisOf(site.attributes, 'axis', rankOf(site))], []);
    const types = { Tparams: typeOf(site), Tindices: type('int32'), Taxis: type('int32') };
    return site.node('GatherV2', [...site.inputs, axis], types);
  },
  Greater: operator('Greater'),
  GreaterEqual: operator('GreaterEqual'),
  Identity: operator('Identity'),
  LeakyRelu: (site) =>
    site.node('LeakyRelu', site.inputs, { T: typeOf(site), alpha: { f: number(site.attributes, 'alpha') } }),
  Log: operator('Log'),
  Max: reduction('Max', 'reductionIndices'),
  Maximum: operator('Maximum'),
  Mean: reduction('Mean'),
  Minimum: operator('Minimum'),
  Multiply: operator('Mul'),
  Neg: operator('Neg'),
  OneHot: (site) => {
    const { attributes } = site;
    const depth = site.ints([number(attributes, 'depth')], []);
    const values = ['onValue', 'offValue'].map((key) => site.floats([number(attributes, key)]));
    return site.node('OneHot', [...site.inputs, depth, ...values], { T: type('float32'), TI: type('int32') });
  },
  PadV2: (site) => {
    const around = paddings(site.attributes);
    const value = site.floats([number(site.attributes, 'constantValue')]);
    return site.node('PadV2', [...site.inputs, site.ints(around.flat(), [around.length, 2]), value], {
      T: typeOf(site),
    });
  },
  RealDiv: operator('RealDiv'),
  Relu: operator('Relu'),
  Reshape: reshape,
  Rsqrt: operator('Rsqrt'),
  Select: (site) => site.node('SelectV2', site.inputs, { T: type(site.values.output.dtype) }),
  Selu: operator('Selu'),
  Sigmoid: operator('Sigmoid'),
  Slice: (site) => {
    const { shape } = site.values.output;
    const begin = numbers(site.attributes, 'begin');
    const from = site.ints(shape.map((_, i) => begin[i] ?? 0));
    return site.node('Slice', [...site.inputs, from, site.ints(shape)], {
      T: typeOf(site),
      Index: type('int32'),
    });
  },
  Softmax: operator('Softmax'),
  Softplus: operator('Softplus'),
  SplitV: (site) => {
    const axis = axisOf(site.attributes, 'axis', rankOf(site));
    const sizes = splitSizes(site.attributes, first(site).shape[axis] as number);
    const split = site.node('SplitV', [...site.inputs, site.ints(sizes), site.ints([axis], [])], {
      T: typeOf(site),
      Tlen: type('int32'),
      num_split: { i: sizes.length },
    });
    return sizes.map((_, i) => `${split}:${i}`);
  },
  Sqrt: operator('Sqrt'),
  Square: operator('Square'),
  SquaredDifference: operator('SquaredDifference'),
  Step: (site) => {
    const alpha = (site.attributes.alpha as number | null) ?? 0;
    return wherePositive(site, site.inputs[0] as string, site.floats([1]), site.floats([alpha]));
  },
  Sub: operator('Sub'),
  Sum: reduction('Sum'),
  Tanh: operator('Tanh'),
  Tile: (site) =>
    site.node('Tile', [...site.inputs, site.ints(numbers(site.attributes, 'reps'))], { T: typeOf(site) }),
  TopK: (site) => {
    const k = site.ints([number(site.attributes, 'k')], []);
    const found = site.node('TopKV2', [...site.inputs, k], { T: typeOf(site) });
    return [found, `${found}:1`];
  },
  Transpose: (site) =>
    site.node('Transpose', [...site.inputs, site.ints(numbers(site.attributes, 'perm'))], {
      T: typeOf(site),
    }),
  _FusedMatMul: matMul,
  _RandomKey: randomKey,
  _RandomMask: randomMask,
  _RandomUniform: randomUniform,
  _Scan: (site) => site.scan(),
};
