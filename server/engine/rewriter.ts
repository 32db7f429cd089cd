import type { Constant, Graph, GraphNode, Named, Value } from './graph';

/** A graph under change: nodes are visited in order, and a value may come to stand for another. */
export class Rewriter {
  readonly nodes: GraphNode[] = [];
  private readonly constants: Constant[] = [];
  private readonly makers = new Map<number, GraphNode>();
  private readonly scalars = new Map<number, number>();
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

  emit(node: GraphNode): void {
    this.nodes.push(node);
    for (const { id } of node.outputs) this.makers.set(id, node);
  }

  /** A new node of one kernel whose result is like `like`. */
  make(kernel: GraphNode['kernel'], inputs: readonly Value[], like: Value): Value {
    const output = this.like(like);
    this.emit({ kernel, attributes: {}, inputs, outputs: [output] });
    return output;
  }

  /** A new value of the same type; whoever emits its maker passes it on. */
  like({ shape, dtype }: Value): Value {
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
    const rows = values.map((value) => this.reshape(value, [1, ...value.shape]));
    const [row] = rows as [Value];
    const output = this.like({ ...row, shape: [rows.length, ...row.shape.slice(1)] });
    this.emit({ kernel: 'Concat', attributes: { axis: 0 }, inputs: rows, outputs: [output] });
    return output;
  }

  private reshape(value: Value, shape: readonly number[]): Value {
    const output = this.like({ ...value, shape });
    this.emit({ kernel: 'Reshape', attributes: { shape }, inputs: [value], outputs: [output] });
    return output;
  }

  keep(constant: Constant): void {
    this.constants.push(constant);
    if (constant.data.length === 1) this.scalars.set(constant.value.id, constant.data[0] as number);
  }

  /** A new scalar constant. */
  constant(value: number): Value {
    const scalar = { id: this.nextId(), shape: [], dtype: 'float32' } as const;
    this.keep({ value: scalar, data: Float32Array.of(value) });
    return scalar;
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
