import * as tf from '@tensorflow/tfjs-core';

type Tensor = tf.Tensor;

/** What a cell's forward pass leaves for its backward pass; all [time, batch, ...]. */
export interface Pass {
  /** The hidden state after each step, [time, batch, units]. */
  readonly hidden: Tensor;
  readonly saved: readonly Tensor[];
}

/** What a cell works with besides its inputs: one entry a gate. */
export interface Recurrence {
  /** Recurrent kernels, [units, units]. */
  readonly kernels: readonly Tensor[];
  /** What dropout multiplies the hidden state by before each kernel, [batch, units]; 1 without dropout. */
  readonly masks: readonly (Tensor | 1)[];
  readonly bias: Tensor;
}

/** Gradients by the sums that enter the gates: of the input's part and of the hidden state's, [time, batch, units]. */
export interface GateGradients {
  readonly inputs: readonly Tensor[];
  readonly recurrent: readonly Tensor[];
}

/** A recurrent cell: its gates' sums of the inputs come ready made, since one product makes them for all time steps. */
export interface Cell {
  readonly gates: number;
  /** Carried values: the hidden state first. */
  readonly states: number;
  /** Rows of the bias [rows, gates * units]; the first belongs to the inputs. */
  readonly biases: number;
  /** A fresh bias, as Keras has it. */
  initialBias(units: number): Float32Array;
  /** One step from `carried` [batch, units] with the gates' input sums [batch, units]. */
  step(carried: readonly Tensor[], sums: readonly Tensor[], recurrence: Recurrence): readonly Tensor[];
  forward(sums: readonly Tensor[], recurrence: Recurrence): Pass;
  backward(dHidden: Tensor, pass: Pass, recurrence: Recurrence): GateGradients;
  /** [rows, gates * units], from the gates' gradients summed over time and batch. */
  biasGradient(sums: { readonly inputs: readonly Tensor[]; readonly recurrent: readonly Tensor[] }): Tensor;
}

export const masked = (x: Tensor, mask: Tensor | 1): Tensor => (mask === 1 ? x : tf.mul(x, mask));

/** [time, batch, n] as a matrix. */
const rows = (x: Tensor): tf.Tensor2D => tf.reshape(x, [-1, x.shape.at(-1) as number]);

const columns = (kernel: Tensor, parts: number): Tensor[] => tf.split(kernel, parts, 1);

const isMask = (mask: Tensor | 1): mask is Tensor => mask !== 1;

/** A recurrence without its bias as a flat list, and back: a scan's step sees only what it is given. */
export const packed = ({ kernels, masks }: Recurrence): Tensor[] => [...kernels, ...masks.filter(isMask)];

/** `given` as `packed` made it; masks are there for all gates or for none. */
export function unpacked(
  given: readonly Tensor[],
  { masks }: Pick<Recurrence, 'masks'>,
): Pick<Recurrence, 'kernels' | 'masks'> {
  const gates = masks.length;
  return { kernels: given.slice(0, gates), masks: given.length > gates ? given.slice(gates) : masks };
}

/** What a carried value was before each step; zero before the first. */
export function before(carried: Tensor): Tensor {
  const [time, batch, units] = carried.shape as [number, number, number];
  if (time === 1) return tf.zeros([1, batch, units]);
  return tf.concat([tf.zeros([1, batch, units]), tf.slice(carried, [0, 0, 0], [time - 1, batch, units])], 0);
}

interface LayerWeights {
  /** [inputs, gates * units], [units, gates * units] and [rows, gates * units], in Keras's order of the gates. */
  readonly kernel: Tensor;
  readonly recurrent: Tensor;
  readonly bias: Tensor;
}

/** Masks of one layer, one a gate: of its inputs [batch, inputs] and of its hidden state [batch, units]. */
export interface LayerMasks {
  readonly inputs: readonly (Tensor | 1)[];
  readonly hidden: readonly (Tensor | 1)[];
}

/** The gates' input sums of one step or of all: `x` [..., inputs] to [..., units] a gate. */
export function inputSums(
  cell: Cell,
  { kernel, bias }: LayerWeights,
  x: Tensor,
  masks: LayerMasks['inputs'],
): Tensor[] {
  const units = (kernel.shape[1] as number) / cell.gates;
  const biases = tf.split(tf.slice(bias, [0, 0], [1, -1]), cell.gates, 1);
  return columns(kernel, cell.gates).map((each, gate) => {
    const input = rows(masked(x, masks[gate] as Tensor | 1));
    const sums = tf.add(tf.matMul(input, each as tf.Tensor2D), tf.reshape(biases[gate] as Tensor, [units]));
    return tf.reshape(sums, [...x.shape.slice(0, -1), units]);
  });
}

export const recurrenceOf = (
  cell: Cell,
  { recurrent, bias }: LayerWeights,
  masks: LayerMasks['hidden'],
): Recurrence => ({
  kernels: columns(recurrent, cell.gates),
  masks,
  bias,
});

/**
 * A layer over a whole window, from a zero state: `x` [time, batch, inputs] to hidden states
 * [time, batch, units]. Its gradient is written out, so that each weight's is one product over all time steps.
 */
export function recurrentLayer(cell: Cell, weights: LayerWeights, x: Tensor, masks: LayerMasks): Tensor {
  const layer = tf.customGrad((...given) => {
    const [input, kernel, recurrent, bias, save] = given as unknown as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      tf.GradSaveFunc,
    ];
    const own = { kernel, recurrent, bias };
    const pass = cell.forward(
      inputSums(cell, own, input, masks.inputs),
      recurrenceOf(cell, own, masks.hidden),
    );
    save([input, kernel, recurrent, bias, pass.hidden, ...pass.saved]);
    return {
      value: pass.hidden,
      gradFunc: (dHidden: Tensor, [x, kernel, recurrent, bias, hidden, ...saved]: Tensor[]) =>
        layerGradients(
          cell,
          { kernel: kernel as Tensor, recurrent: recurrent as Tensor, bias: bias as Tensor },
          masks,
          x as Tensor,
          { hidden: hidden as Tensor, saved },
          dHidden,
        ),
    };
  });
  return layer(x, weights.kernel, weights.recurrent, weights.bias);
}

function layerGradients(
  cell: Cell,
  weights: LayerWeights,
  masks: LayerMasks,
  x: Tensor,
  pass: Pass,
  dHidden: Tensor,
): Tensor[] {
  const gates = cell.backward(dHidden, pass, recurrenceOf(cell, weights, masks.hidden));
  const previous = before(pass.hidden);
  const product = (input: Tensor, mask: Tensor | 1, gradient: Tensor) =>
    tf.matMul(rows(masked(input, mask)), rows(gradient), true);
  const kernels = gates.inputs.map((each, gate) => product(x, masks.inputs[gate] as Tensor | 1, each));
  const recurrents = gates.recurrent.map((each, gate) =>
    product(previous, masks.hidden[gate] as Tensor | 1, each),
  );
  const total = (gradient: Tensor) => tf.sum(rows(gradient), 0);
  const sums = { inputs: gates.inputs.map(total), recurrent: gates.recurrent.map(total) };
  const parts = columns(weights.kernel, cell.gates).map((kernel, gate) => {
    const back = tf.matMul(rows(gates.inputs[gate] as Tensor), kernel as tf.Tensor2D, false, true);
    return masked(tf.reshape(back, x.shape), masks.inputs[gate] as Tensor | 1);
  });
  const dx = parts.reduce((sum, part) => tf.add(sum, part));
  return [dx, tf.concat(kernels, 1), tf.concat(recurrents, 1), cell.biasGradient(sums)];
}
