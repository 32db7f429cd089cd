import { type Constant, type Graph, type GraphNode, sameShape, type Value } from './graph';
import { Rewriter } from './rewriter';

/** Kernels that are computed here when both inputs are scalar constants. */
const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Multiply: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
};

/** Kernels that may hand their first input through. */
const renaming: ReadonlySet<string> = new Set(['Identity', 'Reshape', 'Cast']);

/** The value that already holds what this node would make, or null. */
function simpler({ kernel, inputs, outputs }: GraphNode, by: Rewriter): Value | null {
  const [a, b] = inputs as [Value, Value | undefined];
  const output = outputs[0] as Value;
  const likeA = sameShape(a.shape, output.shape) && a.dtype === output.dtype;
  if (renaming.has(kernel)) return likeA ? a : null;
  const compute = arithmetic[kernel];
  if (!compute || !b || output.dtype !== 'float32') return null;
  const [left, right] = [by.scalar(a), by.scalar(b)];
  if (left !== null && right !== null && output.shape.length === 0) return by.constant(compute(left, right));
  return kernel === 'Multiply' && right === 1 && likeA ? a : null;
}

/** Equal keys mean equal constants; larger ones are not compared. */
function constantKey({ value, data }: Constant): string {
  return data.length > 1 ? `constant ${value.id}` : `constant ${value.dtype}[${value.shape}] ${data[0]}`;
}

/** Equal keys mean equal results; scans are not compared. */
function nodeKey({ kernel, inputs, attributes, outputs, body }: GraphNode): string {
  if (body) return `${kernel} %${outputs[0]?.id}`;
  return `${kernel} ${inputs.map(({ id }) => id)} ${JSON.stringify(attributes)}`;
}

/** Names values once, folds arithmetic on scalar constants and merges equal computations. */
export function simplify(graph: Graph): Graph {
  const by = new Rewriter(graph);
  const known = new Map<string, readonly Value[]>();
  const merge = (key: string, values: readonly Value[], keep: () => void) => {
    const same = known.get(key);
    if (same) return values.forEach((value, i) => by.replace(value, same[i] as Value));
    known.set(key, values);
    keep();
  };
  for (const constant of graph.constants)
    merge(constantKey(constant), [constant.value], () => by.keep(constant));
  for (const each of graph.nodes) {
    const node = { ...each, inputs: each.inputs.map((input) => by.resolve(input)) };
    const instead = simpler(node, by);
    if (instead) by.replace(node.outputs[0] as Value, instead);
    else merge(nodeKey(node), node.outputs, () => by.emit(node));
  }
  return by.finish();
}
