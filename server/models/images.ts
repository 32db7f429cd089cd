import * as tf from '@tensorflow/tfjs-core';
import type { SpecMap } from '@/server/engine/program';
import type { ImageSize } from './model';

/** Numbers of one image. */
export const pixelsOf = ({ height, width, channels }: ImageSize): number => height * width * channels;

/** `images`: uint8 [rows, pixels] outside, 0 to 1 inside; a pixel's channels lie together, row after row. */
export const imagesSpec = (rows: number, pixels: number) =>
  ({
    images: { shape: [rows, pixels], dtype: 'float32', encoding: { dtype: 'uint8', scale: 1 / 255 } },
  }) as const satisfies SpecMap;

/** `latents` [rows, size]. */
export const latentsSpec = (rows: number, size: number) =>
  ({ latents: { shape: [rows, size], dtype: 'float32' } }) as const satisfies SpecMap;

/** Images [rows, pixels] from 0 to 1 as convolutions take them: [rows, height, width, channels] from -1 to 1. */
export function toSigned(images: tf.Tensor, { height, width, channels }: ImageSize): tf.Tensor4D {
  const shaped = tf.reshape(images, [-1, height, width, channels]); // [rows, height, width, channels]
  return tf.sub(tf.mul(shaped, 2), 1);
}

/** Images [rows, height, width, channels] from -1 to 1 as pixels [rows, pixels] from 0 to 1. */
export function fromSigned(images: tf.Tensor): tf.Tensor {
  const rows = images.shape[0] as number;
  return tf.reshape(tf.mul(tf.add(images, 1), 0.5), [rows, -1]); // [rows, pixels]
}
