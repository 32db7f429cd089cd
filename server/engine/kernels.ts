import { backend_util } from '@tensorflow/tfjs-core';
import { type Attributes, type DType, GraphError, sizeOf } from './graph';

interface Typed {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** What a kernel makes of its inputs, by TensorFlow.js's own rules. */
type TypeRule = (inputs: readonly Typed[], attributes: Attributes) => Typed;

interface KernelRow {
  /** Names of the inputs as TensorFlow.js's kernels call them, in the order of `GraphNode.inputs`. */
  readonly inputs: readonly string[];
  /** The attributes that the kernel's result depends on; others are not recorded. */
  readonly attributes: readonly string[];
  readonly type: TypeRule;
}

const first = (inputs: readonly Typed[]): Typed => {
  const input = inputs[0];
  if (!input) throw new GraphError('A kernel without inputs has no first one');
  return input;
};

const same: TypeRule = (inputs) => first(inputs);

const broadcast = (dtype?: DType): TypeRule => {
  return (inputs) => ({
    shape: inputs
      .map(({ shape }) => [...shape])
      .reduce((a, b) => backend_util.assertAndGetBroadcastShape(a, b)),
    dtype: dtype ?? first(inputs).dtype,
  });
};

export const numbers = (attributes: Attributes, key: string): readonly number[] => {
  const value = attributes[key];
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) throw new GraphError(`Attribute ${key} must be numbers, got ${value}`);
  return value;
};

/** The axes of a reduction, counted from the front; TensorFlow.js leaves `axis` out to mean all. */
export function reducedAxes({ axis }: Attributes, rank: number): number[] {
  const given = axis == null ? Array.from({ length: rank }, (_, i) => i) : numbers({ axis }, 'axis');
  return given.map((each) => (each + rank) % rank).sort((a, b) => a - b);
}

const reduce = (dtype?: DType): TypeRule => {
  return (inputs, attributes) => {
    const { shape, dtype: before } = first(inputs);
    const axes = new Set(reducedAxes(attributes, shape.length));
    const kept = attributes.keepDims
      ? shape.map((n, i) => (axes.has(i) ? 1 : n))
      : shape.filter((_, i) => !axes.has(i));
    return { shape: kept, dtype: dtype ?? before };
  };
};

const matMul: TypeRule = ([a, b], { transposeA, transposeB }) => {
  if (!a || !b) throw new GraphError('A matrix product has two inputs');
  const rows = a.shape.at(transposeA ? -1 : -2) as number;
  const columns = b.shape.at(transposeB ? -2 : -1) as number;
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = backend_util.assertAndGetBroadcastShape(outerA, outerB);
  return { shape: [...outer, rows, columns], dtype: a.dtype };
};

const reshape: TypeRule = (inputs, attributes) => {
  const { shape, dtype } = first(inputs);
  const wanted = numbers(attributes, 'shape');
  const known = sizeOf(wanted.filter((n) => n >= 0));
  return { shape: wanted.map((n) => (n < 0 ? sizeOf(shape) / known : n)), dtype };
};

const unary: KernelRow = { inputs: ['x'], attributes: [], type: same };
const binary: KernelRow = { inputs: ['a', 'b'], attributes: [], type: broadcast() };
const comparison: KernelRow = { inputs: ['a', 'b'], attributes: [], type: broadcast('bool') };
const reduction = { inputs: ['x'], attributes: ['axis', 'keepDims'] } as const;

/**
 * Every kernel that a trace may record, by its TensorFlow.js name. Each executor's lowering has a rule
 * for each row; the compiler names a missing one.
 */
const kernels = {
  Abs: unary,
  Add: binary,
  BatchMatMul: { inputs: ['a', 'b'], attributes: ['transposeA', 'transposeB'], type: matMul },
  Cast: {
    inputs: ['x'],
    attributes: ['dtype'],
    type: (inputs, { dtype }) => ({ shape: first(inputs).shape, dtype: dtype as DType }),
  },
  ClipByValue: { inputs: ['x'], attributes: ['clipValueMin', 'clipValueMax'], type: same },
  Elu: unary,
  EluGrad: { inputs: ['dy', 'y'], attributes: [], type: same },
  Equal: comparison,
  Exp: unary,
  ExpandDims: {
    inputs: ['input'],
    attributes: ['dim'],
    type: (inputs, { dim }) => {
      const { shape, dtype } = first(inputs);
      const axis = (dim as number) < 0 ? shape.length + 1 + (dim as number) : (dim as number);
      return { shape: [...shape.slice(0, axis), 1, ...shape.slice(axis)], dtype };
    },
  },
  Greater: comparison,
  GreaterEqual: comparison,
  Identity: unary,
  Log: unary,
  Maximum: binary,
  Mean: { ...reduction, type: reduce('float32') },
  Minimum: binary,
  Multiply: binary,
  Neg: unary,
  RealDiv: binary,
  Relu: unary,
  Reshape: { inputs: ['x'], attributes: ['shape'], type: reshape },
  Select: {
    inputs: ['condition', 't', 'e'],
    attributes: [],
    type: ([, t]) => ({ shape: (t as Typed).shape, dtype: (t as Typed).dtype }),
  },
  Selu: unary,
  Sigmoid: unary,
  Sqrt: unary,
  Square: unary,
  SquaredDifference: binary,
  Step: { inputs: ['x'], attributes: ['alpha'], type: same },
  Sub: binary,
  Sum: { ...reduction, type: reduce() },
  Tanh: unary,
  Tile: {
    inputs: ['x'],
    attributes: ['reps'],
    type: (inputs, attributes) => {
      const { shape, dtype } = first(inputs);
      return { shape: shape.map((n, i) => n * (numbers(attributes, 'reps')[i] as number)), dtype };
    },
  },
  Transpose: {
    inputs: ['x'],
    attributes: ['perm'],
    type: (inputs, attributes) => {
      const { shape, dtype } = first(inputs);
      return { shape: numbers(attributes, 'perm').map((axis) => shape[axis] as number), dtype };
    },
  },
  /** `a` times `b` plus `bias`, which may be a whole matrix; made by the optimizer, not by models. */
  _FusedMatMul: { inputs: ['a', 'b', 'bias'], attributes: ['transposeA', 'transposeB'], type: matMul },
} as const satisfies Record<string, KernelRow>;

export type KernelName = keyof typeof kernels;
export const kernelRows: Readonly<Record<KernelName, KernelRow>> = kernels;
