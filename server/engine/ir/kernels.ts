import {
  axisOf,
  broadcast,
  concat,
  conv2D,
  first,
  gather,
  matMul,
  number,
  numbers,
  pad,
  reduce,
  reshape,
  same,
  shapedBy,
  slice,
  split,
  type Typed,
  type TypeRule,
  topK,
} from './kernelTypes';
import { type Attributes, type DType, GraphError } from './tensors';

/** What the type of a scan depends on of its body, a graph. */
interface Body {
  readonly nextState: readonly { readonly value: Typed }[];
  readonly outputs: readonly { readonly value: Typed }[];
}

interface KernelRow {
  /** Names of the inputs as TensorFlow.js's kernels call them, in the order of `GraphNode.inputs`; or any number. */
  readonly inputs: readonly string[] | 'any';
  /** The attributes that the kernel's result depends on; others are not recorded. */
  readonly attributes: readonly string[];
  /** Its results, in order. */
  types(inputs: readonly Typed[], attributes: Attributes, body?: Body): readonly Typed[];
}

/** A kernel that makes one value. */
const row = (inputs: KernelRow['inputs'], attributes: readonly string[], type: TypeRule): KernelRow => ({
  inputs,
  attributes,
  types: (given, attributesGiven) => [type(given, attributesGiven)],
});

const unary = row(['x'], [], same);
const binary = row(['a', 'b'], [], broadcast());
const comparison = row(['a', 'b'], [], broadcast('bool'));
const convolution = ['strides', 'pad', 'dilations'];

/**
 * Every kernel that a trace may record, by its TensorFlow.js name; those with an underscore are the engine's
 * own. Each executor's lowering has a rule for each row; the compiler names a missing one.
 */
const kernels = {
  Abs: unary,
  Add: binary,
  ArgMax: row(['x'], ['axis'], (inputs, attributes) => {
    const { shape } = first(inputs);
    const axis = axisOf(attributes, 'axis', shape.length);
    return { shape: shape.filter((_, i) => i !== axis), dtype: 'int32' };
  }),
  BatchMatMul: row(['a', 'b'], ['transposeA', 'transposeB'], matMul),
  Cast: row(['x'], ['dtype'], (inputs, { dtype }) => ({
    shape: first(inputs).shape,
    dtype: dtype as DType,
  })),
  ClipByValue: row(['x'], ['clipValueMin', 'clipValueMax'], same),
  Concat: row('any', ['axis'], concat),
  Conv2D: row(['x', 'filter'], convolution, conv2D),
  Conv2DBackpropFilter: row(['x', 'dy'], [...convolution, 'filterShape'], shapedBy('filterShape')),
  Conv2DBackpropInput: row(['dy', 'filter'], [...convolution, 'inputShape'], shapedBy('inputShape')),
  Cos: unary,
  Elu: unary,
  EluGrad: row(['dy', 'y'], [], same),
  Equal: comparison,
  Exp: unary,
  ExpandDims: row(['input'], ['dim'], (inputs, attributes) => {
    const { shape, dtype } = first(inputs);
    const axis = axisOf(attributes, 'dim', shape.length + 1);
    return { shape: [...shape.slice(0, axis), 1, ...shape.slice(axis)], dtype };
  }),
  GatherV2: row(['x', 'indices'], ['axis'], gather),
  Greater: comparison,
  GreaterEqual: comparison,
  Identity: unary,
  LeakyRelu: row(['x'], ['alpha'], same),
  Log: unary,
  Max: row(['x'], ['reductionIndices', 'keepDims'], (inputs, { reductionIndices = null, keepDims = null }) =>
    reduce()(inputs, { axis: reductionIndices, keepDims }),
  ),
  Maximum: binary,
  Mean: row(['x'], ['axis', 'keepDims'], reduce('float32')),
  Minimum: binary,
  Multiply: binary,
  Neg: unary,
  OneHot: row(['indices'], ['depth', 'onValue', 'offValue'], (inputs, attributes) => ({
    shape: [...first(inputs).shape, number(attributes, 'depth')],
    dtype: 'float32',
  })),
  PadV2: row(['x'], ['paddings', 'constantValue'], pad),
  RealDiv: binary,
  Relu: unary,
  Reshape: row(['x'], ['shape'], reshape),
  Rsqrt: unary,
  Select: row(['condition', 't', 'e'], [], ([, t]) => t as Typed),
  Selu: unary,
  Sigmoid: unary,
  Slice: row(['x'], ['begin', 'size'], slice),
  Softmax: row(['logits'], ['dim'], same),
  Softplus: unary,
  SplitV: { inputs: ['x'], attributes: ['numOrSizeSplits', 'axis'], types: split },
  Sqrt: unary,
  Square: unary,
  SquaredDifference: binary,
  Step: row(['x'], ['alpha'], same),
  Sub: binary,
  Sum: row(['x'], ['axis', 'keepDims'], reduce()),
  Tanh: unary,
  Tile: row(['x'], ['reps'], (inputs, attributes) => {
    const { shape, dtype } = first(inputs);
    return { shape: shape.map((n, i) => n * (numbers(attributes, 'reps')[i] as number)), dtype };
  }),
  /** The `k` largest along the last axis, falling, and where they stand. */
  TopK: { inputs: ['x'], attributes: ['k'], types: topK },
  Transpose: row(['x'], ['perm'], (inputs, attributes) => {
    const { shape, dtype } = first(inputs);
    return { shape: numbers(attributes, 'perm').map((axis) => shape[axis] as number), dtype };
  }),
  /** `a` times `b` plus `bias`, which may be a whole matrix; made by the optimizer, not by models. */
  _FusedMatMul: row(['a', 'b', 'bias'], ['transposeA', 'transposeB'], matMul),
  /** What all draws of a step share (random.ts). */
  _RandomKey: row(['seed', 'step'], [], () => ({ shape: [], dtype: 'int32' })),
  /** 0 for a share `rate` of the numbers, else 1, for a key and a site (random.ts). */
  _RandomMask: row(['key'], ['site', 'shape', 'rate'], (_, attributes) => ({
    shape: numbers(attributes, 'shape'),
    dtype: 'float32',
  })),
  /** Numbers in [0, 1) for a key and a site (random.ts). */
  _RandomUniform: row(['key'], ['site', 'shape'], (_, attributes) => ({
    shape: numbers(attributes, 'shape'),
    dtype: 'float32',
  })),
  /**
   * A recurrence over the first axis of its sequences (scan.ts). Inputs: `states` initial states,
   * `sequences` sequences [length, ...], then values that every step sees. Outputs: the final states, then
   * what each step put out, stacked [length, ...] by time, whichever way it ran.
   */
  _Scan: {
    inputs: 'any',
    attributes: ['length', 'reverse', 'states', 'sequences'],
    types: (_, attributes, body) => {
      if (!body) throw new GraphError('A scan has a body');
      const stacked = body.outputs.map(({ value: { shape, dtype } }) => ({
        shape: [number(attributes, 'length'), ...shape],
        dtype,
      }));
      return [...body.nextState.map(({ value }) => value), ...stacked];
    },
  },
} as const satisfies Record<string, KernelRow>;

export type KernelName = keyof typeof kernels;
export const kernelRows: Readonly<Record<KernelName, KernelRow>> = kernels;
