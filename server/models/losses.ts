import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './withGradient';

/** A loss of images [batch, pixels] in 0..1 against the logits of their reconstructions. */
export interface ImageLoss {
  /** The loss of each pixel, [batch, pixels]. */
  each(logits: tf.Tensor, images: tf.Tensor): tf.Tensor;
  /** Its mean, with a gradient in closed form. */
  mean(logits: tf.Tensor, images: tf.Tensor): tf.Tensor;
}

/** `slope` is the derivative of a pixel's loss by its logit. */
function imageLoss(each: ImageLoss['each'], slope: ImageLoss['each']): ImageLoss {
  const mean = withGradient({
    forward: ({ logits, images }: { readonly logits: tf.Tensor; readonly images: tf.Tensor }) => ({
      value: tf.mean(each(logits, images)),
      saved: { logits, images },
    }),
    backward: (dy, { logits, images }) => ({
      logits: tf.mul(slope(logits, images), tf.div(dy, logits.size)),
      images: tf.zerosLike(images),
    }),
  });
  return { each, mean: (logits, images) => mean({ logits, images }) };
}

export const losses = {
  /**
   * -z log p - (1 - z) log(1 - p) with p = sigmoid(x), written so that no logarithm can overflow:
   * max(x, 0) - x z - log(max(p, 1 - p)).
   */
  'binary-cross-entropy': imageLoss(
    (x, z) => {
      const p = tf.sigmoid(x);
      return tf.sub(tf.sub(tf.relu(x), tf.mul(x, z)), tf.log(tf.maximum(p, tf.sub(1, p))));
    },
    (x, z) => tf.sub(tf.sigmoid(x), z),
  ),
  'mean-squared-error': imageLoss(
    (x, z) => tf.squaredDifference(tf.sigmoid(x), z),
    (x, z) => {
      const p = tf.sigmoid(x);
      return tf.mul(tf.mul(tf.sub(p, z), 2), tf.mul(p, tf.sub(1, p)));
    },
  ),
} as const;

/** 1 where reconstruction and image round to the same, else 0; [batch, pixels]. */
export function roundedAccuracy(logits: tf.Tensor, images: tf.Tensor): tf.Tensor {
  return tf.cast(tf.greater(tf.mul(logits, tf.sub(images, 0.5)), 0), 'float32');
}
