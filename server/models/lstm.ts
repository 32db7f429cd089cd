import * as tf from '@tensorflow/tfjs-core';
import { scan } from '@/server/engine/trace/scan';
import { type ByGate, before, type Cell, masked, type Recurrence } from './recurrent';

type Tensor = tf.Tensor;

// Shapes as in recurrent.ts.

/** Input, forget, candidate and output. */
const gates = ['i', 'f', 'g', 'o'] as const;
type Gate = (typeof gates)[number];

/** i, f and o open the gates, g is the candidate, c the carried memory, t its tanh. */
function cellStep(
  h: Tensor,
  c: Tensor,
  sums: ByGate<Gate, Tensor>,
  { kernels, masks }: Pick<Recurrence<Gate>, 'kernels' | 'masks'>,
) {
  const gate = (name: Gate): Tensor => tf.add(tf.matMul(masked(h, masks[name]), kernels[name]), sums[name]);
  const [i, f, g, o] = [
    tf.sigmoid(gate('i')),
    tf.sigmoid(gate('f')),
    tf.tanh(gate('g')),
    tf.sigmoid(gate('o')),
  ];
  const memory = tf.add(tf.mul(f, c), tf.mul(i, g)); // [batch, units]
  const t = tf.tanh(memory);
  return { hidden: tf.mul(o, t), memory, i, f, g, o, t };
}

type Saved = Readonly<Record<'memory' | Gate | 't', Tensor>>;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, with forget gates), gates in Keras's order i, f, g, o:
 *   c' = f c + i g, h' = o tanh(c'). The forget gate's bias starts at 1.
 */
export const lstm: Cell<Gate, readonly [hidden: Tensor, memory: Tensor], Saved> = {
  gates,
  states: 2,
  biases: 1,
  initialBias: (units) => new Float32Array(gates.length * units).fill(1, units, 2 * units),
  step: ([h, c], sums, recurrence) => {
    const { hidden, memory } = cellStep(h, c, sums, recurrence);
    return [hidden, memory];
  },
  forward: (sums, { kernels, masks }) => {
    const [, batch, units] = sums.i.shape as [number, number, number];
    const { stacked } = scan({
      initial: { h: tf.zeros([batch, units]), c: tf.zeros([batch, units]) },
      sequences: sums,
      captured: { kernels, masks },
      step: ({ h, c }, slices, own) => {
        const { hidden, ...saved } = cellStep(h, c, slices, own);
        return { carried: { h: hidden, c: saved.memory }, outputs: { hidden, saved } };
      },
    });
    return stacked;
  },
  /** As in the GRU: the gates' gradients are linear in those of hidden state and memory. */
  backward: (dHidden, { hidden, saved: { memory, i, f, g, o, t } }, { kernels, masks }) => {
    const [, batch, units] = hidden.shape as [number, number, number];
    const slope = (gate: Tensor) => tf.mul(gate, tf.sub(1, gate));
    const byO = tf.mul(t, slope(o)); // [time, batch, units], as all of these
    const byMemory = tf.mul(o, tf.sub(1, tf.square(t)));
    const byI = tf.mul(g, slope(i));
    const byF = tf.mul(before(memory), slope(f));
    const byG = tf.mul(i, tf.sub(1, tf.square(g)));
    const { stacked } = scan({
      reverse: true,
      initial: { laterHidden: tf.zeros([batch, units]), laterMemory: tf.zeros([batch, units]) },
      sequences: { dy: dHidden, f, byO, byMemory, byI, byF, byG },
      captured: { kernels, masks },
      step: ({ laterHidden, laterMemory }, { dy, f, byO, byMemory, byI, byF, byG }, { kernels, masks }) => {
        const dh = tf.add(laterHidden, dy); // [batch, units]
        const dc = tf.add(tf.mul(dh, byMemory), laterMemory); // [batch, units]
        const sums = { i: tf.mul(dc, byI), f: tf.mul(dc, byF), g: tf.mul(dc, byG), o: tf.mul(dh, byO) };
        const earlier = gates
          .map((gate) => masked(tf.matMul(sums[gate], kernels[gate], false, true), masks[gate]))
          .reduce((sum, part) => tf.add(part, sum));
        return { carried: { laterHidden: earlier, laterMemory: tf.mul(dc, f) }, outputs: sums };
      },
    });
    return { inputs: stacked, recurrent: stacked };
  },
  biasGradient: ({ inputs }) => tf.expandDims(tf.concat(Object.values(inputs), 0)),
};
