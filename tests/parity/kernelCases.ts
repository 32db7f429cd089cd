import type { RandomStream } from '@/lib/random';
import type { Attributes, DType } from '@/server/engine/graph';
import type { KernelName } from '@/server/engine/kernels';

export interface Input {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly values: number[];
}

/** One random call of a kernel, as TensorFlow.js's own backend takes it. */
export interface KernelCase {
  readonly inputs: Readonly<Record<string, Input>>;
  readonly attributes: Attributes;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, n) => size * n, 1);

function shapeOf(random: RandomStream, rank = 1 + random.below(3)): number[] {
  return Array.from({ length: rank }, () => 1 + random.below(6));
}

type Draw = (random: RandomStream) => number;
const normal: Draw = (random) => 2 * random.normal();
const positive: Draw = (random) => random.uniform(0.01, 4);
const awayFromZero: Draw = (random) => (random.below(2) ? 1 : -1) * random.uniform(0.1, 4);
/** Few distinct numbers, so that comparisons meet equal ones. */
const coarse: Draw = (random) => random.below(5) - 2;

function input(random: RandomStream, shape: readonly number[], draw: Draw, dtype: DType = 'float32'): Input {
  return { shape, dtype, values: Array.from({ length: sizeOf(shape) }, () => Math.fround(draw(random))) };
}

type Cases = (random: RandomStream) => KernelCase;

const unary = (draw: Draw = normal): Cases => {
  return (random) => ({ inputs: { x: input(random, shapeOf(random), draw) }, attributes: {} });
};

/** Shapes that broadcast: axes of 1, and a shorter one. */
function broadcastPair(random: RandomStream): [number[], number[]] {
  const shape = shapeOf(random);
  const partner = shape.map((n) => (random.below(3) === 0 ? 1 : n)).slice(random.below(shape.length + 1));
  return random.below(2) ? [shape, partner] : [partner, shape];
}

const binary = (drawA: Draw = normal, drawB: Draw = drawA): Cases => {
  return (random) => {
    const [a, b] = broadcastPair(random);
    return { inputs: { a: input(random, a, drawA), b: input(random, b, drawB) }, attributes: {} };
  };
};

const reduction: Cases = (random) => {
  const shape = shapeOf(random);
  const axes = shape.map((_, i) => i).filter(() => random.below(2) === 1);
  return {
    inputs: { x: input(random, shape, normal) },
    attributes: { axis: axes.length ? axes : [random.below(shape.length)], keepDims: random.below(2) === 1 },
  };
};

function product(random: RandomStream, rank: number): KernelCase {
  const outer = shapeOf(random, rank - 2);
  const [rows, inner, columns] = shapeOf(random, 3) as [number, number, number];
  const [transposeA, transposeB] = [random.below(2) === 1, random.below(2) === 1];
  const a = [...outer, ...(transposeA ? [inner, rows] : [rows, inner])];
  const b = [...outer, ...(transposeB ? [columns, inner] : [inner, columns])];
  const bias = random.below(2) ? [columns] : [rows, columns];
  return {
    inputs: {
      a: input(random, a, normal),
      b: input(random, b, normal),
      bias: input(random, bias, normal),
    },
    attributes: { transposeA, transposeB },
  };
}

function without({ inputs, attributes }: KernelCase, name: string): KernelCase {
  return { inputs: Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== name)), attributes };
}

/** Random calls for every kernel of the table; total, so a new kernel can't go untested. */
export const kernelCases: Readonly<Record<KernelName, Cases>> = {
  Abs: unary(),
  Add: binary(),
  BatchMatMul: (random) => without(product(random, 2 + random.below(2)), 'bias'),
  Cast: (random) => ({
    inputs: { x: input(random, shapeOf(random), (r) => r.below(2), 'bool') },
    attributes: { dtype: 'float32' },
  }),
  ClipByValue: (random) => ({
    inputs: { x: input(random, shapeOf(random), normal) },
    attributes: { clipValueMin: -1, clipValueMax: random.uniform(0, 2) },
  }),
  Elu: unary(),
  EluGrad: (random) => {
    const shape = shapeOf(random);
    const y: Draw = (r) => Math.max(normal(r), -0.99);
    return { inputs: { dy: input(random, shape, normal), y: input(random, shape, y) }, attributes: {} };
  },
  Equal: binary(coarse),
  Exp: unary(),
  ExpandDims: (random) => {
    const shape = shapeOf(random);
    return {
      inputs: { input: input(random, shape, normal) },
      attributes: { dim: random.below(shape.length + 1) },
    };
  },
  Greater: binary(coarse),
  GreaterEqual: binary(coarse),
  Identity: unary(),
  Log: unary(positive),
  Maximum: binary(),
  Mean: reduction,
  Minimum: binary(),
  Multiply: binary(),
  Neg: unary(),
  RealDiv: binary(normal, awayFromZero),
  Relu: unary(),
  Reshape: (random) => {
    const [a, b, c] = shapeOf(random, 3) as [number, number, number];
    return { inputs: { x: input(random, [a, b, c], normal) }, attributes: { shape: [c, a * b] } };
  },
  Select: (random) => {
    const shape = shapeOf(random);
    const condition = input(random, shape, (r) => r.below(2), 'bool');
    const [t, e] = [input(random, shape, normal), input(random, shape, normal)];
    return { inputs: { condition, t, e }, attributes: {} };
  },
  Selu: unary(),
  Sigmoid: unary(),
  Sqrt: unary(positive),
  Square: unary(),
  SquaredDifference: binary(),
  Step: (random) => ({
    inputs: { x: input(random, shapeOf(random), coarse) },
    attributes: { alpha: random.uniform(0, 1) },
  }),
  Sub: binary(),
  Sum: reduction,
  Tanh: unary(),
  Tile: (random) => {
    const shape = shapeOf(random);
    return {
      inputs: { x: input(random, shape, normal) },
      attributes: { reps: shape.map(() => 1 + random.below(3)) },
    };
  },
  Transpose: (random) => {
    const shape = shapeOf(random);
    return {
      inputs: { x: input(random, shape, normal) },
      attributes: { perm: [...random.permutation(shape.length)] },
    };
  },
  _FusedMatMul: (random) => product(random, 2),
};
