import {
  type Constant,
  type Graph,
  type GraphNode,
  type Named,
  sameShape,
  sizeOf,
  type Value,
  verify,
} from './graph';

/** A graph under change: nodes are visited in order, and a value may come to stand for another. */
class Rewriter {
  readonly nodes: GraphNode[] = [];
  readonly constants: Constant[] = [];
  readonly makers = new Map<number, GraphNode>();
  private readonly constantOf = new Map<number, Constant>();
  private readonly standsFor = new Map<number, Value>();
  private count: number;

  constructor({ state, inputs, constants, nodes }: Graph) {
    const values = [...state, ...inputs, ...constants].map((each) => each.value);
    this.count = 1 + Math.max(-1, ...[...values, ...nodes.map((node) => node.output)].map(({ id }) => id));
  }

  resolve(value: Value): Value {
    return this.standsFor.get(value.id) ?? value;
  }

  replace(value: Value, by: Value): void {
    this.standsFor.set(value.id, by);
  }

  fresh({ shape, dtype }: Omit<Value, 'id'>): Value {
    const value = { id: this.count, shape, dtype };
    this.count += 1;
    return value;
  }

  emit(node: GraphNode): Value {
    this.nodes.push(node);
    this.makers.set(node.output.id, node);
    return node.output;
  }

  keep(constant: Constant): Value {
    this.constants.push(constant);
    this.constantOf.set(constant.value.id, constant);
    return constant.value;
  }

  /** The number that a scalar constant holds. */
  scalar(value: Value): number | null {
    const constant = this.constantOf.get(value.id);
    return constant && constant.data.length === 1 ? (constant.data[0] as number) : null;
  }

  finish(graph: Graph): Graph {
    const named = (entries: readonly Named[]) =>
      entries.map(({ name, value }) => ({ name, value: this.resolve(value) }));
    return {
      ...graph,
      constants: this.constants,
      nodes: this.nodes,
      nextState: named(graph.nextState),
      outputs: named(graph.outputs),
    };
  }
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Multiply: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
};

/** The value that already holds what this node would make, or null. */
function simpler({ kernel, inputs, output, attributes }: GraphNode, by: Rewriter): Value | null {
  const [a, b] = inputs as [Value, Value | undefined];
  const unchanged = sameShape(a.shape, output.shape) && a.dtype === output.dtype;
  if (kernel === 'Identity' || (unchanged && (kernel === 'Reshape' || kernel === 'Cast'))) return a;
  const compute = arithmetic[kernel];
  if (!compute || !b || output.dtype !== 'float32') return null;
  const [left, right] = [by.scalar(a), by.scalar(b)];
  if (left !== null && right !== null && output.shape.length === 0)
    return by.keep({ value: by.fresh(output), data: Float32Array.of(compute(left, right)) });
  if (kernel === 'Multiply' && right === 1 && unchanged && attributes) return a;
  return null;
}

/** Names values once, folds arithmetic on scalar constants and merges equal computations. */
function simplify(graph: Graph): Graph {
  const by = new Rewriter(graph);
  const known = new Map<string, Value>();
  const merge = (key: string, value: Value, make: () => void) => {
    const same = known.get(key);
    if (same) return by.replace(value, same);
    known.set(key, value);
    make();
  };
  for (const constant of graph.constants) {
    const { value, data } = constant;
    const key =
      data.length > 1 ? `constant ${value.id}` : `constant ${value.dtype}[${value.shape}] ${data[0]}`;
    merge(key, value, () => by.keep(constant));
  }
  for (const each of graph.nodes) {
    const node = { ...each, inputs: each.inputs.map((input) => by.resolve(input)) };
    const instead = simpler(node, by);
    if (instead) by.replace(node.output, instead);
    else {
      const key = `${node.kernel} ${node.inputs.map(({ id }) => id)} ${JSON.stringify(node.attributes)}`;
      merge(key, node.output, () => by.emit(node));
    }
  }
  return by.finish(graph);
}

function countUses(graph: Graph): Map<number, number> {
  const counts = new Map<number, number>();
  const uses = [...graph.nodes.flatMap((node) => node.inputs), ...graph.nextState.map((n) => n.value)];
  for (const { id } of [...uses, ...graph.outputs.map((n) => n.value)])
    counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/**
 * Matrix products take a sum along: `a b + c` is one node, and so is an SGD update
 * `w - (a b) rate`, as `a (b * -rate) + w`, which spares two passes over each weight matrix.
 */
function fuse(graph: Graph): Graph {
  const by = new Rewriter(graph);
  const counts = countUses(graph);
  const product = (value: Value): GraphNode | null => {
    const maker = by.makers.get(value.id);
    const plain = maker?.kernel === 'BatchMatMul' && value.shape.length === 2;
    return plain && counts.get(value.id) === 1 ? maker : null;
  };
  const scaledProduct = (value: Value) => {
    const maker = by.makers.get(value.id);
    if (maker?.kernel !== 'Multiply' || counts.get(value.id) !== 1) return null;
    const [x, y] = maker.inputs as [Value, Value];
    const scale = [x, y].find(({ shape }) => shape.length === 0);
    const matrix = product(scale === x ? y : x);
    return scale && matrix ? { scale, matrix } : null;
  };
  const scaled = (value: Value, scale: Value): Value => {
    const minus = by.emit({ kernel: 'Neg', attributes: {}, inputs: [scale], output: by.fresh(scale) });
    return by.emit({ kernel: 'Multiply', attributes: {}, inputs: [value, minus], output: by.fresh(value) });
  };
  const fused = (node: GraphNode): GraphNode => {
    const [x, y] = node.inputs as [Value, Value];
    if (node.kernel === 'Add') {
      const matrix = product(x);
      if (matrix && sameShape(x.shape, node.output.shape))
        return { ...matrix, kernel: '_FusedMatMul', inputs: [...matrix.inputs, y], output: node.output };
    }
    const update = node.kernel === 'Sub' && sameShape(x.shape, y.shape) ? scaledProduct(y) : null;
    if (!update) return node;
    const [a, b] = update.matrix.inputs as [Value, Value];
    const inputs =
      sizeOf(a.shape) < sizeOf(b.shape) ? [scaled(a, update.scale), b, x] : [a, scaled(b, update.scale), x];
    return { ...update.matrix, kernel: '_FusedMatMul', inputs, output: node.output };
  };
  for (const constant of graph.constants) by.keep(constant);
  for (const node of graph.nodes) by.emit(fused(node));
  return by.finish(graph);
}

/** Drops what no result needs. */
function prune(graph: Graph): Graph {
  const needed = new Set([...graph.nextState, ...graph.outputs].map(({ value }) => value.id));
  const nodes = graph.nodes.toReversed().filter(({ output, inputs }) => {
    if (!needed.has(output.id)) return false;
    for (const { id } of inputs) needed.add(id);
    return true;
  });
  const constants = graph.constants.filter(({ value }) => needed.has(value.id));
  return { ...graph, constants, nodes: nodes.toReversed() };
}

/** The same results from fewer and larger nodes. Sums may be rounded in another order. */
export function optimize(graph: Graph): Graph {
  return verify(prune(simplify(fuse(prune(simplify(graph))))));
}
