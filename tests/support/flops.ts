import type { Graph, GraphNode } from '@/server/engine/ir/graph';
import { sizeOf, type Value } from '@/server/engine/ir/tensors';

const last = ({ shape }: Value, back: number): number => shape.at(-back) as number;

/** Multiply-adds of one node: matrix products, convolutions, and what a scan repeats; 0 for the rest. */
function multiplyAdds({ kernel, attributes, inputs, outputs, body }: GraphNode): number {
  const [a, b] = inputs as [Value, Value];
  const [output] = outputs as [Value];
  switch (kernel) {
    case 'BatchMatMul':
    case '_FusedMatMul':
      return sizeOf(output.shape) * last(a, attributes.transposeA ? 2 : 1);
    case 'Conv2D':
      // Each output reads a square of every input channel; the filter is [height, width, in, out].
      return sizeOf(output.shape) * (sizeOf(b.shape) / last(b, 1));
    case 'Conv2DBackpropInput':
      return (sizeOf(a.shape) * sizeOf(b.shape)) / last(b, 1);
    case 'Conv2DBackpropFilter':
      return (sizeOf(b.shape) * sizeOf(output.shape)) / last(output, 1);
    case '_Scan':
      return body ? (attributes.length as number) * graphMultiplyAdds(body) : 0;
    default:
      return 0;
  }
}

const graphMultiplyAdds = ({ nodes }: Graph): number =>
  nodes.reduce((sum, node) => sum + multiplyAdds(node), 0);

/** FLOPs of a graph's matrix products and convolutions: two a multiply-add. */
export const flopsOf = (graph: Graph): number => 2 * graphMultiplyAdds(graph);
