import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './withGradient';

type Tensor = tf.Tensor;

/** `forward` with the gradient `dy * slope(y)`, in closed form over its result. */
function activation(forward: (x: Tensor) => Tensor, slope: (y: Tensor) => Tensor): (x: Tensor) => Tensor {
  const operation = withGradient({
    forward: ({ x }: { readonly x: Tensor }) => {
      const y = forward(x);
      return { value: y, saved: { y } };
    },
    backward: (dy, { y }) => ({ x: tf.mul(dy, slope(y)) }),
  });
  return (x) => operation({ x });
}
/** Whatever its sign leaves of a number times this is far from zero. */
const HUGE = 1e38;

/** `above` where y > 0, `below`, which is less, where y < 0; clipping is several times faster than choosing. */
const bySign = (y: Tensor, below: number, above: number): Tensor =>
  tf.clipByValue(tf.mul(y, HUGE), below, above);

/** Identity above zero, `leak` times as steep below. */
export const leakyRelu = (x: Tensor, leak: number): Tensor =>
  activation(
    (each) => tf.leakyRelu(each, leak),
    (y) => bySign(y, leak, 1),
  )(x);

/** Klambauer and others' constants. */
const [SCALE, ALPHA] = [1.0507009873554805, 1.6732632423543772];

/** Above zero the slope is SCALE, below it is y + SCALE ALPHA. */
const selu = activation(tf.selu, (y) => tf.sub(tf.minimum(y, 0), bySign(y, -SCALE * ALPHA, -SCALE)));
const relu = activation(tf.relu, (y) => bySign(y, 0, 1));

export const activations = {
  selu,
  relu,
  elu: tf.elu,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  linear: (x: Tensor) => x,
} as const satisfies Record<string, (x: Tensor) => Tensor>;
export type Activation = keyof typeof activations;
