import type { Constant, Graph, GraphNode, Named } from '../ir/graph';
import { type KernelName, kernelRows } from '../ir/kernels';
import type { Typed } from '../ir/kernelTypes';
import type { Attributes, Value } from '../ir/tensors';

/** Rewrites a graph: visits its nodes in order, and may replace values by others. */
export class Rewriter {
  readonly nodes: GraphNode[] = [];
  private readonly constants: Constant[] = [];
  private readonly makers = new Map<number, GraphNode>();
  private readonly scalars = new Map<number, number>();
  /** Scalar constants by their number. */
  private readonly known = new Map<number, Value>();
  private readonly standsFor = new Map<number, Value>();
  private count: number;

  constructor(private readonly graph: Graph) {
    const { state, inputs, constants, nodes } = graph;
    const values = [...state, ...inputs, ...constants].map((each) => each.value);
    this.count =
      1 + Math.max(-1, ...[...values, ...nodes.flatMap((node) => node.outputs)].map(({ id }) => id));
  }

  resolve(value: Value): Value {
    return this.standsFor.get(value.id) ?? value;
  }

  replace(value: Value, by: Value): void {
    this.standsFor.set(value.id, by);
  }

  replaceAll(values: readonly Value[], by: readonly Value[]): void {
    for (const [i, value] of values.entries()) this.replace(value, by[i] as Value);
  }

  emit(node: GraphNode): void {
    this.nodes.push(node);
    for (const { id } of node.outputs) this.makers.set(id, node);
  }

  /** The value that a kernel makes of `inputs`, by a new node. */
  apply(kernel: KernelName, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const [type] = kernelRows[kernel].types(inputs, attributes) as [Typed];
    const output = this.like(type);
    this.emit({ kernel, attributes, inputs, outputs: [output] });
    return output;
  }

  /** A new value of the same type; whoever emits its maker passes it on. */
  like({ shape, dtype }: Typed): Value {
    return { id: this.nextId(), shape, dtype };
  }

  /** A copy of a constant of another graph. */
  copy({ value, data }: Constant): Value {
    const own = this.like(value);
    this.keep({ value: own, data });
    return own;
  }

  /** `value` [count, ...] as `count` values [...]. */
  parts(value: Value, count: number): Value[] {
    const shape = value.shape.slice(1);
    const pieces = Array.from({ length: count }, () => this.like({ ...value, shape: [1, ...shape] }));
    this.emit({
      kernel: 'SplitV',
      attributes: { numOrSizeSplits: count, axis: 0 },
      inputs: [value],
      outputs: pieces,
    });
    return pieces.map((piece) => this.reshape(piece, shape));
  }

  /** Values [...] of one type as one [count, ...]. */
  stack(values: readonly Value[]): Value {
    return this.concat(
      values.map((value) => this.reshape(value, [1, ...value.shape])),
      0,
    );
  }

  concat(values: readonly Value[], axis: number): Value {
    return this.apply('Concat', values, { axis });
  }

  reshape(value: Value, shape: readonly number[]): Value {
    return this.apply('Reshape', [value], { shape });
  }

  keep(constant: Constant): void {
    const { value, data } = constant;
    this.constants.push(constant);
    if (data.length !== 1) return;
    this.scalars.set(value.id, data[0] as number);
    if (value.shape.length === 0 && value.dtype === 'float32') this.known.set(data[0] as number, value);
  }

  /** A new constant. */
  data(data: Float32Array | Int32Array, shape: readonly number[]): Value {
    const value = this.like({ shape, dtype: data instanceof Float32Array ? 'float32' : 'int32' });
    this.keep({ value, data });
    return value;
  }

  /** A scalar constant. */
  constant(value: number): Value {
    return this.known.get(Math.fround(value)) ?? this.data(Float32Array.of(value), []);
  }

  /** The number that a constant of one element holds. */
  scalar(value: Value): number | null {
    return this.scalars.get(value.id) ?? null;
  }

  /** The node that makes a value; none for inputs, state and constants. */
  maker(value: Value): GraphNode | null {
    return this.makers.get(value.id) ?? null;
  }

  finish(): Graph {
    const named = (entries: readonly Named[]) =>
      entries.map(({ name, value }) => ({ name, value: this.resolve(value) }));
    const { constants, nodes } = this;
    const nextState = named(this.graph.nextState);
    return { ...this.graph, constants, nodes, nextState, outputs: named(this.graph.outputs) };
  }

  private nextId(): number {
    this.count += 1;
    return this.count - 1;
  }
}
