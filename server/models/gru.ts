import * as tf from '@tensorflow/tfjs-core';
import { scan } from '@/server/engine/trace/scan';
import { type ByGate, before, byGate, type Cell, masked, type Recurrence } from './recurrent';

type Tensor = tf.Tensor;

// Shapes as in recurrent.ts.

/** Update, reset and candidate. */
const gates = ['z', 'r', 'n'] as const;
type Gate = (typeof gates)[number];

/** A gate's recurrent bias, [units]. */
function recurrentBias({ bias }: Recurrence<Gate>, gate: Gate): Tensor {
  const units = (bias.shape[1] as number) / gates.length;
  return tf.reshape(tf.slice(bias, [1, gates.indexOf(gate) * units], [1, units]), [units]);
}

/** The input sums with the recurrent biases of the update and the reset gate, which add up with the inputs' own. */
const withBias = ({ z, r, n }: ByGate<Gate, Tensor>, recurrence: Recurrence<Gate>): ByGate<Gate, Tensor> => ({
  z: tf.add(z, recurrentBias(recurrence, 'z')),
  r: tf.add(r, recurrentBias(recurrence, 'r')),
  n,
});

/** z and r open the gates, q is the candidate's recurrent part, n the candidate. */
function cellStep(
  h: Tensor,
  sums: ByGate<Gate, Tensor>,
  { kernels, masks }: Pick<Recurrence<Gate>, 'kernels' | 'masks'>,
  candidateBias: Tensor,
) {
  const product = (gate: Gate) => tf.matMul(masked(h, masks[gate]), kernels[gate]); // [batch, units]
  const z = tf.sigmoid(tf.add(product('z'), sums.z));
  const r = tf.sigmoid(tf.add(product('r'), sums.r));
  const q = tf.add(product('n'), candidateBias);
  const n = tf.tanh(tf.add(tf.mul(r, q), sums.n));
  return { next: tf.add(tf.mul(z, tf.sub(h, n)), n), z, r, q, n };
}

type Saved = Readonly<Record<'z' | 'r' | 'q' | 'n', Tensor>>;

/**
 * The gated recurrent unit of Cho et al. with the reset gate after the recurrent product, as Keras and
 * cuDNN have it (`reset_after`); gates in Keras's order z, r, n:
 *   z = s(x Wz + h Uz + b), r = s(x Wr + h Ur + b), n = tanh(x Wn + b + r (h Un + b')), h' = z h + (1 - z) n
 */
export const gru: Cell<Gate, readonly [Tensor], Saved> = {
  gates,
  states: 1,
  biases: 2,
  initialBias: (units) => new Float32Array(2 * gates.length * units),
  step: ([h], sums, recurrence) => {
    const whole = withBias(sums, recurrence);
    return [cellStep(h, whole, recurrence, recurrentBias(recurrence, 'n')).next];
  },
  forward: (sums, recurrence) => {
    const [, batch, units] = sums.z.shape as [number, number, number];
    const { kernels, masks } = recurrence;
    const { stacked } = scan({
      initial: { h: tf.zeros([batch, units]) },
      sequences: withBias(sums, recurrence),
      captured: { candidateBias: recurrentBias(recurrence, 'n'), kernels, masks },
      step: ({ h }, slices, { candidateBias, ...own }) => {
        const { next, ...saved } = cellStep(h, slices, own, candidateBias);
        return { carried: { h: next }, outputs: { hidden: next, saved } };
      },
    });
    return stacked;
  },
  /** Every gate's gradient is linear in the hidden state's, so its factors are computed for all steps at once. */
  backward: (dHidden, { hidden, saved: { z, r, q, n } }, { kernels, masks }) => {
    const [, batch, units] = hidden.shape as [number, number, number];
    const closed = tf.sub(1, z); // [time, batch, units], as all of these
    const byZ = tf.mul(tf.mul(tf.sub(before(hidden), n), z), closed);
    const byN = tf.mul(closed, tf.sub(1, tf.square(n)));
    const byQ = tf.mul(byN, r);
    const byR = tf.mul(tf.mul(byQ, q), tf.sub(1, r));
    const { stacked } = scan({
      reverse: true,
      initial: { later: tf.zeros([batch, units]) },
      sequences: { dy: dHidden, z, byZ, byR, byQ, byN },
      captured: { kernels, masks },
      step: ({ later }, { dy, z, byZ, byR, byQ, byN }, { kernels, masks }) => {
        const dh = tf.add(later, dy); // [batch, units]
        const recurrent = { z: tf.mul(dh, byZ), r: tf.mul(dh, byR), n: tf.mul(dh, byQ) };
        const back = byGate(gates, (gate) => {
          const product = tf.matMul(recurrent[gate], kernels[gate], false, true); // [batch, units]
          return masked(product, masks[gate]);
        });
        const earlier = gates.reduce((sum, gate) => tf.add(back[gate], sum), tf.mul(dh, z));
        return { carried: { later: earlier }, outputs: { recurrent, dn: tf.mul(dh, byN) } };
      },
    });
    const { recurrent, dn } = stacked; // [time, batch, units] each
    return { inputs: { ...recurrent, n: dn }, recurrent };
  },
  biasGradient: ({ inputs, recurrent }) =>
    tf.concat([inputs, recurrent].map((sums) => tf.expandDims(tf.concat(Object.values(sums), 0)))),
};
