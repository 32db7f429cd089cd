import * as tf from '@tensorflow/tfjs-core';
import type { SpecMap, TensorMap } from '@/server/engine/program';
import { momentsOf, normalized } from './normalization';

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

const channelSpecs = (layers: readonly BatchNorm[], kinds: readonly string[]): SpecMap =>
  Object.fromEntries(
    layers.flatMap(({ name, channels }) =>
      kinds.map((kind) => [`${name}/${kind}`, { shape: [channels], dtype: 'float32' }]),
    ),
  );

export const batchNormWeights = (layers: readonly BatchNorm[]) => channelSpecs(layers, ['gamma', 'beta']);
export const batchNormAverages = (layers: readonly BatchNorm[]) => channelSpecs(layers, ['mean', 'variance']);

export function batchNormInitial(layers: readonly BatchNorm[]): Record<string, Float32Array> {
  return Object.fromEntries(
    layers.flatMap(({ name, channels }) => [
      [`${name}/gamma`, new Float32Array(channels).fill(1)],
      [`${name}/beta`, new Float32Array(channels)],
      [`${name}/mean`, new Float32Array(channels)],
      [`${name}/variance`, new Float32Array(channels).fill(1)],
    ]),
  );
}

const outerAxes = (x: Tensor): number[] => Array.from({ length: x.rank - 1 }, (_, axis) => axis);

/**
 * As in training, by the batch's own moments, and the averages thereafter: `momentum` of the old ones and the
 * rest of the batch's (its variance is the mean square distance, as in Keras).
 */
export function batchNormTrain(
  own: TensorMap,
  { name, channels }: BatchNorm,
  x: Tensor,
  momentum: number,
): { y: Tensor; averages: TensorMap } {
  const axes = outerAxes(x);
  // The engine merges these moments with those inside.
  const { mean, variance } = momentsOf(x, axes);
  const follow = (kind: string, value: Tensor) =>
    tf.add(
      tf.mul(own[`${name}/${kind}`] as Tensor, momentum),
      tf.mul(tf.reshape(value, [channels]), 1 - momentum),
    );
  const along = (kind: string) => tf.reshape(own[`${name}/${kind}`] as Tensor, mean.shape);
  return {
    y: normalized(x, { scale: along('gamma'), shift: along('beta') }, axes, EPSILON),
    averages: {
      [`${name}/mean`]: follow('mean', mean),
      [`${name}/variance`]: follow('variance', variance),
    },
  };
}

/** By the running averages, so that each row is on its own. */
export function batchNormInfer(own: TensorMap, { name }: BatchNorm, x: Tensor): Tensor {
  const of = (kind: string) => own[`${name}/${kind}`] as Tensor;
  const scale = tf.mul(of('gamma'), tf.rsqrt(tf.add(of('variance'), EPSILON)));
  return tf.add(tf.mul(x, scale), tf.sub(of('beta'), tf.mul(of('mean'), scale)));
}
