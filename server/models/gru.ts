import * as tf from '@tensorflow/tfjs-core';
import { scan } from '@/server/engine/trace/scan';
import { before, type Cell, masked, packed, type Recurrence, unpacked } from './recurrent';

type Tensor = tf.Tensor;

/** The candidate's recurrent bias, [units]: with the reset gate after the product it is a bias of its own. */
function candidateBias({ bias }: Recurrence): Tensor {
  const units = (bias.shape[1] as number) / 3;
  return tf.reshape(tf.slice(bias, [1, 2 * units], [1, units]), [units]);
}

/** The input sums with the recurrent biases of the update and the reset gate, which add up with the inputs' own. */
function withBias([z, r, n]: readonly Tensor[], { bias }: Recurrence): Tensor[] {
  const units = (bias.shape[1] as number) / 3;
  const biasOf = (gate: number) => tf.reshape(tf.slice(bias, [1, gate * units], [1, units]), [units]);
  return [tf.add(z as Tensor, biasOf(0)), tf.add(r as Tensor, biasOf(1)), n as Tensor];
}

/** z and r open the gates, q is the candidate's recurrent part, n the candidate. */
function cellStep(
  h: Tensor,
  [xz, xr, xn]: readonly Tensor[],
  { kernels, masks }: Pick<Recurrence, 'kernels' | 'masks'>,
  bias: Tensor,
) {
  const product = (gate: number) =>
    tf.matMul(masked(h, masks[gate] as Tensor | 1) as tf.Tensor2D, kernels[gate] as tf.Tensor2D);
  const z = tf.sigmoid(tf.add(product(0), xz as Tensor));
  const r = tf.sigmoid(tf.add(product(1), xr as Tensor));
  const q = tf.add(product(2), bias);
  const n = tf.tanh(tf.add(tf.mul(r, q), xn as Tensor));
  return { next: tf.add(tf.mul(z, tf.sub(h, n)), n), z, r, q, n };
}

/**
 * The gated recurrent unit of Cho et al. with the reset gate after the recurrent product, as Keras and
 * cuDNN have it (`reset_after`); gates in Keras's order z, r, n:
 *   z = s(x Wz + h Uz + b), r = s(x Wr + h Ur + b), n = tanh(x Wn + b + r (h Un + b')), h' = z h + (1 - z) n
 */
export const gru: Cell = {
  gates: 3,
  states: 1,
  biases: 2,
  initialBias: (units) => new Float32Array(2 * 3 * units),
  step: ([h], sums, recurrence) => {
    const whole = withBias(sums, recurrence);
    return [cellStep(h as Tensor, whole, recurrence, candidateBias(recurrence)).next];
  },
  forward: (sums, recurrence) => {
    const [xz] = sums as [Tensor];
    const [, batch, units] = xz.shape as [number, number, number];
    const { stacked } = scan({
      initial: [tf.zeros([batch, units])],
      sequences: withBias(sums, recurrence),
      captured: [candidateBias(recurrence), ...packed(recurrence)],
      step: ([h], slices, [bias, ...rest]) => {
        const own = unpacked(rest, recurrence);
        const { next, z, r, q, n } = cellStep(h as Tensor, slices, own, bias as Tensor);
        return { carried: [next], outputs: [next, z, r, q, n] };
      },
    });
    const [hidden, ...saved] = stacked;
    return { hidden: hidden as Tensor, saved };
  },
  /** Every gate's gradient is linear in the hidden state's, so its factors are computed for all steps at once. */
  backward: (dHidden, { hidden, saved }, recurrence) => {
    const [z, r, q, n] = saved as [Tensor, Tensor, Tensor, Tensor];
    const [, batch, units] = hidden.shape as [number, number, number];
    const closed = tf.sub(1, z);
    const byZ = tf.mul(tf.mul(tf.sub(before(hidden), n), z), closed);
    const byN = tf.mul(closed, tf.sub(1, tf.square(n)));
    const byQ = tf.mul(byN, r);
    const byR = tf.mul(tf.mul(byQ, q), tf.sub(1, r));
    const { stacked } = scan({
      reverse: true,
      initial: [tf.zeros([batch, units])],
      sequences: [dHidden, z, byZ, byR, byQ, byN],
      captured: packed(recurrence),
      step: ([later], [dy, open, byZ, byR, byQ, byN], rest) => {
        const { kernels, masks } = unpacked(rest, recurrence);
        const dh = tf.add(later as Tensor, dy as Tensor);
        const dz = tf.mul(dh, byZ as Tensor);
        const dr = tf.mul(dh, byR as Tensor);
        const dq = tf.mul(dh, byQ as Tensor);
        const back = [dz, dr, dq].map((each, gate) => {
          const product = tf.matMul(each as tf.Tensor2D, kernels[gate] as tf.Tensor2D, false, true);
          return masked(product, masks[gate] as Tensor | 1);
        });
        const earlier = back.reduce((sum, part) => tf.add(part, sum), tf.mul(dh, open as Tensor));
        return { carried: [earlier], outputs: [dz, dr, dq, tf.mul(dh, byN as Tensor)] };
      },
    });
    const [dz, dr, dq, dn] = stacked as [Tensor, Tensor, Tensor, Tensor];
    return { inputs: [dz, dr, dn], recurrent: [dz, dr, dq] };
  },
  biasGradient: ({ inputs, recurrent }) =>
    tf.concat([inputs, recurrent].map((gates) => tf.expandDims(tf.concat([...gates], 0)))),
};
