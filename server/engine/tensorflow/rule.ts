import type { Attributes, Value } from '../ir/tensors';
import type { AttributeValue, DataType } from './proto';

/** What a rule may use to write a kernel's nodes. */
export interface Site {
  /** Where the inputs come from: `node` or `node:output`. */
  readonly inputs: readonly string[];
  readonly values: { readonly inputs: readonly Value[]; readonly output: Value };
  readonly attributes: Attributes;
  /** Adds a node. @returns its name, which is that of its first output. */
  node(op: string, inputs: readonly string[], attr?: Readonly<Record<string, AttributeValue>>): string;
  /** The name of a constant. */
  constant(dtype: DataType, data: ArrayBufferView, dims: readonly number[]): string;
  floats(values: readonly number[], dims?: readonly number[]): string;
  /** int32, a vector unless `dims` says otherwise. */
  ints(values: readonly number[], dims?: readonly number[]): string;
  /** Runs a scan's body as a loop. */
  scan(): string[];
}

/** Writes the nodes of a kernel. @returns where its results are. */
export type Rule = (site: Site) => string | readonly string[];
