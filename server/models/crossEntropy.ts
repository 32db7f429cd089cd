import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './withGradient';

/** log(sum(exp(x))) of each row, and the softmax that the same numbers give. */
function softmaxOf(logits: tf.Tensor): { logSum: tf.Tensor; probabilities: tf.Tensor } {
  const most = tf.max(logits, 1, true); // [rows, 1]
  const powers = tf.exp(tf.sub(logits, most)); // [rows, classes]
  const sum = tf.sum(powers, 1, true); // [rows, 1]
  return { logSum: tf.squeeze(tf.add(most, tf.log(sum)), [1]), probabilities: tf.div(powers, sum) };
}

const oneHot = (ids: tf.Tensor, classes: number): tf.Tensor => tf.oneHot(ids, classes, 1, 0, 'float32');

/** Sparse categorical cross-entropy in nats, of logits [rows, classes] against class ids [rows]. */
export const crossEntropy = {
  /** The loss of each row, [rows]. */
  each: (logits: tf.Tensor, ids: tf.Tensor): tf.Tensor => {
    const chosen = tf.sum(tf.mul(logits, oneHot(ids, logits.shape[1] as number)), 1); // [rows]
    return tf.sub(softmaxOf(logits).logSum, chosen); // [rows]
  },
  /** Its mean, with a gradient in closed form: (softmax - one-hot) / rows. */
  mean: (logits: tf.Tensor, ids: tf.Tensor): tf.Tensor => {
    const mean = withGradient({
      forward: ({ logits }: { readonly logits: tf.Tensor }) => ({
        value: tf.mean(crossEntropy.each(logits, ids)),
        saved: { logits },
      }),
      backward: (dy, { logits }) => {
        const [rows, classes] = logits.shape as [number, number];
        const slope = tf.sub(softmaxOf(logits).probabilities, oneHot(ids, classes)); // [rows, classes]
        return { logits: tf.mul(slope, tf.div(dy, rows)) };
      },
    });
    return mean({ logits });
  },
};
