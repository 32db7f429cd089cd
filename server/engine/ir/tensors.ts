export type DType = 'float32' | 'int32' | 'bool';
export type ConstantData = Float32Array | Int32Array | Uint8Array;

/** A tensor in the graph, made by exactly one input, constant or node. */
export interface Value {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export type Attribute =
  | string
  | number
  | boolean
  | null
  | readonly number[]
  | readonly (readonly [number, number])[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** A graph that breaks its own rules: a defect of the engine, never of a recipe. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);
