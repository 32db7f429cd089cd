import * as tf from '@tensorflow/tfjs-core';
import { scan } from '@/server/engine/trace/scan';
import { before, type Cell, masked, packed, type Recurrence, unpacked } from './recurrent';

type Tensor = tf.Tensor;

/** i, f and o open the gates, g is the candidate, c the carried memory, t its tanh. */
function cellStep(
  [h, c]: readonly Tensor[],
  sums: readonly Tensor[],
  { kernels, masks }: Pick<Recurrence, 'kernels' | 'masks'>,
) {
  const gate = (index: number) => {
    const product = tf.matMul(
      masked(h as Tensor, masks[index] as Tensor | 1) as tf.Tensor2D,
      kernels[index] as tf.Tensor2D,
    );
    return tf.add(product, sums[index] as Tensor);
  };
  const [i, f, g, o] = [tf.sigmoid(gate(0)), tf.sigmoid(gate(1)), tf.tanh(gate(2)), tf.sigmoid(gate(3))];
  const memory = tf.add(tf.mul(f, c as Tensor), tf.mul(i, g));
  const t = tf.tanh(memory);
  return { hidden: tf.mul(o, t), memory, i, f, g, o, t };
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber, with forget gates), gates in Keras's order i, f, g, o:
 *   c' = f c + i g, h' = o tanh(c'). The forget gate's bias starts at 1.
 */
export const lstm: Cell = {
  gates: 4,
  states: 2,
  biases: 1,
  initialBias: (units) => new Float32Array(4 * units).fill(1, units, 2 * units),
  step: (carried, sums, recurrence) => {
    const { hidden, memory } = cellStep(carried, sums, recurrence);
    return [hidden, memory];
  },
  forward: (sums, recurrence) => {
    const [, batch, units] = (sums[0] as Tensor).shape as [number, number, number];
    const { stacked } = scan({
      initial: [tf.zeros([batch, units]), tf.zeros([batch, units])],
      sequences: sums,
      captured: packed(recurrence),
      step: (carried, slices, rest) => {
        const { hidden, memory, i, f, g, o, t } = cellStep(carried, slices, unpacked(rest, recurrence));
        return { carried: [hidden, memory], outputs: [hidden, memory, i, f, g, o, t] };
      },
    });
    const [hidden, ...saved] = stacked;
    return { hidden: hidden as Tensor, saved };
  },
  /** As in the GRU: the gates' gradients are linear in those of hidden state and memory. */
  backward: (dHidden, { hidden, saved }, recurrence) => {
    const [memory, i, f, g, o, t] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
    const [, batch, units] = hidden.shape as [number, number, number];
    const slope = (gate: Tensor) => tf.mul(gate, tf.sub(1, gate));
    const byO = tf.mul(t, slope(o));
    const byMemory = tf.mul(o, tf.sub(1, tf.square(t)));
    const byI = tf.mul(g, slope(i));
    const byF = tf.mul(before(memory), slope(f));
    const byG = tf.mul(i, tf.sub(1, tf.square(g)));
    const { stacked } = scan({
      reverse: true,
      initial: [tf.zeros([batch, units]), tf.zeros([batch, units])],
      sequences: [dHidden, f, byO, byMemory, byI, byF, byG],
      captured: packed(recurrence),
      step: ([laterHidden, laterMemory], [dy, open, byO, byMemory, byI, byF, byG], rest) => {
        const { kernels, masks } = unpacked(rest, recurrence);
        const dh = tf.add(laterHidden as Tensor, dy as Tensor);
        const dc = tf.add(tf.mul(dh, byMemory as Tensor), laterMemory as Tensor);
        const gates = [
          tf.mul(dc, byI as Tensor),
          tf.mul(dc, byF as Tensor),
          tf.mul(dc, byG as Tensor),
          tf.mul(dh, byO as Tensor),
        ];
        const earlier = gates
          .map((each, gate) => {
            const product = tf.matMul(each as tf.Tensor2D, kernels[gate] as tf.Tensor2D, false, true);
            return masked(product, masks[gate] as Tensor | 1);
          })
          .reduce((sum, part) => tf.add(part, sum));
        return { carried: [earlier, tf.mul(dc, open as Tensor)], outputs: gates };
      },
    });
    return { inputs: stacked, recurrent: stacked };
  },
  biasGradient: ({ inputs }) => tf.expandDims(tf.concat([...inputs], 0)),
};
