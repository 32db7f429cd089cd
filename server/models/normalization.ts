import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './withGradient';

type Tensor = tf.Tensor;

/** Along the axes, which stay as 1: the mean, how far each number is from it, and the mean square of that. */
export function momentsOf(x: Tensor, axes: readonly number[]) {
  const mean = tf.mean(x, [...axes], true);
  const centred = tf.sub(x, mean);
  return { mean, centred, variance: tf.mean(tf.square(centred), [...axes], true) };
}

/**
 * scale x' + shift, where x' = (x - mean) / sqrt(variance + epsilon) with the moments along the axes; `scale`
 * and `shift` have x's shape with 1 for these. The gradient is written out, since TensorFlow.js would
 * differentiate through both moments:
 *   dx = scale / sqrt(variance + epsilon) (dy - mean(dy) - x' mean(dy x'))
 */
export function normalized(
  x: Tensor,
  affine: { readonly scale: Tensor; readonly shift: Tensor },
  axes: readonly number[],
  epsilon: number,
): Tensor {
  const normalize = withGradient({
    forward: ({
      x,
      scale,
      shift,
    }: {
      readonly x: Tensor;
      readonly scale: Tensor;
      readonly shift: Tensor;
    }) => {
      const { centred, variance } = momentsOf(x, axes);
      const inverse = tf.rsqrt(tf.add(variance, epsilon)); // 1 along the axes
      const value = tf.add(tf.mul(centred, tf.mul(inverse, scale)), shift);
      return { value, saved: { centred, inverse, scale } };
    },
    backward: (dy, saved) => gradients(dy, saved, axes),
  });
  return normalize({ x, scale: affine.scale, shift: affine.shift });
}

function gradients(
  dy: Tensor,
  { centred, inverse, scale }: Readonly<Record<'centred' | 'inverse' | 'scale', Tensor>>,
  axes: readonly number[],
) {
  const count = dy.size / scale.size;
  const dShift = tf.sum(dy, [...axes], true);
  const dScale = tf.mul(tf.sum(tf.mul(dy, centred), [...axes], true), inverse);
  const alongX = tf.mul(centred, tf.div(tf.mul(dScale, inverse), count));
  const across = tf.sub(tf.sub(dy, tf.div(dShift, count)), alongX);
  return { x: tf.mul(across, tf.mul(inverse, scale)), scale: dScale, shift: dShift };
}
