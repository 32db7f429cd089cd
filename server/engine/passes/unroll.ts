import type { Graph, GraphNode } from '../ir/graph';
import { GraphError, type Value } from '../ir/tensors';
import { Rewriter } from './rewriter';

/** Replaces every scan by copies of its body, one a step, for executors that have no scan. */
export function unroll(graph: Graph): Graph {
  const by = new Rewriter(graph);
  for (const constant of graph.constants) by.keep(constant);
  for (const node of graph.nodes) {
    const resolved = { ...node, inputs: node.inputs.map((input) => by.resolve(input)) };
    if (node.body) unrollScan(resolved, unroll(node.body), by);
    else by.emit(resolved);
  }
  return by.finish();
}

function unrollScan({ attributes, inputs, outputs }: GraphNode, body: Graph, by: Rewriter): void {
  const length = attributes.length as number;
  const states = body.state.length;
  const sequences = inputs.slice(states, states + (attributes.sequences as number));
  const captured = inputs.slice(states + sequences.length);
  const constants = new Map(body.constants.map((each) => [each.value.id, by.copy(each)] as const));
  const slices = sequences.map((each) => by.parts(each, length));
  let carried: readonly Value[] = inputs.slice(0, states);
  const stacked: Value[][] = body.outputs.map(() => []);
  for (let i = 0; i < length; i++) {
    const t = attributes.reverse ? length - 1 - i : i;
    const given = [...carried, ...slices.map((each) => each[t] as Value), ...captured];
    const names = [...body.state, ...body.inputs].map(
      ({ value }, k) => [value.id, given[k] as Value] as const,
    );
    const known = new Map([...constants, ...names]);
    inline(body, known, by);
    carried = body.nextState.map(({ value }) => lookUp(known, value));
    body.outputs.forEach(({ value }, k) => {
      (stacked[k] as Value[])[t] = lookUp(known, value);
    });
  }
  by.replaceAll(outputs, [...carried, ...stacked.map((values) => by.stack(values))]);
}

/** One copy of the body's nodes; `known` learns what its values are now. */
function inline(body: Graph, known: Map<number, Value>, by: Rewriter): void {
  for (const { kernel, attributes, inputs, outputs } of body.nodes) {
    const made = outputs.map((output) => by.like(output));
    by.emit({ kernel, attributes, inputs: inputs.map((input) => lookUp(known, input)), outputs: made });
    for (const [i, { id }] of outputs.entries()) known.set(id, made[i] as Value);
  }
}

function lookUp(known: ReadonlyMap<number, Value>, { id }: Value): Value {
  const value = known.get(id);
  if (!value) throw new GraphError(`%${id} is not known in a scan's body`);
  return value;
}
