import { backend_util } from '@tensorflow/tfjs-core';
import { type Attributes, type DType, GraphError, sizeOf } from './tensors';

/** Shape and element type of a value that a kernel takes or makes. */
export interface Typed {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** The type of a kernel's result, by TensorFlow.js's own rules. */
export type TypeRule = (inputs: readonly Typed[], attributes: Attributes) => Typed;

export const first = (inputs: readonly Typed[]): Typed => {
  const input = inputs[0];
  if (!input) throw new GraphError('A kernel without inputs has no first one');
  return input;
};

export const numbers = (attributes: Attributes, key: string): readonly number[] => {
  const value = attributes[key];
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) throw new GraphError(`Attribute ${key} must be numbers, got ${value}`);
  return value as readonly number[];
};

export const number = (attributes: Attributes, key: string): number => {
  const value = attributes[key];
  if (typeof value !== 'number') throw new GraphError(`Attribute ${key} must be a number, got ${value}`);
  return value;
};

export const same: TypeRule = (inputs) => first(inputs);

export const broadcast = (dtype?: DType): TypeRule => {
  return (inputs) => ({
    shape: inputs
      .map(({ shape }) => [...shape])
      .reduce((a, b) => backend_util.assertAndGetBroadcastShape(a, b)),
    dtype: dtype ?? first(inputs).dtype,
  });
};

/** An axis counted from the front. */
export const axisOf = (attributes: Attributes, key: string, rank: number): number =>
  (number(attributes, key) + rank) % rank;

/** The axes of a reduction, counted from the front; TensorFlow.js leaves `axis` out to mean all. */
export function reducedAxes({ axis }: Attributes, rank: number): number[] {
  const given = axis == null ? Array.from({ length: rank }, (_, i) => i) : numbers({ axis }, 'axis');
  return given.map((each) => (each + rank) % rank).sort((a, b) => a - b);
}

export const reduce = (dtype?: DType): TypeRule => {
  return (inputs, attributes) => {
    const { shape, dtype: before } = first(inputs);
    const axes = new Set(reducedAxes(attributes, shape.length));
    const kept = attributes.keepDims
      ? shape.map((n, i) => (axes.has(i) ? 1 : n))
      : shape.filter((_, i) => !axes.has(i));
    return { shape: kept, dtype: dtype ?? before };
  };
};

export const matMul: TypeRule = ([a, b], { transposeA, transposeB }) => {
  if (!a || !b) throw new GraphError('A matrix product has two inputs');
  const rows = a.shape.at(transposeA ? -1 : -2) as number;
  const columns = b.shape.at(transposeB ? -2 : -1) as number;
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = backend_util.assertAndGetBroadcastShape(outerA, outerB);
  return { shape: [...outer, rows, columns], dtype: a.dtype };
};

export const reshape: TypeRule = (inputs, attributes) => {
  const { shape, dtype } = first(inputs);
  const wanted = numbers(attributes, 'shape');
  const known = sizeOf(wanted.filter((n) => n >= 0));
  return { shape: wanted.map((n) => (n < 0 ? sizeOf(shape) / known : n)), dtype };
};

export const concat: TypeRule = (inputs, attributes) => {
  const { shape, dtype } = first(inputs);
  const axis = axisOf(attributes, 'axis', shape.length);
  const total = inputs.reduce((sum, each) => sum + (each.shape[axis] as number), 0);
  return { shape: shape.map((n, i) => (i === axis ? total : n)), dtype };
};

/** One value for each part. */
export function split(inputs: readonly Typed[], attributes: Attributes): Typed[] {
  const { shape, dtype } = first(inputs);
  const axis = axisOf(attributes, 'axis', shape.length);
  return splitSizes(attributes, shape[axis] as number).map((size) => ({
    shape: shape.map((n, i) => (i === axis ? size : n)),
    dtype,
  }));
}

/** Sizes of the parts of a SplitV, which gives their count or the sizes themselves. */
export function splitSizes({ numOrSizeSplits: given }: Attributes, size: number): number[] {
  if (typeof given === 'number') return Array.from({ length: given }, () => size / given);
  const sizes = numbers({ given: given ?? null }, 'given');
  const known = sizes.reduce((sum, each) => sum + Math.max(each, 0), 0);
  return sizes.map((each) => (each < 0 ? size - known : each));
}

/** Values and places. */
export function topK(inputs: readonly Typed[], attributes: Attributes): Typed[] {
  const { shape, dtype } = first(inputs);
  const kept = [...shape.slice(0, -1), number(attributes, 'k')];
  return [
    { shape: kept, dtype },
    { shape: kept, dtype: 'int32' },
  ];
}

export const slice: TypeRule = (inputs, attributes) => {
  const { shape, dtype } = first(inputs);
  const begin = numbers(attributes, 'begin');
  const size = numbers(attributes, 'size');
  return {
    shape: shape.map((n, i) => ((size[i] ?? -1) < 0 ? n - (begin[i] ?? 0) : (size[i] as number))),
    dtype,
  };
};

export type Padding = number | 'same' | 'valid';

/** Geometry of a convolution of `x` [batch, height, width, inChannels] with `filter` [h, w, in, out]. */
export function convolution(
  x: readonly number[],
  filter: readonly number[],
  attributes: Attributes,
): backend_util.Conv2DInfo {
  const strides = [...numbers(attributes, 'strides')];
  const dilations = (attributes.dilations ?? 1) as number | [number, number];
  return backend_util.computeConv2DInfo(
    [...x] as [number, number, number, number],
    [...filter] as [number, number, number, number],
    strides.length === 1 ? (strides[0] as number) : (strides as [number, number]),
    dilations,
    attributes.pad as Padding,
  );
}

export const conv2D: TypeRule = ([x, filter], attributes) => {
  if (!x || !filter) throw new GraphError('A convolution has two inputs');
  return { shape: convolution(x.shape, filter.shape, attributes).outShape, dtype: x.dtype };
};

/** The shape that an attribute gives. */
export const shapedBy = (key: string): TypeRule => {
  return (inputs, attributes) => ({ shape: numbers(attributes, key), dtype: first(inputs).dtype });
};

export const gather: TypeRule = ([x, indices], attributes) => {
  if (!x || !indices) throw new GraphError('A gather has two inputs');
  const axis = axisOf(attributes, 'axis', x.shape.length);
  return {
    shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
    dtype: x.dtype,
  };
};

/** [before, after] for each axis. */
export const paddings = (attributes: Attributes): readonly (readonly [number, number])[] =>
  attributes.paddings as readonly (readonly [number, number])[];

export const pad: TypeRule = (inputs, attributes) => {
  const { shape, dtype } = first(inputs);
  const around = paddings(attributes).map(([before, after]) => before + after);
  return { shape: shape.map((n, i) => n + (around[i] ?? 0)), dtype };
};
