import { type Constant, type Graph, type GraphNode, outputOf, print } from '../ir/graph';
import type { KernelName } from '../ir/kernels';
import { numbers } from '../ir/kernelTypes';
import { sameShape, type Value } from '../ir/tensors';
import { Rewriter } from './rewriter';

/** What holds the result already, or a node that makes it better; null where the node stays. */
type Rule = (node: GraphNode, by: Rewriter) => Value | GraphNode | null;

const pair = ({ inputs }: GraphNode) => inputs as readonly [Value, Value];

/** The inputs of the node that makes `value`, if it is of this kernel. */
const inputsOf = (value: Value, kernel: KernelName, by: Rewriter): readonly Value[] | null => {
  const maker = by.maker(value);
  return maker?.kernel === kernel ? maker.inputs : null;
};

/** `value` if the node's result has its type. */
const unchanged = (value: Value, node: GraphNode): Value | null => {
  const output = outputOf(node);
  return sameShape(value.shape, output.shape) && value.dtype === output.dtype ? value : null;
};

/** A node that only moves numbers, where it moves none. */
const through: Rule = (node) => {
  const [value, another] = node.inputs as [Value, Value | undefined];
  return another ? null : unchanged(value, node);
};

const reshape: Rule = (node, by) => {
  const [value] = node.inputs as [Value];
  const before = inputsOf(value, 'Reshape', by);
  return through(node, by) ?? (before && { ...node, inputs: before });
};

const transpose: Rule = (node, by) => {
  const [value] = node.inputs as [Value];
  const perm = numbers(node.attributes, 'perm');
  if (perm.every((axis, i) => axis === i)) return value;
  const before = by.maker(value);
  if (before?.kernel !== 'Transpose') return null;
  const first = numbers(before.attributes, 'perm');
  const both = { perm: perm.map((axis) => first[axis] as number) };
  const composed = { ...node, inputs: before.inputs, attributes: both };
  return transpose(composed, by) ?? composed;
};

/** A rule for scalar constants, else `otherwise`. */
const folding = (compute: (a: number, b: number) => number, otherwise: Rule): Rule => {
  return (node, by) => {
    const { shape, dtype } = outputOf(node);
    if (dtype !== 'float32') return null;
    const [a, b] = pair(node).map((value) => by.scalar(value));
    if (a == null || b == null || shape.length > 0) return otherwise(node, by);
    return by.constant(Math.fround(compute(a, b)));
  };
};

const add: Rule = (node, by) => {
  const [a, b] = pair(node);
  const negatedB = inputsOf(b, 'Neg', by);
  if (negatedB) return { ...node, kernel: 'Sub', inputs: [a, ...negatedB] };
  const negatedA = inputsOf(a, 'Neg', by);
  if (negatedA) return { ...node, kernel: 'Sub', inputs: [b, ...negatedA] };
  if (by.scalar(b) === 0) return unchanged(a, node);
  return by.scalar(a) === 0 ? unchanged(b, node) : null;
};

const subtract: Rule = (node, by) => {
  const [a, b] = pair(node);
  const negated = inputsOf(b, 'Neg', by);
  if (negated) return { ...node, kernel: 'Add', inputs: [a, ...negated] };
  return by.scalar(b) === 0 ? unchanged(a, node) : null;
};

/** `value` as a constant times something else, which may be itself. */
function scaled(value: Value, by: Rewriter): { readonly base: Value; readonly factor: number } {
  const [base, constant] = inputsOf(value, 'Multiply', by) ?? [];
  const factor = constant ? by.scalar(constant) : null;
  if (!base || factor === null || !sameShape(base.shape, value.shape)) return { base: value, factor: 1 };
  return { base, factor };
}

/** `a` times a number; numbers of consecutive products become one. */
function times(a: Value, number: number, node: GraphNode, by: Rewriter): Value | GraphNode {
  const { base, factor } = scaled(a, by);
  const product = Math.fround(factor * number);
  if (product === 1) return base;
  return { ...node, kernel: 'Multiply', inputs: [base, by.constant(product)] };
}

const multiply: Rule = (node, by) => {
  const [a, b] = pair(node);
  if (by.scalar(a) !== null && by.scalar(b) === null) return multiply({ ...node, inputs: [b, a] }, by);
  const factor = by.scalar(b);
  return factor === null || !unchanged(a, node) ? null : times(a, factor, node, by);
};

const divide: Rule = (node, by) => {
  const [a, b] = pair(node);
  const divisor = by.scalar(b);
  return divisor === null || divisor === 0 || !unchanged(a, node) ? null : times(a, 1 / divisor, node, by);
};

const negate: Rule = (node, by) => {
  const [value] = node.inputs as [Value];
  const factor = by.scalar(value);
  if (factor !== null && value.shape.length === 0) return by.constant(-factor);
  const before = inputsOf(value, 'Neg', by);
  if (before) return before[0] as Value;
  return scaled(value, by).base === value ? null : times(value, -1, node, by);
};

/** The gradient of the leaky ReLU, `x > 0 ? dy : dy * slope`, as `dy * Step(x, slope)`. */
const select: Rule = (node, by) => {
  const [condition, whole, part] = node.inputs as [Value, Value, Value];
  const [x, zero] = inputsOf(condition, 'Greater', by) ?? [];
  if (!x || !zero || by.scalar(zero) !== 0 || !sameShape(x.shape, whole.shape)) return null;
  const [dy, slope] = [scaled(whole, by), scaled(part, by)];
  if (dy.base !== slope.base || whole.dtype !== 'float32') return null;
  const step = by.apply('Step', [x], { alpha: Math.fround(slope.factor / dy.factor) });
  return { ...node, kernel: 'Multiply', inputs: [whole, step], attributes: {} };
};

const rules: Readonly<Partial<Record<KernelName, Rule>>> = {
  Add: folding((a, b) => a + b, add),
  Cast: through,
  Concat: through,
  Identity: through,
  Multiply: folding((a, b) => a * b, multiply),
  Neg: negate,
  PadV2: through,
  RealDiv: folding((a, b) => a / b, divide),
  Reshape: reshape,
  Select: select,
  Slice: through,
  Sub: folding((a, b) => a - b, subtract),
  Tile: through,
  Transpose: transpose,
};

/** Constants with more numbers than this are not compared. */
const MAX_COMPARED = 2 ** 14;

/** Equal keys mean equal constants. */
function constantKey({ value, data }: Constant): string {
  if (data.length > MAX_COMPARED) return `constant ${value.id}`;
  return `constant ${value.dtype}[${value.shape}] ${data}`;
}

/** Equal keys mean equal results. */
function nodeKey({ kernel, inputs, attributes, body }: GraphNode): string {
  const own = `${kernel} ${inputs.map(({ id }) => id)} ${JSON.stringify(attributes)}`;
  return body ? `${own} ${print(body)} ${body.constants.map(constantKey)}` : own;
}

/** Names values once, computes on constants, writes nodes in fewer or cheaper ones and merges equal computations. */
export function simplify(graph: Graph): Graph {
  const by = new Rewriter(graph);
  const known = new Map<string, readonly Value[]>();
  const merge = (key: string, values: readonly Value[], keep: () => void) => {
    const same = known.get(key);
    if (same) return by.replaceAll(values, same);
    known.set(key, values);
    keep();
  };
  for (const constant of graph.constants)
    merge(constantKey(constant), [constant.value], () => by.keep(constant));
  for (const each of graph.nodes) {
    const node = { ...each, inputs: each.inputs.map((input) => by.resolve(input)) };
    const instead = rules[node.kernel]?.(node, by) ?? node;
    if ('kernel' in instead) merge(nodeKey(instead), instead.outputs, () => by.emit(instead));
    else by.replace(outputOf(node), instead);
  }
  return by.finish();
}
