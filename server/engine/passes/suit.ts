import type { Graph } from '../ir/graph';
import type { Value } from '../ir/tensors';
import { im2col } from './im2col';
import { optimize } from './optimize';
import { Rewriter } from './rewriter';
import { unroll } from './unroll';

/** What an executor supports, and is fast at. */
export interface Abilities {
  /** Whether it runs a scan; else scans are unrolled. */
  readonly hasScan: boolean;
  /**
   * Numbers in one matrix of patches, where convolutions are slower than the same as matrix products of patches:
   * a batch that would need more is worked through in slices. `null` where they stay convolutions.
   */
  readonly patches: number | null;
  /** Whether its SELU is no slower than the same put together; else that replaces it. */
  readonly hasSelu: boolean;
}

/** A graph in those kernels that suit an executor. */
export function suit(graph: Graph, { hasScan, patches, hasSelu }: Abilities): Graph {
  const flat = hasScan ? graph : unroll(graph);
  const selected = hasSelu ? flat : withoutSelu(flat);
  return patches === null ? selected : optimize(im2col(selected, patches));
}

const [SCALE, ALPHA] = [1.0507009873554805, 1.6732632423543772];

/** SELU as scale max(x, 0) + scale alpha (exp(min(x, 0)) - 1). */
function withoutSelu(graph: Graph): Graph {
  const by = new Rewriter(graph);
  for (const constant of graph.constants) by.keep(constant);
  for (const node of graph.nodes) {
    if (node.kernel !== 'Selu') {
      by.emit(node);
      continue;
    }
    const [x] = node.inputs as [Value];
    const times = (value: Value, factor: number) => by.apply('Multiply', [value, by.constant(factor)]);
    const power = by.apply('Exp', [by.apply('Minimum', [x, by.constant(0)])]);
    const below = by.apply('Sub', [times(power, SCALE * ALPHA), by.constant(SCALE * ALPHA)]);
    const above = times(by.apply('Relu', [x]), SCALE);
    by.emit({ kernel: 'Add', attributes: {}, inputs: [above, below], outputs: node.outputs });
  }
  return by.finish();
}
