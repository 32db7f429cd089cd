import type { Attributes, Value } from '../ir/tensors';
import type { ElementType, OnnxGraph, OnnxNode } from './proto';

/** One kernel call that is to be lowered, and what its rule makes nodes with. Values go by their names in the model. */
export interface Site {
  /** Names of the inputs. */
  readonly inputs: readonly string[];
  /** The first of `outputs`. */
  readonly output: string;
  /** Names under which the results must be made. */
  readonly outputs: readonly string[];
  /** The same inputs, and the first output, with shape and dtype. */
  readonly values: { readonly inputs: readonly Value[]; readonly output: Value };
  readonly attributes: Attributes;
  /** A name for a value between the nodes of this rule. */
  fresh(): string;
  /** The name of a float32 initializer, a scalar unless `dims` says otherwise. */
  floats(values: readonly number[], dims?: readonly number[]): string;
  /** The name of an int64 vector. */
  int64s(values: readonly number[]): string;
  /** The name of a shape as an int64 vector; open sizes (ir/rows.ts) are computed when the model runs. */
  sizes(shape: readonly number[]): string;
  /** The name of an initializer of any type. */
  data(type: ElementType, values: ArrayBufferView, dims: readonly number[]): string;
  /** The `_Scan`'s body as a graph; `outer` are the names of what it captures. */
  body(outer: readonly string[]): OnnxGraph;
}

/** Lowers a kernel: the nodes that make `outputs`. */
export type Rule = (site: Site) => OnnxNode[];
