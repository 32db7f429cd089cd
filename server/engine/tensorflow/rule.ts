import type { Attributes, Value } from '../ir/tensors';
import type { AttributeValue, DataType } from './proto';

/** One kernel call that is to be lowered, and what its rule writes nodes with. A place is `node` or `node:output`. */
export interface Site {
  /** The places of the inputs. */
  readonly inputs: readonly string[];
  /** The same inputs, and the first output, with shape and dtype. */
  readonly values: { readonly inputs: readonly Value[]; readonly output: Value };
  readonly attributes: Attributes;
  /** Adds a node. @returns its name, which is also the place of its first output. */
  node(op: string, inputs: readonly string[], attr?: Readonly<Record<string, AttributeValue>>): string;
  /** The place of a constant. */
  constant(dtype: DataType, data: ArrayBufferView, dims: readonly number[]): string;
  /** The place of a float32 constant, a scalar unless `dims` says otherwise. */
  floats(values: readonly number[], dims?: readonly number[]): string;
  /** The place of an int32 constant, a vector unless `dims` says otherwise. */
  ints(values: readonly number[], dims?: readonly number[]): string;
  /** Writes a `_Scan`'s body as a loop. @returns the places of its results. */
  scan(): string[];
}

/** Lowers a kernel to TensorFlow nodes. @returns the place of its result, or of each. */
export type Rule = (site: Site) => string | readonly string[];
