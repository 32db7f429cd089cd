import { fuse } from './fuse';
import { type Graph, verify } from './graph';
import { simplify } from './simplify';

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
