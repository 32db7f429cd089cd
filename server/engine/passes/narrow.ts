import { backend_util } from '@tensorflow/tfjs-core';
import type { Graph, GraphNode } from '../ir/graph';
import type { KernelName } from '../ir/kernels';
import { numbers } from '../ir/kernelTypes';
import { sameShape, type Value } from '../ir/tensors';
import { Rewriter } from './rewriter';

/** Kernels whose every result is made of one number of each input, with shapes that broadcast. */
const elementwise: ReadonlySet<KernelName> = new Set<KernelName>([
  'Abs',
  'Add',
  'ClipByValue',
  'Cos',
  'Elu',
  'Exp',
  'LeakyRelu',
  'Log',
  'Maximum',
  'Minimum',
  'Multiply',
  'Neg',
  'RealDiv',
  'Relu',
  'Rsqrt',
  'Selu',
  'Sigmoid',
  'Softplus',
  'Sqrt',
  'Square',
  'SquaredDifference',
  'Step',
  'Sub',
  'Tanh',
]);

/** Kernels that only move numbers: of equal ones they make equal ones. */
const moving: ReadonlySet<KernelName> = new Set<KernelName>([
  'ExpandDims',
  'Identity',
  'Reshape',
  'Slice',
  'Tile',
  'Transpose',
]);

const broadcastOf = (values: readonly Value[]): number[] =>
  values.map(({ shape }) => [...shape]).reduce((a, b) => backend_util.assertAndGetBroadcastShape(a, b));

/**
 * Computes on few numbers what is the same many times over. Gradients of means and sums begin with tensors that
 * repeat one number or one row; what is computed of them elementwise is computed once for each, and joined to
 * tensors of full size by broadcasting.
 */
class Narrowing {
  readonly by: Rewriter;
  /** Smaller values that, broadcast, equal a value. */
  private readonly narrow = new Map<number, Value>();

  constructor(graph: Graph) {
    this.by = new Rewriter(graph);
    for (const constant of graph.constants) {
      this.by.keep(constant);
      const { value, data } = constant;
      if (value.dtype !== 'float32' || value.shape.length === 0) continue;
      if (data.every((each) => each === data[0]))
        this.narrow.set(value.id, this.by.constant(data[0] as number));
    }
  }

  node(node: GraphNode): void {
    const { kernel, inputs, outputs } = node;
    const [output] = outputs as [Value];
    const few = inputs.map((input) => this.narrow.get(input.id) ?? input);
    const [source] = few as [Value];
    if (elementwise.has(kernel)) this.compute(node, few);
    else this.by.emit(node);
    const isScalar = moving.has(kernel) && source.shape.length === 0;
    if (isScalar && output.shape.length > 0) this.narrow.set(output.id, source);
    else if (kernel === 'Tile' && repeatsAxesOfOne(node)) this.narrow.set(output.id, inputs[0] as Value);
  }

  private compute(node: GraphNode, few: readonly Value[]): void {
    const [output] = node.outputs as [Value];
    const shape = broadcastOf(few);
    if (sameShape(shape, output.shape)) {
      this.by.emit({ ...node, inputs: few });
      return;
    }
    const made = this.by.apply(node.kernel, few, node.attributes);
    this.narrow.set(output.id, made);
    const rank = output.shape.length;
    const aligned = [...Array.from({ length: rank - shape.length }, () => 1), ...shape];
    this.by.emit({
      kernel: 'Tile',
      attributes: { reps: output.shape.map((n, i) => n / (aligned[i] as number)) },
      inputs: [this.by.reshape(made, aligned)],
      outputs: [output],
    });
  }
}

/** Whether a tile repeats only along axes of one, as broadcasting does. */
function repeatsAxesOfOne({ inputs, attributes }: GraphNode): boolean {
  const [{ shape }] = inputs as [Value];
  return numbers(attributes, 'reps').every((count, i) => count === 1 || shape[i] === 1);
}

export function narrow(graph: Graph): Graph {
  const narrowing = new Narrowing(graph);
  for (const node of graph.nodes) narrowing.node(node);
  return narrowing.by.finish();
}
