import { GraphError, type Value } from '../ir/tensors';
import {
  type AttributeValue,
  type DataType,
  shapeAttribute,
  type TensorflowNode,
  tensorAttribute,
  type,
} from './proto';

/** The nodes of one GraphDef, whatever scope they are in; names are unique. */
class NodeList {
  readonly all: TensorflowNode[] = [];
  private count = 0;

  fresh(op: string): string {
    this.count += 1;
    return `${op}_${this.count}`;
  }
}

/**
 * Writes nodes into a GraphDef, and knows at which of them each value of an engine graph is made. A place is a node's
 * name, or `name:1` for its second output. One scope is one execution frame of TensorFlow: the model, or a loop's body.
 */
export class Scope {
  private readonly places = new Map<number, string>();
  private readonly shared = new Map<string, string>();

  /** @param pivot a node inside a loop's body: constants take it as a control input, which puts them into its frame. */
  constructor(
    readonly list = new NodeList(),
    private readonly pivot: string | null = null,
  ) {}

  /** Adds a node. @returns its name, which is also that of its first output. */
  node = (
    op: string,
    input: readonly string[],
    attr: Readonly<Record<string, AttributeValue>> = {},
    name = this.list.fresh(op),
  ): string => {
    this.list.all.push({ name, op, input, attr });
    return name;
  };

  /** A Const of this frame. @returns its place. */
  constant = (dtype: DataType, data: ArrayBufferView, dims: readonly number[]): string =>
    this.node('Const', this.pivot ? [`^${this.pivot}`] : [], {
      dtype: type(dtype),
      value: tensorAttribute(dtype, dims, data),
    });

  /** A float32 constant, a scalar unless `dims` says otherwise; equal ones share a node. @returns its place. */
  floats = (values: readonly number[], dims: readonly number[] = []): string =>
    this.share(`float32[${dims}] ${values}`, () => this.constant('float32', Float32Array.from(values), dims));

  /** An int32 constant, a vector unless `dims` says otherwise; equal ones share a node. @returns its place. */
  ints = (values: readonly number[], dims: readonly number[] = [values.length]): string =>
    this.share(`int32[${dims}] ${values}`, () => this.constant('int32', Int32Array.from(values), dims));

  /** A scope for a loop's body, around a node in it (see the constructor). */
  inside(pivot: string): Scope {
    return new Scope(this.list, pivot);
  }

  /** A tensor that is fed when the model runs; a size of -1 is known only then. @returns its place. */
  placeholder(dtype: DataType, dims: readonly number[]): string {
    return this.node('Placeholder', [], { dtype: type(dtype), shape: shapeAttribute(dims) });
  }

  /** The tensor at `place`, but not before these nodes have run (control inputs). @returns its place. */
  after(nodes: readonly string[], place: string, dtype: DataType): string {
    return this.node('Identity', [place, ...nodes.map((node) => `^${node}`)], { T: type(dtype) });
  }

  /** Says at which place a value is. */
  bind(value: Value, place: string): void {
    this.places.set(value.id, place);
  }

  /** The place of a value. @throws GraphError if no node has made it. */
  get = ({ id }: Value): string => {
    const place = this.places.get(id);
    if (!place) throw new GraphError(`%${id} is used before it is made`);
    return place;
  };

  private share(key: string, make: () => string): string {
    const place = this.shared.get(key) ?? make();
    this.shared.set(key, place);
    return place;
  }
}
