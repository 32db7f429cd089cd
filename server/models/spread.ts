import * as tf from '@tensorflow/tfjs-core';

/** Each pixel of a kernel of 4 x 4 is the sum of those of one of 3 x 3 that these pairs name, along both axes. */
const spreading = [[0], [0, 1], [1, 2], [2]];

/**
 * Enlarging by nearest neighbour and then convolving with a 3 x 3 kernel is one transposed convolution with
 * stride 2, whose 4 x 4 kernel is the 3 x 3 one spread over a square of 2 x 2: less than half the products.
 * @param kernel [3, 3, outputs, inputs], turned by half a turn as transposed convolutions have it.
 */
export function spread(kernel: tf.Tensor): tf.Tensor {
  const [side, , outputs, inputs] = kernel.shape as [number, number, number, number];
  const sums = spreading.flatMap((rows) =>
    spreading.flatMap((columns) =>
      Array.from({ length: side * side }, (_, at) =>
        rows.includes(Math.floor(at / side)) && columns.includes(at % side) ? 1 : 0,
      ),
    ),
  );
  const size = spreading.length;
  const matrix = tf.tensor2d(sums, [size * size, side * side]); // [16, 9]
  const whole = tf.matMul(matrix, tf.reshape(kernel, [side * side, -1])); // [16, outputs * inputs]
  return tf.reshape(whole, [size, size, outputs, inputs]); // [4, 4, outputs, inputs]
}
