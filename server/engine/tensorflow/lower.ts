import type { Graph, Named } from '../ir/graph';
import type { Value } from '../ir/tensors';
import type { SpecMap, TensorSpec } from '../program';
import { recur, writeGraph } from './nodes';
import { encodeSavedModel, type Signature, shapeAttribute, type TensorInfo, tensorInfo, type } from './proto';
import { Scope } from './scope';

/** Names in the signatures of a lowered model: what the executor feeds and fetches. */
export const names = {
  steps: 'steps',
  done: 'done',
  state: (name: string) => `state:${name}`,
  input: (name: string) => `input:${name}`,
  output: (name: string) => `output:${name}`,
} as const;

type Infos = Record<string, TensorInfo>;

/** Adds a placeholder, and an entry for it to a signature's `inputs`. @returns its place. */
function feed(
  scope: Scope,
  inputs: Infos,
  name: string,
  dtype: 'float32' | 'int32' | 'uint8',
  dims: readonly number[],
) {
  const place = scope.placeholder(dtype, dims);
  inputs[name] = tensorInfo(place, dtype, dims);
  return place;
}

/** The same for an input [...stack, ...shape] of a step or call; encoded bytes become floats, `value * scale`. */
function feedInput(
  scope: Scope,
  inputs: Infos,
  name: string,
  spec: TensorSpec,
  stack: readonly number[],
): string {
  const { dtype, shape, encoding } = spec;
  const place = feed(scope, inputs, names.input(name), encoding?.dtype ?? dtype, [...stack, ...shape]);
  if (!encoding) return place;
  const floats = scope.node('Cast', [place], { SrcT: type('uint8'), DstT: type('float32') });
  return scope.node('Mul', [floats, scope.floats([encoding.scale])], { T: type('float32') });
}

/** Only the state that the graph reads: a call is fed no more than it needs. */
function usedState(graph: Graph): Named[] {
  const used = new Set(graph.nodes.flatMap(({ inputs }) => inputs.map(({ id }) => id)));
  for (const { value } of graph.outputs) used.add(value.id);
  return graph.state.filter(({ value }) => used.has(value.id));
}

/**
 * A call as the bytes of a SavedModel with one signature, `call`: `state:*` and `input:*` in, `output:*` out.
 * @param specs the call's inputs by name, for their encodings.
 */
export function lowerCall(graph: Graph, specs: SpecMap): Uint8Array {
  const scope = new Scope();
  const inputs: Infos = {};
  for (const { name, value } of usedState(graph))
    scope.bind(value, feed(scope, inputs, names.state(name), 'float32', value.shape));
  for (const { name, value } of graph.inputs)
    scope.bind(value, feedInput(scope, inputs, name, specs[name] as TensorSpec, []));
  writeGraph(scope, graph);
  const outputs = graph.outputs.map(({ name, value }) => {
    const place = scope.after([], scope.get(value), value.dtype);
    return [names.output(name), tensorInfo(place, value.dtype, value.shape)] as const;
  });
  return encodeSavedModel(scope.list.all, { call: { inputs, outputs: Object.fromEntries(outputs) } });
}

interface Variable {
  readonly name: string;
  readonly value: Value;
  /** Where its handle is, and its content before a training. */
  readonly handle: string;
  readonly content: string;
}

function variables(scope: Scope, state: readonly Named[]): Variable[] {
  return state.map(({ name, value }, i) => {
    const attr = {
      dtype: type(value.dtype),
      shape: shapeAttribute(value.shape),
      shared_name: { s: `state_${i}` },
    };
    const handle = scope.node('VarHandleOp', [], attr);
    const content = scope.node('ReadVariableOp', [handle], { dtype: type(value.dtype) });
    return { name, value, handle, content };
  });
}

/** Writes the tensor at `place` into a variable, once the nodes `after` have run. @returns the node's name. */
const assign = (scope: Scope, { handle, value }: Variable, place: string, ...after: string[]): string =>
  scope.node('AssignVariableOp', [handle, place, ...after.map((node) => `^${node}`)], {
    dtype: type(value.dtype),
  });

/** The signature `write`: `state:*` in, `done` (int32 scalar) out once all variables hold them. */
function writing(scope: Scope, state: readonly Variable[]): Signature {
  const inputs: Infos = {};
  const assigned = state.map((variable) => {
    const { name, value } = variable;
    return assign(scope, variable, feed(scope, inputs, names.state(name), 'float32', value.shape));
  });
  const done = scope.after(assigned, scope.ints([1], []), 'int32');
  return { inputs, outputs: { [names.done]: tensorInfo(done, 'int32', []) } };
}

/** The signature `read`: `state:*` out. */
function reading(state: readonly Variable[]): Signature {
  const outputs = state.map(({ name, value, content }) => [
    names.state(name),
    tensorInfo(content, value.dtype, value.shape),
  ]);
  return { inputs: {}, outputs: Object.fromEntries(outputs) };
}

/** The signature `train`: `steps` (int32 scalar) and stacked `input:*` [steps, ...] in, `output:*` [steps, ...] out. */
function training(scope: Scope, state: readonly Variable[], graph: Graph, specs: SpecMap): Signature {
  const inputs: Infos = {};
  const count = feed(scope, inputs, names.steps, 'int32', []);
  const sequences = graph.inputs.map(({ name }) =>
    feedInput(scope, inputs, name, specs[name] as TensorSpec, [-1]),
  );
  const states = state.map(({ content }) => content);
  const results = recur(scope, { body: graph, count, reverse: false, states, sequences, captured: [] });
  // A next state that doesn't need the present one might be there before that is read.
  const assigned = state.map((variable, i) =>
    assign(scope, variable, results[i] as string, variable.content),
  );
  const outputs = graph.outputs.map(({ name, value }, i) => {
    const place = scope.after(assigned, results[states.length + i] as string, value.dtype);
    return [names.output(name), tensorInfo(place, value.dtype, [-1, ...value.shape])];
  });
  return { inputs, outputs: Object.fromEntries(outputs) };
}

/**
 * A training step as the bytes of a SavedModel that takes any number of steps in one run. The state lies in resource
 * variables; of the three signatures, `write` sets them, `read` gives them, and `train` takes steps, writes the state
 * after the last one back, and gives the metrics of each.
 * @param specs the step's inputs by name, for their encodings.
 */
export function lowerStep(graph: Graph, specs: SpecMap): Uint8Array {
  const scope = new Scope();
  const state = variables(scope, graph.state);
  const signatures = {
    write: writing(scope, state),
    read: reading(state),
    train: training(scope, state, graph, specs),
  };
  return encodeSavedModel(scope.list.all, signatures);
}
