import type { Attributes, Value } from '../ir/tensors';
import type { ElementType, OnnxGraph, OnnxNode } from './proto';

/** What a rule may use while it writes a kernel's nodes. */
export interface Site {
  readonly inputs: readonly string[];
  /** The first of `outputs`. */
  readonly output: string;
  readonly outputs: readonly string[];
  readonly values: { readonly inputs: readonly Value[]; readonly output: Value };
  readonly attributes: Attributes;
  /** A name for a value between the nodes of this rule. */
  fresh(): string;
  /** The name of an initializer. */
  floats(values: readonly number[], dims?: readonly number[]): string;
  int64s(values: readonly number[]): string;
  /** The name of a shape, int64; open sizes (rows.ts) are computed. */
  sizes(shape: readonly number[]): string;
  data(type: ElementType, values: ArrayBufferView, dims: readonly number[]): string;
  /** The lowered body of a scan; `outer` names what it captures. */
  body(outer: readonly string[]): OnnxGraph;
}

export type Rule = (site: Site) => OnnxNode[];
