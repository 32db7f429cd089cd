import { text } from '../template';

/** Recurrent layers: functions from a list of time steps [rows, inputs] to one of hidden states [rows, units]. */

const shared = text`
  /** Rows of length 1 at right angles to each other (or columns, if they are fewer), by Gram and Schmidt. */
  function orthogonal(rows, columns) {
    const size = [Math.min(rows, columns), Math.max(rows, columns)];
    const basis = tf.tidy(() => normal(size).arraySync());
    const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    basis.forEach((vector, n) => {
      for (const earlier of basis.slice(0, n)) {
        const along = dot(vector, earlier);
        for (let i = 0; i < vector.length; i++) vector[i] -= along * earlier[i];
      }
      const length = Math.sqrt(dot(vector, vector));
      for (let i = 0; i < vector.length; i++) vector[i] /= length;
    });
    const matrix = tf.tensor2d(basis);
    return rows <= columns ? matrix : tf.transpose(matrix);
  }

  const mask = (shape, rate) => (rate > 0 ? tf.dropout(tf.ones(shape), rate, null, nextSeed()) : null);
  const masked = (x, mask) => (mask ? tf.mul(x, mask) : x);

  /**
   * Masks of a layer, the same for all time steps, one a gate. As in Keras's layers the gates share the
   * inputs' mask unless there is recurrent dropout, too.
   */
  function masks(gates, rate, shape, training) {
    if (!training) return Array(gates).fill(null);
    if (RECURRENT_DROPOUT === 0) return Array(gates).fill(mask(shape, rate));
    return Array.from({ length: gates }, () => mask(shape, rate));
  }
`;

/** Kernel and recurrent kernel of so many gates. */
const kernels = (gates: number): string => text`
  const kernel = tf.variable(initial([inputs, ${gates} * units], inputs, ${gates} * units));
  const recurrent = tf.variable(orthogonal(units, ${gates} * units));
`;

/** What a layer prepares for all time steps. */
const prepared = (gates: number): string => text`
  const [rows] = sequence[0].shape;
  const inputMasks = masks(${gates}, DROPOUT, [rows, inputs], training);
  const stateMasks = masks(${gates}, RECURRENT_DROPOUT, [rows, units], training);
  const kernels = tf.split(kernel, ${gates}, 1);
  const recurrents = tf.split(recurrent, ${gates}, 1);
`;

const gru = text`
  ${shared}

  /** Gated recurrent unit: update gate, reset gate, candidate. */
  function gru(weights, inputs, units) {
    ${kernels(3)}
    const bias = tf.variable(tf.zeros([2, 3 * units]));
    weights.push(kernel, recurrent, bias);
    return (sequence, training) => {
      ${prepared(3)}
      const [inputBiases, stateBiases] = tf.unstack(bias).map((each) => tf.split(each, 3));
      let h = tf.zeros([rows, units]);
      return sequence.map((x) => {
        const ofInput = (i) => tf.add(tf.matMul(masked(x, inputMasks[i]), kernels[i]), inputBiases[i]);
        const ofState = (i) => tf.add(tf.matMul(masked(h, stateMasks[i]), recurrents[i]), stateBiases[i]);
        const update = tf.sigmoid(tf.add(ofInput(0), ofState(0)));
        const reset = tf.sigmoid(tf.add(ofInput(1), ofState(1)));
        const candidate = tf.tanh(tf.add(ofInput(2), tf.mul(reset, ofState(2))));
        h = tf.add(tf.mul(update, h), tf.mul(tf.sub(1, update), candidate));
        return h;
      });
    };
  }
`;

const lstm = text`
  ${shared}

  /** Long short-term memory: input gate, forget gate, candidate, output gate; the forget gate's bias begins at 1. */
  function lstm(weights, inputs, units) {
    ${kernels(4)}
    const bias = tf.variable(tf.concat([tf.zeros([units]), tf.ones([units]), tf.zeros([2 * units])]));
    weights.push(kernel, recurrent, bias);
    return (sequence, training) => {
      ${prepared(4)}
      const biases = tf.split(bias, 4);
      let [h, memory] = [tf.zeros([rows, units]), tf.zeros([rows, units])];
      return sequence.map((x) => {
        const sum = (i) => {
          const ofInput = tf.matMul(masked(x, inputMasks[i]), kernels[i]);
          const ofState = tf.matMul(masked(h, stateMasks[i]), recurrents[i]);
          return tf.add(tf.add(ofInput, ofState), biases[i]);
        };
        const [open, keep, emit] = [tf.sigmoid(sum(0)), tf.sigmoid(sum(1)), tf.sigmoid(sum(3))];
        memory = tf.add(tf.mul(keep, memory), tf.mul(open, tf.tanh(sum(2))));
        h = tf.mul(emit, tf.tanh(memory));
        return h;
      });
    };
  }
`;

export const cells = { gru, lstm } as const;
