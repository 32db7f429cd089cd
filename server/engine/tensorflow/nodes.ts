import type { Graph, GraphNode } from '../ir/graph';
import { number } from '../ir/kernelTypes';
import type { Attributes, Value } from '../ir/tensors';
import { type DataType, type } from './proto';
import { type Frame, type Place, repeat } from './repeat';
import { rules } from './rules';
import type { Scope } from './scope';

/**
 * A loop over the first axis of `sequences`, with a `_Scan`'s body: states and slices in, next states and outputs out.
 */
interface Recurrence {
  readonly body: Graph;
  /** The place of the number of steps, an int32 scalar; all tensors below are places, too. */
  readonly count: string;
  /** Whether the last slices come first; outputs are stacked in the order of the slices all the same. */
  readonly reverse: boolean;
  readonly states: readonly string[];
  readonly sequences: readonly string[];
  /** What every step sees whole. */
  readonly captured: readonly string[];
}

const int32 = { T: type('int32') };

/** A list with room for `count` values like `value`. */
function reserve(scope: Scope, { shape, dtype }: Value, count: string): Place {
  const attr = { element_dtype: type(dtype), shape_type: type('int32') };
  return { place: scope.node('TensorListReserve', [scope.ints(shape), count], attr), dtype: 'variant' };
}

/** The list's values as one tensor [count, ...]. */
function stack(scope: Scope, { shape, dtype }: Value, list: string): string {
  return scope.node('TensorListStack', [list, scope.ints(shape)], { element_dtype: type(dtype) });
}

/** The index of the slices that a step takes, an int32 scalar. */
function timeOf({ scope, step, capture }: Frame, { count, reverse }: Recurrence): string {
  if (!reverse) return step;
  const past = scope.node('Sub', [capture({ place: count, dtype: 'int32' }), step], int32);
  return scope.node('Sub', [past, scope.ints([1], [])], int32);
}

/** Takes the slice at `time` out of [count, ...]; of a leading axis TensorFlow makes slices without copying. */
function slicer({ scope }: Frame, time: string): (place: string, dtype: DataType) => string {
  const one = scope.ints([1]);
  const begin = scope.node('Reshape', [time, one], int32);
  const end = scope.node('AddV2', [begin, one], int32);
  return (place, dtype) =>
    scope.node('StridedSlice', [place, begin, end, one], {
      T: type(dtype),
      Index: type('int32'),
      shrink_axis_mask: { i: 1 },
    });
}

/** Writes the loop. @returns the places of the final states, then of the outputs [count, ...]. */
export function recur(scope: Scope, given: Recurrence): string[] {
  const { body, count, states, sequences, captured } = given;
  const values = body.inputs.map(({ value }) => value);
  const outputs = body.outputs.map(({ value }) => value);
  const initial = body.state.map(({ value }, i) => ({ place: states[i] as string, dtype: value.dtype }));
  const lists = outputs.map((value) => reserve(scope, value, count));
  const finals = repeat(scope, count, [...initial, ...lists], (frame, carried) => {
    const { scope: inner, capture } = frame;
    const time = timeOf(frame, given);
    const slice = slicer(frame, time);
    [...sequences, ...captured].forEach((place, i) => {
      const value = values[i] as Value;
      const seen = capture({ place, dtype: value.dtype });
      inner.bind(value, i < sequences.length ? slice(seen, value.dtype) : seen);
    });
    body.state.forEach(({ value }, i) => {
      inner.bind(value, carried[i] as string);
    });
    writeGraph(inner, body);
    const stored = outputs.map((value, i) =>
      inner.node('TensorListSetItem', [carried[states.length + i] as string, time, inner.get(value)], {
        element_dtype: type(value.dtype),
      }),
    );
    return [...body.nextState.map(({ value }) => inner.get(value)), ...stored];
  });
  const stacked = outputs.map((value, i) => stack(scope, value, finals[states.length + i] as string));
  return [...finals.slice(0, states.length), ...stacked];
}

/** A `_Scan` node. */
function writeScan(scope: Scope, body: Graph, attributes: Attributes, inputs: readonly string[]): string[] {
  const states = number(attributes, 'states');
  const captured = states + number(attributes, 'sequences');
  return recur(scope, {
    body,
    count: scope.ints([number(attributes, 'length')], []),
    reverse: Boolean(attributes.reverse),
    states: inputs.slice(0, states),
    sequences: inputs.slice(states, captured),
    captured: inputs.slice(captured),
  });
}

function writeNode(scope: Scope, { kernel, attributes, inputs, outputs, body }: GraphNode): void {
  const { node, constant, floats, ints } = scope;
  const places = inputs.map(scope.get);
  const made = rules[kernel]({
    inputs: places,
    values: { inputs, output: outputs[0] as Value },
    attributes,
    node,
    constant,
    floats,
    ints,
    scan: () => writeScan(scope, body as Graph, attributes, places),
  });
  [made].flat().forEach((place, i) => {
    scope.bind(outputs[i] as Value, place);
  });
}

/** Writes a graph's constants and nodes into a scope, in which its state and inputs are bound already; binds the rest. */
export function writeGraph(scope: Scope, graph: Graph): void {
  for (const { value, data } of graph.constants)
    scope.bind(value, scope.constant(value.dtype, data, value.shape));
  for (const node of graph.nodes) writeNode(scope, node);
}
