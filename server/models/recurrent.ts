import * as tf from '@tensorflow/tfjs-core';
import type { SpecMap } from '@/server/engine/program';
import type { Tree } from '@/server/engine/trace/tree';
import { withGradient } from './withGradient';

type Tensor = tf.Tensor;

// Shapes: time, steps of a window; batch, windows at once; inputs and units of a layer.

/** One entry a gate. */
export type ByGate<Gate extends string, T> = { readonly [Name in Gate]: T };

export const byGate = <Gate extends string, T>(
  gates: readonly Gate[],
  of: (gate: Gate, at: number) => T,
): ByGate<Gate, T> => Object.fromEntries(gates.map((gate, at) => [gate, of(gate, at)])) as ByGate<Gate, T>;

/** What a cell's forward pass leaves for its backward pass; all [time, batch, ...]. */
export type Pass<Saved extends Tree> = {
  /** The hidden state after each step, [time, batch, units]. */
  readonly hidden: Tensor;
  readonly saved: Saved;
};

/** What a cell works with besides its inputs. */
export interface Recurrence<Gate extends string> {
  /** Recurrent kernels, [units, units]. */
  readonly kernels: ByGate<Gate, Tensor>;
  /** What dropout multiplies the hidden state by before each kernel, [batch, units]; 1 without dropout. */
  readonly masks: ByGate<Gate, Tensor | 1>;
  readonly bias: Tensor;
}

/** Gradients by the sums that enter the gates: of the input's part and of the hidden state's, [time, batch, units]. */
export interface GateGradients<Gate extends string> {
  readonly inputs: ByGate<Gate, Tensor>;
  readonly recurrent: ByGate<Gate, Tensor>;
}

/** What a cell carries from step to step, [batch, units] each: the hidden state first. */
export type Carried = readonly [hidden: Tensor, ...more: Tensor[]];

/** A recurrent cell: its gates' sums of the inputs come ready made, since one product makes them for all time steps. */
export interface Cell<
  Gate extends string = string,
  State extends Carried = Carried,
  Saved extends Tree = Tree,
> {
  /** In the order of Keras. */
  readonly gates: readonly Gate[];
  /** How many values it carries. */
  readonly states: number;
  /** Rows of the bias [rows, gates * units]; the first belongs to the inputs. */
  readonly biases: number;
  /** A fresh bias, as Keras has it. */
  initialBias(units: number): Float32Array;
  /** One step from `carried` with the gates' input sums [batch, units]. */
  step(carried: State, sums: ByGate<Gate, Tensor>, recurrence: Recurrence<Gate>): State;
  /** All steps from a carried state of zeros, with the gates' input sums [time, batch, units]. */
  forward(sums: ByGate<Gate, Tensor>, recurrence: Recurrence<Gate>): Pass<Saved>;
  backward(dHidden: Tensor, pass: Pass<Saved>, recurrence: Recurrence<Gate>): GateGradients<Gate>;
  /** [rows, gates * units], from the gates' gradients summed over time and batch, [units]. */
  biasGradient(sums: GateGradients<Gate>): Tensor;
}

export const masked = (x: Tensor, mask: Tensor | 1): Tensor => (mask === 1 ? x : tf.mul(x, mask));

/** [time, batch, n] as a matrix. */
const rows = (x: Tensor): Tensor => tf.reshape(x, [-1, x.shape.at(-1) as number]);

/** The gates' columns of [..., gates * units]. */
function columns<Gate extends string>({ gates }: Cell<Gate>, kernel: Tensor): ByGate<Gate, Tensor> {
  const parts = tf.split(kernel, gates.length, 1);
  return byGate(gates, (_, at) => parts[at] as Tensor);
}

/** What a carried value was before each step; zero before the first. */
export function before(carried: Tensor): Tensor {
  const [time, batch, units] = carried.shape as [number, number, number];
  if (time === 1) return tf.zeros([1, batch, units]);
  return tf.concat([tf.zeros([1, batch, units]), tf.slice(carried, [0, 0, 0], [time - 1, batch, units])], 0);
}

/** Weights of a layer, the gates' columns side by side. */
export const recurrentSpecs = (
  { gates, biases }: Pick<Cell, 'gates' | 'biases'>,
  inputs: number,
  units: number,
) =>
  ({
    kernel: { shape: [inputs, gates.length * units], dtype: 'float32' },
    recurrent: { shape: [units, gates.length * units], dtype: 'float32' },
    bias: { shape: [biases, gates.length * units], dtype: 'float32' },
  }) as const satisfies SpecMap;

type LayerWeights = { readonly [Name in keyof ReturnType<typeof recurrentSpecs>]: Tensor };

/** Masks of one layer: of its inputs [batch, inputs] and of its hidden state [batch, units]. */
export interface LayerMasks<Gate extends string = string> {
  readonly inputs: ByGate<Gate, Tensor | 1>;
  readonly hidden: ByGate<Gate, Tensor | 1>;
}

/** The gates' input sums of one step or of all: `x` [..., inputs] to [..., units] a gate. */
export function inputSums<Gate extends string>(
  cell: Cell<Gate>,
  { kernel, bias }: LayerWeights,
  x: Tensor,
  masks: LayerMasks<Gate>['inputs'],
): ByGate<Gate, Tensor> {
  const units = (kernel.shape[1] as number) / cell.gates.length;
  const biases = columns(cell, tf.slice(bias, [0, 0], [1, -1]));
  const kernels = columns(cell, kernel);
  return byGate(cell.gates, (gate) => {
    const input = rows(masked(x, masks[gate])); // [time * batch, inputs]
    const sums = tf.add(tf.matMul(input, kernels[gate]), tf.reshape(biases[gate], [units])); // [time * batch, units]
    return tf.reshape(sums, [...x.shape.slice(0, -1), units]); // [time, batch, units]
  });
}

export const recurrenceOf = <Gate extends string>(
  cell: Cell<Gate>,
  { recurrent, bias }: LayerWeights,
  masks: LayerMasks<Gate>['hidden'],
): Recurrence<Gate> => ({ kernels: columns(cell, recurrent), masks, bias });

/**
 * A layer over a whole window, from a zero state: `x` [time, batch, inputs] to hidden states
 * [time, batch, units]. Its gradient is written out, so that each weight's is one product over all time steps.
 */
export function recurrentLayer(cell: Cell, weights: LayerWeights, x: Tensor, masks: LayerMasks): Tensor {
  const layer = withGradient({
    forward: ({ x, kernel, recurrent, bias }: LayerWeights & { readonly x: Tensor }) => {
      const own = { kernel, recurrent, bias };
      const pass = cell.forward(inputSums(cell, own, x, masks.inputs), recurrenceOf(cell, own, masks.hidden));
      return { value: pass.hidden, saved: { x, own, pass } };
    },
    backward: (dHidden, { x, own, pass }) => layerGradients(cell, own, masks, x, pass, dHidden),
  });
  const { kernel, recurrent, bias } = weights;
  return layer({ x, kernel, recurrent, bias });
}

function layerGradients<Gate extends string, Saved extends Tree>(
  cell: Cell<Gate, Carried, Saved>,
  weights: LayerWeights,
  masks: LayerMasks<Gate>,
  x: Tensor,
  pass: Pass<Saved>,
  dHidden: Tensor,
) {
  const { inputs, recurrent } = cell.backward(dHidden, pass, recurrenceOf(cell, weights, masks.hidden));
  const previous = before(pass.hidden); // [time, batch, units]
  const product = (input: Tensor, mask: Tensor | 1, gradient: Tensor): Tensor =>
    tf.matMul(rows(masked(input, mask)), rows(gradient), true);
  const kernels = cell.gates.map((gate) => product(x, masks.inputs[gate], inputs[gate])); // [inputs, units] each
  const recurrents = cell.gates.map((gate) => product(previous, masks.hidden[gate], recurrent[gate])); // [units, units] each
  const totals = (gradients: ByGate<Gate, Tensor>) =>
    byGate(cell.gates, (gate) => tf.sum(rows(gradients[gate]), 0));
  const sums = { inputs: totals(inputs), recurrent: totals(recurrent) }; // [units] each
  const columnsOf = columns(cell, weights.kernel);
  const parts = cell.gates.map((gate) => {
    const back = tf.matMul(rows(inputs[gate]), columnsOf[gate], false, true); // [time * batch, inputs]
    return masked(tf.reshape(back, x.shape), masks.inputs[gate]);
  });
  return {
    x: parts.reduce((sum, part) => tf.add(sum, part)), // [time, batch, inputs]
    kernel: tf.concat(kernels, 1), // [inputs, gates * units]
    recurrent: tf.concat(recurrents, 1), // [units, gates * units]
    bias: cell.biasGradient(sums), // [rows, gates * units]
  };
}
