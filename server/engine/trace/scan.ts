import {
  concat,
  engine,
  expandDims,
  getKernel,
  type NamedTensorMap,
  split,
  squeeze,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { leavesOf, type Tree, withLeaves } from './tree';

/** A recurrence; what it carries, reads, captures and puts out are trees of tensors. */
export interface Scan<
  Carried extends Tree,
  Slices extends Tree,
  Captured extends Tree,
  Outputs extends Tree,
> {
  /** One step, in TensorFlow.js ops. It may use only what it is given, and constants. */
  step(
    carried: Carried,
    slices: Slices,
    captured: Captured,
  ): { readonly carried: Carried; readonly outputs: Outputs };
  /** What the first step is given as carried. */
  readonly initial: Carried;
  /** [length, ...] each; a step sees one slice [...] of each. */
  readonly sequences: Slices;
  /** The same in every step. */
  readonly captured: Captured;
  /** From the last slice to the first. */
  readonly reverse?: boolean;
}

/** A scan as its kernel takes it: lists in place of trees. */
export type ScanStep = (
  carried: readonly Tensor[],
  slices: readonly Tensor[],
  captured: readonly Tensor[],
) => { readonly carried: readonly Tensor[]; readonly outputs: readonly Tensor[] };

interface FlatScan {
  readonly step: ScanStep;
  readonly initial: readonly Tensor[];
  readonly sequences: readonly Tensor[];
  readonly captured: readonly Tensor[];
  readonly length: number;
  readonly reverse: boolean;
}

const SCAN = '_Scan';

/** The loop itself, where nothing is compiled. @returns the last carried values, then the stacked outputs. */
function loop({ step, initial, sequences, captured, length, reverse }: FlatScan): Tensor[] {
  const slices = sequences.map((each) => split(each, length).map((slice) => squeeze(slice, [0])));
  const order = Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i));
  let carried = initial;
  const steps = order.map((t) => {
    const result = step(
      carried,
      slices.flatMap((each) => each[t] ?? []),
      captured,
    );
    carried = result.carried;
    return result.outputs;
  });
  const byTime = reverse ? steps.toReversed() : steps;
  const count = byTime[0]?.length ?? 0;
  const stacked = Array.from({ length: count }, (_, k) =>
    concat(byTime.flatMap((outputs) => outputs[k] ?? []).map((each) => expandDims(each))),
  );
  return [...carried, ...stacked];
}

function kernel({ step, initial, sequences, captured, length, reverse }: FlatScan): Tensor[] {
  const inputs = [...initial, ...sequences, ...captured];
  const attributes = { length, reverse, states: initial.length, sequences: sequences.length, step };
  return engine().runKernel(SCAN, inputs as unknown as NamedTensorMap, attributes as never);
}

/**
 * A recurrence over the first axis of `sequences`: the engine compiles its step once, however long it is.
 * It has no gradient of its own: a layer that trains gives it one by `withGradient`.
 * @returns the last carried values, and each step's outputs stacked by time, [length, ...].
 */
export function scan<Carried extends Tree, Slices extends Tree, Captured extends Tree, Outputs extends Tree>(
  given: Scan<Carried, Slices, Captured, Outputs>,
): { final: Carried; stacked: Outputs } {
  const [initial, sequences] = [leavesOf(given.initial), leavesOf(given.sequences)];
  const length = sequences[0]?.shape[0];
  if (!length) throw new RangeError('A scan has at least one sequence and one step');
  const made: Outputs[] = [];
  const step: ScanStep = (carried, slices, captured) => {
    const result = given.step(
      withLeaves(given.initial, carried),
      withLeaves(given.sequences, slices),
      withLeaves(given.captured, captured),
    );
    made.push(result.outputs);
    return { carried: leavesOf(result.carried), outputs: leavesOf(result.outputs) };
  };
  const run = getKernel(SCAN, engine().backendName) ? kernel : loop;
  const captured = leavesOf(given.captured);
  const results = run({ step, initial, sequences, captured, length, reverse: given.reverse ?? false });
  const [outputs] = made as [Outputs];
  return {
    final: withLeaves(given.initial, results.slice(0, initial.length)),
    stacked: withLeaves(outputs, results.slice(initial.length)),
  };
}
