import * as tf from '@tensorflow/tfjs-core';
import type { AutoencoderValues } from '@/lib/catalog/autoencoder';
import { limits } from '@/lib/protocol/limits';
import { RandomStream } from '@/lib/random';
import type { ProgramDefinition, SpecMap, TensorMap } from '@/server/engine/program';
import { dense, denseActivated, denseInitial, denseSpecs, denseStack } from './dense';
import { EVALUATION_BATCH, type ImageSize, type Model } from './model';
import { optimizers } from './optimizers';

/**
 * Stacked autoencoder: image -> hidden layers -> coding -> the same layers mirrored -> image
 * (Hands-on Machine Learning, chapter 17). All layers but the last have the recipe's activation; the
 * last one's sums are logits, whose sigmoid is the reconstruction.
 */
export function autoencoder(values: AutoencoderValues, { height, width, channels }: ImageSize): Model {
  const pixels = height * width * channels;
  const encoderWidths = [pixels, ...values.hiddenUnits, values.codingSize];
  const encoder = denseStack('encoder', encoderWidths);
  const decoder = denseStack('decoder', encoderWidths.toReversed());
  const layers = [...encoder, ...decoder];
  const weightSpecs = denseSpecs(layers);
  const weightNames = Object.keys(weightSpecs);
  const optimizer = optimizers[values.optimizer];
  const slots = optimizer.slots(weightSpecs);
  const loss = losses[values.loss];

  const encode = (weights: TensorMap, images: tf.Tensor) =>
    denseActivated(weights, encoder, values.activation, images);
  const decodeToLogits = (weights: TensorMap, codings: tf.Tensor) => {
    const hidden = denseActivated(weights, decoder.slice(0, -1), values.activation, codings);
    return dense(weights, decoder.at(-1) as (typeof decoder)[number], hidden);
  };
  const logitsOf = (weights: TensorMap, images: tf.Tensor) =>
    decodeToLogits(weights, encode(weights, images));

  const step = (state: TensorMap, { images, learningRate }: TensorMap) => {
    const x = images as tf.Tensor;
    const weights = weightNames.map((name) => state[name] as tf.Tensor);
    const { value, grads } = tf.valueAndGrads((...given: tf.Tensor[]) =>
      loss.mean(logitsOf(byName(weightNames, given), x), x),
    )(weights);
    // The engine merges this second forward pass with the first.
    const accuracy = tf.mean(roundedAccuracy(logitsOf(state, x), x));
    const next = optimizer.update(state, byName(weightNames, grads), learningRate as tf.Tensor);
    return { state: next, metrics: { loss: value, accuracy } };
  };

  const images = (batch: number): SpecMap => ({
    images: { shape: [batch, pixels], dtype: 'float32', encoding: { dtype: 'uint8', scale: 1 / 255 } },
  });
  const definition: ProgramDefinition = {
    state: { ...weightSpecs, ...slots },
    step: {
      inputs: { ...images(values.batchSize), learningRate: { shape: [], dtype: 'float32' } },
      run: step,
    },
    calls: {
      evaluate: {
        inputs: images(EVALUATION_BATCH),
        run: (state, { images: x }) => {
          const logits = logitsOf(state, x as tf.Tensor);
          return {
            loss: tf.mean(loss.each(logits, x as tf.Tensor), 1),
            accuracy: tf.mean(roundedAccuracy(logits, x as tf.Tensor), 1),
          };
        },
      },
      encode: {
        inputs: images(EVALUATION_BATCH),
        run: (state, { images: x }) => ({ codings: encode(state, x as tf.Tensor) }),
      },
      reconstruct: {
        inputs: images(limits.reconstructions),
        run: (state, { images: x }) => ({ images: tf.sigmoid(logitsOf(state, x as tf.Tensor)) }),
      },
    },
  };

  const initialState = () => ({
    ...Object.fromEntries(
      Object.entries(slots).map(([name, { shape }]) => [
        name,
        new Float32Array(tf.util.sizeFromShape([...shape])).fill(optimizer.initial[name] ?? 0),
      ]),
    ),
    ...denseInitial(layers, (site) => new RandomStream(values.seed, 'initial', site)),
  });

  return { definition, initialState, evaluationBatch: EVALUATION_BATCH };
}

const byName = (names: readonly string[], tensors: readonly tf.Tensor[]): TensorMap =>
  Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));

/** 1 where reconstruction and image round to the same, else 0; [batch, pixels]. */
function roundedAccuracy(logits: tf.Tensor, images: tf.Tensor): tf.Tensor {
  return tf.cast(tf.greater(tf.mul(logits, tf.sub(images, 0.5)), 0), 'float32');
}

interface Loss {
  /** The loss of each pixel, [batch, pixels]. */
  each(logits: tf.Tensor, images: tf.Tensor): tf.Tensor;
  /** Its mean, with a gradient in closed form. */
  mean(logits: tf.Tensor, images: tf.Tensor): tf.Tensor;
}

function lossOf(each: Loss['each'], slope: (logits: tf.Tensor, images: tf.Tensor) => tf.Tensor): Loss {
  const mean = tf.customGrad((...given) => {
    const [logits, images] = given as tf.Tensor[] as [tf.Tensor, tf.Tensor];
    const save = given.at(-1) as unknown as tf.GradSaveFunc;
    save([logits, images]);
    return {
      value: tf.mean(each(logits, images)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, z] = saved as [tf.Tensor, tf.Tensor];
        return [tf.mul(slope(x, z), tf.div(dy, x.size)), tf.zerosLike(z)];
      },
    };
  });
  return { each, mean };
}

export const losses = {
  /**
   * -z log p - (1 - z) log(1 - p) with p = sigmoid(x), written so that neither logarithm can overflow:
   * max(x, 0) - x z - log(max(p, 1 - p)).
   */
  'binary-cross-entropy': lossOf(
    (x, z) => {
      const p = tf.sigmoid(x);
      return tf.sub(tf.sub(tf.relu(x), tf.mul(x, z)), tf.log(tf.maximum(p, tf.sub(1, p))));
    },
    (x, z) => tf.sub(tf.sigmoid(x), z),
  ),
  'mean-squared-error': lossOf(
    (x, z) => tf.squaredDifference(tf.sigmoid(x), z),
    (x, z) => {
      const p = tf.sigmoid(x);
      return tf.mul(tf.mul(tf.sub(p, z), 2), tf.mul(p, tf.sub(1, p)));
    },
  ),
} as const;
