import { GraphError, type Value } from '../ir/tensors';
import {
  type AttributeValue,
  type DataType,
  shapeAttribute,
  type TensorflowNode,
  tensorAttribute,
  type,
} from './proto';

/** The nodes of one GraphDef, each with a name of its own. */
class NodeList {
  readonly all: TensorflowNode[] = [];
  private count = 0;

  fresh(op: string): string {
    this.count += 1;
    return `${op}_${this.count}`;
  }
}

/** Nodes, and the places of a graph's values among them. One scope is one frame of execution: the model itself, or the body of a loop. */
export class Scope {
  private readonly places = new Map<number, string>();
  private readonly shared = new Map<string, string>();

  /** @param pivot of a loop's body: constants run after it, so that they belong to its frame. */
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

  constant = (dtype: DataType, data: ArrayBufferView, dims: readonly number[]): string =>
    this.node('Const', this.pivot ? [`^${this.pivot}`] : [], {
      dtype: type(dtype),
      value: tensorAttribute(dtype, dims, data),
    });

  floats = (values: readonly number[], dims: readonly number[] = []): string =>
    this.share(`float32[${dims}] ${values}`, () => this.constant('float32', Float32Array.from(values), dims));

  ints = (values: readonly number[], dims: readonly number[] = [values.length]): string =>
    this.share(`int32[${dims}] ${values}`, () => this.constant('int32', Int32Array.from(values), dims));

  /** The scope of a loop's body; `pivot` is a node in it. */
  inside(pivot: string): Scope {
    return new Scope(this.list, pivot);
  }

  /** A tensor that is fed; -1 is a size known only then. */
  placeholder(dtype: DataType, dims: readonly number[]): string {
    return this.node('Placeholder', [], { dtype: type(dtype), shape: shapeAttribute(dims) });
  }

  /** The same tensor, once these nodes have run. */
  after(nodes: readonly string[], place: string, dtype: DataType): string {
    return this.node('Identity', [place, ...nodes.map((node) => `^${node}`)], { T: type(dtype) });
  }

  bind(value: Value, place: string): void {
    this.places.set(value.id, place);
  }

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
