import { type Graph, type GraphNode, outputOf } from '../ir/graph';
import type { KernelName } from '../ir/kernels';
import { sameShape, sizeOf, type Value } from '../ir/tensors';
import { Rewriter } from './rewriter';

/** Finds nodes whose result nothing else needs, so that they may be taken into another one. */
class Uses {
  private readonly counts = new Map<number, number>();

  constructor(
    { nodes, nextState, outputs }: Graph,
    private readonly by: Rewriter,
  ) {
    const results = [...nextState, ...outputs].map(({ value }) => value);
    for (const { id } of [...nodes.flatMap(({ inputs }) => inputs), ...results])
      this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
  }

  /** The node that makes `value` for a single use, if it is of this kernel. */
  soleUse(value: Value, kernel: KernelName): GraphNode | null {
    const maker = this.by.maker(value);
    return maker?.kernel === kernel && this.counts.get(value.id) === 1 ? maker : null;
  }

  /** The same for a product of two matrices, not of stacks of them. */
  product(value: Value): GraphNode | null {
    return value.shape.length === 2 ? this.soleUse(value, 'BatchMatMul') : null;
  }
}

type Fusion = (node: GraphNode, uses: Uses, by: Rewriter) => GraphNode | null;

/** What may be added to a reshaped product of [rows, columns] before it is reshaped: as much, or a row; else null. */
function addend(sum: Value, product: Value, reshaped: Value, by: Rewriter): Value | null {
  const [columns] = product.shape.slice(-1);
  if (sum.shape.length === 1 && sum.shape[0] === columns && reshaped.shape.at(-1) === columns) return sum;
  const maker = by.maker(sum);
  const before = maker?.kernel === 'Reshape' ? maker.inputs[0] : undefined;
  return before && sameShape(before.shape, product.shape) ? before : null;
}

/** `a b + c`, also where the product is reshaped before `c` is added. */
const productAndSum: Fusion = (node, uses, by) => {
  const [x, sum] = node.inputs as [Value, Value];
  const output = outputOf(node);
  if (!sameShape(x.shape, output.shape)) return null;
  const fused = (product: GraphNode, added: Value) =>
    ({ ...product, kernel: '_FusedMatMul', inputs: [...product.inputs, added] }) as const;
  const product = uses.product(x);
  if (product) return { ...fused(product, sum), outputs: node.outputs };
  const reshaped = uses.soleUse(x, 'Reshape')?.inputs[0];
  const inner = reshaped && uses.product(reshaped);
  const added = inner && addend(sum, reshaped, x, by);
  if (!added) return null;
  const { inputs, attributes } = fused(inner, added);
  return {
    kernel: 'Reshape',
    attributes: { shape: x.shape },
    inputs: [by.apply('_FusedMatMul', inputs, attributes)],
    outputs: node.outputs,
  };
};

/**
 * `w - (a b) rate` as `a (b * -rate) + w`, scaling the smaller of the two factors: an SGD update then costs
 * no pass over the weights beyond the gradient's own.
 */
const productAndUpdate: Fusion = ({ inputs, outputs }, uses, by) => {
  const [weights, change] = inputs as [Value, Value];
  const scaled = sameShape(weights.shape, change.shape) ? uses.soleUse(change, 'Multiply') : null;
  const rate = scaled?.inputs.find(({ shape }) => shape.length === 0);
  const gradient = scaled?.inputs.find((input) => input !== rate);
  const product = gradient && uses.product(gradient);
  if (!rate || !product) return null;
  const [a, b] = product.inputs as [Value, Value];
  const minus = by.apply('Neg', [rate]);
  const smaller = (value: Value) => by.apply('Multiply', [value, minus]);
  const factors = sizeOf(a.shape) < sizeOf(b.shape) ? [smaller(a), b] : [a, smaller(b)];
  return { ...product, kernel: '_FusedMatMul', inputs: [...factors, weights], outputs };
};

/** What a node of a kernel may become part of. */
const fusions: Readonly<Partial<Record<KernelName, Fusion>>> = {
  Add: productAndSum,
  Sub: productAndUpdate,
};

/** Makes several nodes one where a kernel of the table computes them together. */
export function fuse(graph: Graph): Graph {
  const by = new Rewriter(graph);
  const uses = new Uses(graph, by);
  for (const constant of graph.constants) by.keep(constant);
  for (const node of graph.nodes) by.emit(fusions[node.kernel]?.(node, uses, by) ?? node);
  return by.finish();
}
