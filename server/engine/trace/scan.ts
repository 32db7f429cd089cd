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

/** One step of a scan, in TensorFlow.js ops. It may use only what it is given, and constants. */
export type ScanStep = (
  carried: readonly Tensor[],
  slices: readonly Tensor[],
  captured: readonly Tensor[],
) => { readonly carried: readonly Tensor[]; readonly outputs: readonly Tensor[] };

export interface Scan {
  readonly step: ScanStep;
  /** What the first step is given as carried. */
  readonly initial: readonly Tensor[];
  /** [length, ...] each; a step sees one slice [...] of each. */
  readonly sequences: readonly Tensor[];
  /** The same in every step. */
  readonly captured?: readonly Tensor[];
  /** From the last slice to the first. */
  readonly reverse?: boolean;
}

const SCAN = '_Scan';

/** The loop itself, where nothing is compiled. */
function loop({ step, initial, sequences, captured = [], reverse = false }: Scan): Tensor[] {
  const length = sequences[0]?.shape[0] ?? 0;
  const slices = sequences.map((each) => split(each, length).map((slice) => squeeze(slice, [0])));
  let carried = initial;
  const outputs: (readonly Tensor[])[] = [];
  for (let i = 0; i < length; i++) {
    const t = reverse ? length - 1 - i : i;
    const result = step(
      carried,
      slices.map((each) => each[t] as Tensor),
      captured,
    );
    carried = result.carried;
    outputs[t] = result.outputs;
  }
  const stacked = (outputs[0] ?? []).map((_, k) =>
    concat(outputs.map((each) => expandDims(each[k] as Tensor))),
  );
  return [...carried, ...stacked];
}

/**
 * A recurrence over the first axis of `sequences`: the engine compiles its step once, however long it is.
 * It has no gradient of its own: a layer that trains wraps it in `tf.customGrad`.
 * @returns the last carried values, and each step's outputs stacked by time, [length, ...].
 */
export function scan(given: Scan): { final: Tensor[]; stacked: Tensor[] } {
  const { step, initial, sequences, captured = [], reverse = false } = given;
  const length = sequences[0]?.shape[0];
  if (length === undefined) throw new RangeError('A scan has at least one sequence');
  const states = initial.length;
  const inputs = [...initial, ...sequences, ...captured];
  const attributes = { length, reverse, states, sequences: sequences.length, step };
  const results = getKernel(SCAN, engine().backendName)
    ? (engine().runKernel(SCAN, inputs as unknown as NamedTensorMap, attributes as never) as Tensor[])
    : loop(given);
  return { final: results.slice(0, states), stacked: results.slice(states) };
}
