import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '@/lib/random';
import type { SpecMap, TensorMap, TensorSpec } from '@/server/engine/program';
import { glorotUniform } from './initializers';
import { named, tensorsOf } from './weights';

// Shapes: rows, images at once; height and width of the larger image; inputs and outputs, feature maps.

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

const specsOf = ({ side, inputs, outputs, transposed }: Convolution) =>
  ({
    kernel: {
      shape: [side, side, ...(transposed ? [outputs, inputs] : [inputs, outputs])],
      dtype: 'float32',
    },
    bias: { shape: [outputs], dtype: 'float32' },
  }) as const satisfies SpecMap;

export const convolutionSpecs = (layers: readonly Convolution[]): SpecMap =>
  named<Convolution, TensorSpec>(layers, specsOf);

/** Glorot's uniform for kernels and zeros for biases, as Keras's layers have them. */
export function convolutionInitial(
  layers: readonly Convolution[],
  stream: (site: string) => RandomStream,
): Record<string, Float32Array> {
  return named(layers, ({ name, side, inputs, outputs }) => {
    const window = side * side;
    const random = stream(`${name}/kernel`);
    const kernel = glorotUniform(random, window * inputs, window * outputs, window * inputs * outputs);
    return { kernel, bias: new Float32Array(outputs) };
  });
}

/** Half the size: stride 2, zeros around as in TensorFlow's `same`. */
export function halve(weights: TensorMap, layer: Convolution, x: tf.Tensor): tf.Tensor {
  const { kernel, bias } = tensorsOf(weights, specsOf(layer), layer);
  return tf.add(convolve(x, kernel, 2), bias); // [rows, height / 2, width / 2, outputs]
}

/** Twice the size, [height, width] to the pixel: the transposed convolution of `halve`. */
export function double(
  weights: TensorMap,
  layer: Convolution,
  x: tf.Tensor,
  size: readonly [height: number, width: number],
): tf.Tensor {
  const { kernel, bias } = tensorsOf(weights, specsOf(layer), layer);
  return tf.add(convolveTransposed(x, kernel, size), bias); // [rows, height, width, outputs]
}

/** `x` [rows, height, width, inputs] by a kernel [side, side, inputs, outputs], zeros around. */
export const convolve = (x: tf.Tensor, kernel: tf.Tensor, stride: number): tf.Tensor =>
  tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, stride, 'same');

/** `x` [rows, height / 2, width / 2, inputs] by a kernel [side, side, outputs, inputs] to twice the size. */
export function convolveTransposed(
  x: tf.Tensor,
  kernel: tf.Tensor,
  [height, width]: readonly [height: number, width: number],
): tf.Tensor {
  const [rows, outputs] = [x.shape[0] as number, kernel.shape[2] as number];
  return tf.conv2dTranspose(
    x as tf.Tensor4D,
    kernel as tf.Tensor4D,
    [rows, height, width, outputs],
    2,
    'same',
  );
}
