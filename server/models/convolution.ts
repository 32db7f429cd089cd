import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '@/lib/random';
import type { SpecMap, TensorMap } from '@/server/engine/program';
import { glorotUniform } from './initializers';

/**
 * Convolutions over named tensors, images being [rows, height, width, channels]: `<name>/kernel`
 * [side, side, inputs, outputs], or [side, side, outputs, inputs] if it is transposed, and `<name>/bias` [outputs].
 */
export interface Convolution {
  readonly name: string;
  /** Side of the kernel, in pixels. */
  readonly side: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Enlarges an image instead of shrinking it. */
  readonly transposed?: boolean;
}

export function convolutionSpecs(layers: readonly Convolution[]): SpecMap {
  return Object.fromEntries(
    layers.flatMap(({ name, side, inputs, outputs, transposed }) => [
      [
        `${name}/kernel`,
        { shape: [side, side, ...(transposed ? [outputs, inputs] : [inputs, outputs])], dtype: 'float32' },
      ],
      [`${name}/bias`, { shape: [outputs], dtype: 'float32' }],
    ]),
  );
}

/** Glorot's uniform for kernels and zeros for biases, as Keras's layers have them. */
export function convolutionInitial(
  layers: readonly Convolution[],
  stream: (site: string) => RandomStream,
): Record<string, Float32Array> {
  return Object.fromEntries(
    layers.flatMap(({ name, side, inputs, outputs }) => {
      const window = side * side;
      const random = stream(`${name}/kernel`);
      const kernel = glorotUniform(random, window * inputs, window * outputs, window * inputs * outputs);
      return [
        [`${name}/kernel`, kernel],
        [`${name}/bias`, new Float32Array(outputs)],
      ];
    }),
  );
}

/** Half the size: stride 2, zeros around as in TensorFlow's `same`. */
export function halve(weights: TensorMap, { name }: Convolution, x: tf.Tensor): tf.Tensor {
  const kernel = weights[`${name}/kernel`] as tf.Tensor4D;
  return tf.add(tf.conv2d(x as tf.Tensor4D, kernel, 2, 'same'), weights[`${name}/bias`] as tf.Tensor);
}

/** Twice the size, [height, width] to the pixel: the transposed convolution of `halve`. */
export function double(
  weights: TensorMap,
  { name, outputs }: Convolution,
  x: tf.Tensor,
  [height, width]: readonly [number, number],
): tf.Tensor {
  const kernel = weights[`${name}/kernel`] as tf.Tensor4D;
  const shape: [number, number, number, number] = [x.shape[0] as number, height, width, outputs];
  const enlarged = tf.conv2dTranspose(x as tf.Tensor4D, kernel, shape, 2, 'same');
  return tf.add(enlarged, weights[`${name}/bias`] as tf.Tensor);
}
