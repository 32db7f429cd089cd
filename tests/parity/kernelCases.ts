import type { RandomStream } from '@/lib/random';
import type { KernelName } from '@/server/engine/ir/kernels';
import {
  awayFromZero,
  type Cases,
  coarse,
  type Draw,
  index,
  input,
  type KernelCase,
  normal,
  positive,
  shapeOf,
} from './caseDraws';
import { convolution, filterGradient, inputGradient } from './convolutionCases';
import { keyCase, maskCase, scanCase, uniformCase } from './scanCases';

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

function reduction(random: RandomStream, key = 'axis'): KernelCase {
  const shape = shapeOf(random);
  const axes = shape.map((_, i) => i).filter(() => random.below(2) === 1);
  const given = axes.length ? axes : [random.below(shape.length)];
  return {
    inputs: { x: input(random, shape, normal) },
    attributes: { [key]: given, keepDims: random.below(2) === 1 },
  };
}

/** Up to three parts along an axis, in sizes of their own or equal ones. */
function split(random: RandomStream): KernelCase {
  const shape = shapeOf(random);
  const axis = random.below(shape.length);
  const parts = Array.from({ length: 1 + random.below(3) }, () => 1 + random.below(3));
  const equal = random.below(2) === 1;
  const total = equal ? parts.length * 2 : parts.reduce((sum, n) => sum + n);
  const whole = shape.map((n, i) => (i === axis ? total : n));
  return {
    inputs: { x: input(random, whole, normal) },
    attributes: { axis, numOrSizeSplits: equal ? parts.length : parts },
  };
}

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
  ArgMax: (random) => {
    const shape = shapeOf(random);
    return {
      inputs: { x: input(random, shape, normal) },
      attributes: { axis: random.below(shape.length) },
    };
  },
  BatchMatMul: (random) => without(product(random, 2 + random.below(2)), 'bias'),
  Cast: (random) => ({
    inputs: { x: input(random, shapeOf(random), (r) => r.below(2), 'bool') },
    attributes: { dtype: 'float32' },
  }),
  ClipByValue: (random) => ({
    inputs: { x: input(random, shapeOf(random), normal) },
    attributes: { clipValueMin: -1, clipValueMax: random.uniform(0, 2) },
  }),
  Concat: (random) => {
    const shape = shapeOf(random);
    const axis = random.below(shape.length);
    const parts = Array.from({ length: 1 + random.below(4) }, (_, part) => {
      const own = shape.map((n, i) => (i === axis ? 1 + random.below(4) : n));
      return [`part${part}`, input(random, own, normal)] as const;
    });
    return { inputs: Object.fromEntries(parts), attributes: { axis } };
  },
  Conv2D: convolution,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
  Cos: unary((random) => random.uniform(-Math.PI, Math.PI)),
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
  GatherV2: (random) => {
    const shape = shapeOf(random);
    const axis = random.below(shape.length);
    const indices = input(random, [1 + random.below(5)], index(shape[axis] as number), 'int32');
    return { inputs: { x: input(random, shape, normal), indices }, attributes: { axis, batchDims: 0 } };
  },
  Greater: binary(coarse),
  GreaterEqual: binary(coarse),
  Identity: unary(),
  LeakyRelu: (random) => ({
    inputs: { x: input(random, shapeOf(random), normal) },
    attributes: { alpha: random.uniform(0, 1) },
  }),
  Log: unary(positive),
  Max: (random) => reduction(random, 'reductionIndices'),
  Maximum: binary(),
  Mean: (random) => reduction(random),
  Minimum: binary(),
  Multiply: binary(),
  Neg: unary(),
  OneHot: (random) => {
    const depth = 1 + random.below(6);
    return {
      inputs: { indices: input(random, shapeOf(random, 1 + random.below(2)), index(depth), 'int32') },
      attributes: { depth, onValue: normal(random), offValue: normal(random), dtype: 'float32' },
    };
  },
  PadV2: (random) => {
    const shape = shapeOf(random);
    return {
      inputs: { x: input(random, shape, normal) },
      attributes: {
        paddings: shape.map(() => [random.below(3), random.below(3)] as const),
        constantValue: random.below(2) ? 0 : normal(random),
      },
    };
  },
  RealDiv: binary(normal, awayFromZero),
  Relu: unary(),
  Reshape: (random) => {
    const [a, b, c] = shapeOf(random, 3) as [number, number, number];
    return { inputs: { x: input(random, [a, b, c], normal) }, attributes: { shape: [c, a * b] } };
  },
  Rsqrt: unary(positive),
  Select: (random) => {
    const shape = shapeOf(random);
    const condition = input(random, shape, (r) => r.below(2), 'bool');
    const [t, e] = [input(random, shape, normal), input(random, shape, normal)];
    return { inputs: { condition, t, e }, attributes: {} };
  },
  Selu: unary(),
  Sigmoid: unary(),
  Slice: (random) => {
    const shape = shapeOf(random);
    const begin = shape.map((n) => random.below(n));
    const size = shape.map((n, i) =>
      random.below(4) === 0 ? -1 : 1 + random.below(n - (begin[i] as number)),
    );
    return { inputs: { x: input(random, shape, normal) }, attributes: { begin, size } };
  },
  // TensorFlow.js normalises along the last axis alone.
  Softmax: (random) => {
    const shape = shapeOf(random);
    return { inputs: { logits: input(random, shape, normal) }, attributes: { dim: shape.length - 1 } };
  },
  Softplus: unary((random) => 10 * normal(random)),
  SplitV: split,
  Sqrt: unary(positive),
  Square: unary(),
  SquaredDifference: binary(),
  Step: (random) => ({
    inputs: { x: input(random, shapeOf(random), coarse) },
    attributes: { alpha: random.uniform(0, 1) },
  }),
  Sub: binary(),
  Sum: (random) => reduction(random),
  Tanh: unary(),
  Tile: (random) => {
    const shape = shapeOf(random);
    return {
      inputs: { x: input(random, shape, normal) },
      attributes: { reps: shape.map(() => 1 + random.below(3)) },
    };
  },
  TopK: (random) => {
    const shape = shapeOf(random);
    return {
      inputs: { x: input(random, shape, normal) },
      attributes: { k: 1 + random.below(shape.at(-1) as number), sorted: true },
    };
  },
  Transpose: (random) => {
    const shape = shapeOf(random);
    return {
      inputs: { x: input(random, shape, normal) },
      attributes: { perm: [...random.permutation(shape.length)] },
    };
  },
  _FusedMatMul: (random) => {
    const { inputs, attributes } = product(random, 2);
    return { inputs, attributes: { ...attributes, activation: 'linear' } };
  },
  _RandomKey: keyCase,
  _RandomMask: maskCase,
  _RandomUniform: uniformCase,
  _Scan: scanCase,
};
