import * as tf from '@tensorflow/tfjs-core';
import type { SpecMap, TensorMap, TensorSpec } from '@/server/engine/program';
import { momentsOf, normalized } from './normalization';
import { named, tensorsOf } from './weights';

type Tensor = tf.Tensor;

/**
 * Batch normalisation (Ioffe and Szegedy) over all axes but the last, with Keras's constants: weights
 * `<name>/gamma` and `<name>/beta`, running averages `<name>/mean` and `<name>/variance`, all [channels].
 */
export interface BatchNorm {
  readonly name: string;
  readonly channels: number;
}

const EPSILON = 0.001;

const perChannel = ({ channels }: BatchNorm): TensorSpec => ({ shape: [channels], dtype: 'float32' });
const weightSpecs = (layer: BatchNorm) => ({ gamma: perChannel(layer), beta: perChannel(layer) });
const averageSpecs = (layer: BatchNorm) => ({ mean: perChannel(layer), variance: perChannel(layer) });

export const batchNormWeights = (layers: readonly BatchNorm[]): SpecMap => named(layers, weightSpecs);
export const batchNormAverages = (layers: readonly BatchNorm[]): SpecMap => named(layers, averageSpecs);

const ownTensors = (own: TensorMap, layer: BatchNorm) =>
  tensorsOf(own, { ...weightSpecs(layer), ...averageSpecs(layer) }, layer);

export function batchNormInitial(layers: readonly BatchNorm[]): Record<string, Float32Array> {
  return named(layers, ({ channels }) => ({
    gamma: new Float32Array(channels).fill(1),
    beta: new Float32Array(channels),
    mean: new Float32Array(channels),
    variance: new Float32Array(channels).fill(1),
  }));
}

const outerAxes = (x: Tensor): number[] => Array.from({ length: x.rank - 1 }, (_, axis) => axis);

/**
 * As in training, by the batch's own moments, and the averages thereafter: `momentum` of the old ones and the
 * rest of the batch's (its variance is the mean square distance, as in Keras).
 */
export function batchNormTrain(
  own: TensorMap,
  layer: BatchNorm,
  x: Tensor,
  momentum: number,
): { y: Tensor; averages: TensorMap } {
  const axes = outerAxes(x);
  // The engine merges these moments with those inside.
  const moments = momentsOf(x, axes); // mean and variance [1, ..., channels]
  const { gamma, beta, mean, variance } = ownTensors(own, layer); // [channels] each
  const follow = (average: Tensor, value: Tensor) =>
    tf.add(tf.mul(average, momentum), tf.mul(tf.reshape(value, [layer.channels]), 1 - momentum));
  const along = (weight: Tensor) => tf.reshape(weight, moments.mean.shape);
  return {
    y: normalized(x, { scale: along(gamma), shift: along(beta) }, axes, EPSILON),
    averages: named([layer], () => ({
      mean: follow(mean, moments.mean),
      variance: follow(variance, moments.variance),
    })),
  };
}

/** By the running averages, so that each row is on its own. */
export function batchNormInfer(own: TensorMap, layer: BatchNorm, x: Tensor): Tensor {
  const { gamma, beta, mean, variance } = ownTensors(own, layer);
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, EPSILON))); // [channels]
  return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(mean, scale)));
}
