import type { Tensor } from '@tensorflow/tfjs-core';
import type { RandomStream } from '@/lib/random';
import { type Attributes, type DType, sizeOf } from '@/server/engine/ir/tensors';

export interface Input {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly values: number[];
}

/** One random call of a kernel, as TensorFlow.js's own backend takes it. */
export interface KernelCase {
  readonly inputs: Readonly<Record<string, Input>>;
  readonly attributes: Attributes;
  /** Calls what records the kernel, where TensorFlow.js has none of this name to compare with. */
  readonly call?: (tensors: readonly Tensor[]) => Tensor[];
  /** Whether results must be equal bit for bit. */
  readonly exact?: boolean;
}

export function shapeOf(random: RandomStream, rank = 1 + random.below(3)): number[] {
  return Array.from({ length: rank }, () => 1 + random.below(6));
}

export type Draw = (random: RandomStream) => number;
export const normal: Draw = (random) => 2 * random.normal();
export const positive: Draw = (random) => random.uniform(0.01, 4);
export const awayFromZero: Draw = (random) => (random.below(2) ? 1 : -1) * random.uniform(0.1, 4);
/** Few distinct numbers, so that comparisons meet equal ones. */
export const coarse: Draw = (random) => random.below(5) - 2;

/** Whole numbers from 0 up to `n`, without it. */
export const index =
  (n: number): Draw =>
  (random) =>
    random.below(n);

export function input(
  random: RandomStream,
  shape: readonly number[],
  draw: Draw,
  dtype: DType = 'float32',
): Input {
  const value = () => (dtype === 'float32' ? Math.fround(draw(random)) : draw(random));
  return { shape, dtype, values: Array.from({ length: sizeOf(shape) }, value) };
}

export type Cases = (random: RandomStream) => KernelCase;
