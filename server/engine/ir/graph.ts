import type { KernelName } from './kernels';
import { type Attributes, type ConstantData, GraphError, sameShape, sizeOf, type Value } from './tensors';

/** One kernel call and the values that it makes; all but a few kernels make one. */
export interface GraphNode {
  readonly kernel: KernelName;
  readonly attributes: Attributes;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** What a `_Scan` does in each of its steps. Its values are its own: nothing outside is seen in it. */
  readonly body?: Graph;
}

export interface Constant {
  readonly value: Value;
  readonly data: ConstantData;
}

export interface Named {
  readonly name: string;
  readonly value: Value;
}

/** What a trace recorded: nodes in an order in which each one's inputs exist already. */
export interface Graph {
  readonly state: readonly Named[];
  readonly inputs: readonly Named[];
  readonly constants: readonly Constant[];
  readonly nodes: readonly GraphNode[];
  /** The next state, in the order of `state`; empty for a call, which leaves the state as it is. */
  readonly nextState: readonly Named[];
  readonly outputs: readonly Named[];
}

/** The value of a node that makes a single one. */
export function outputOf({ kernel, outputs }: GraphNode): Value {
  const [output] = outputs;
  if (!output || outputs.length > 1)
    throw new GraphError(`${kernel} makes ${outputs.length} values, not one`);
  return output;
}

/**
 * Checks that every value is made once and before its use, that constants fill their shapes, and that
 * each next state has its state's shape and dtype.
 * @throws GraphError
 */
export function verify(graph: Graph): Graph {
  const made = new Set<number>();
  const make = ({ id }: Value) => {
    if (made.has(id)) throw new GraphError(`%${id} is made twice`);
    made.add(id);
  };
  const use = ({ id }: Value, by: string) => {
    if (!made.has(id)) throw new GraphError(`${by} uses %${id} before it is made`);
  };
  for (const { value } of [...graph.state, ...graph.inputs]) make(value);
  for (const { value, data } of graph.constants) {
    make(value);
    if (data.length !== sizeOf(value.shape))
      throw new GraphError(`Constant %${value.id} of [${value.shape}] holds ${data.length} values`);
  }
  for (const { kernel, inputs, outputs, body } of graph.nodes) {
    for (const input of inputs) use(input, kernel);
    outputs.forEach(make);
    if (body) verify(body);
  }
  for (const { name, value } of [...graph.nextState, ...graph.outputs]) use(value, `Output ${name}`);
  graph.nextState.forEach(({ name, value }, i) => {
    const before = graph.state[i];
    if (before?.name !== name)
      throw new GraphError(`Next state ${name} stands where ${before?.name} is expected`);
    if (!sameShape(before.value.shape, value.shape) || before.value.dtype !== value.dtype)
      throw new GraphError(
        `State ${name} was ${before.value.dtype}[${before.value.shape}], becomes ${value.dtype}[${value.shape}]`,
      );
  });
  return graph;
}

const typed = ({ id, dtype, shape }: Value) => `%${id}: ${dtype}[${shape}]`;

function printConstant({ value, data }: Constant): string {
  const shown = [...data.slice(0, 4)].map((x) => Number(x.toPrecision(6))).join(', ');
  return `  ${typed(value)} = constant ${shown}${data.length > 4 ? ', ...' : ''}`;
}

function printNode({ kernel, attributes, inputs, outputs, body }: GraphNode): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== null && value !== false);
  const text = given.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(' ');
  const made = outputs.map(typed).join(', ');
  const line = `  ${made} = ${kernel}(${inputs.map(({ id }) => `%${id}`).join(', ')})${text && ` ${text}`}`;
  return body ? [line, ...print(body).split('\n')].join('\n    ') : line;
}

/** The graph as text, one line a value: for tests, errors and curiosity. */
export function print(graph: Graph): string {
  const named = (kind: string) => (entry: Named) => `${kind} ${entry.name} = ${typed(entry.value)}`;
  return [
    ...graph.state.map(named('state')),
    ...graph.inputs.map(named('input')),
    ...graph.constants.map(printConstant),
    ...graph.nodes.map(printNode),
    ...graph.nextState.map(named('next')),
    ...graph.outputs.map(named('output')),
  ].join('\n');
}
