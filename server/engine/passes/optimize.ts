import { type Graph, type GraphNode, verify } from '../ir/graph';
import type { Value } from '../ir/tensors';
import { fuse } from './fuse';
import { narrow } from './narrow';
import { simplify } from './simplify';

/** Drops what no result needs. */
function prune(graph: Graph): Graph {
  const needed = new Set([...graph.nextState, ...graph.outputs].map(({ value }) => value.id));
  const isNeeded = ({ id }: Value) => needed.has(id);
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some(isNeeded)) continue;
    for (const { id } of node.inputs) needed.add(id);
    nodes.push(pruneScan(node, isNeeded));
  }
  const constants = graph.constants.filter(({ value }) => needed.has(value.id));
  return { ...graph, constants, nodes: nodes.toReversed() };
}

/** A scan without those stacked outputs that nothing needs. */
function pruneScan(node: GraphNode, isNeeded: (value: Value) => boolean): GraphNode {
  const { body, outputs } = node;
  if (!body) return node;
  const states = body.state.length;
  const isKept = (i: number) => i < states || isNeeded(outputs[i] as Value);
  return {
    ...node,
    outputs: outputs.filter((_, i) => isKept(i)),
    body: prune({ ...body, outputs: body.outputs.filter((_, i) => isKept(states + i)) }),
  };
}

/** Applies `pass` to the bodies of scans, then to the graph itself. */
function everywhere(graph: Graph, pass: (graph: Graph) => Graph): Graph {
  const nodes = graph.nodes.map((node) =>
    node.body ? { ...node, body: everywhere(node.body, pass) } : node,
  );
  return pass({ ...graph, nodes });
}

const once = (graph: Graph): Graph => prune(simplify(fuse(prune(simplify(narrow(graph))))));

/**
 * The same results from fewer and larger nodes. Sums may be rounded in another order. Equal scans are merged
 * first, while none has lost an output that only another one's users need.
 */
export function optimize(graph: Graph): Graph {
  return verify(everywhere(prune(simplify(graph)), once));
}
