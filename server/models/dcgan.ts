import * as tf from '@tensorflow/tfjs-core';
import type { DcganValues } from '@/lib/catalog/models/dcgan';
import { RandomStream } from '@/lib/random';
import { defineCall, type TensorMap } from '@/server/engine/program';
import type { Random } from '@/server/engine/trace/random';
import { activations } from './activations';
import { adversarialModel } from './adversarial';
import type { Generator } from './adversarialNetworks';
import {
  type BatchNorm,
  batchNormAverages,
  batchNormInfer,
  batchNormInitial,
  batchNormTrain,
  batchNormWeights,
} from './batchNorm';
import { convolutionInitial, convolutionSpecs, double } from './convolution';
import { denseActivated, denseInitial, denseSpecs } from './dense';
import { convolutionalDiscriminator, half } from './discriminator';
import { fromSigned, latentsSpec } from './images';
import { type ImageSize, type LayerHook, layerOutputs, type Model } from './model';

// Shapes: rows, images at once; height, width and channels of an image; coarse and middle, feature maps.

/**
 * Noise -> dense to a coarse image, a quarter of the size -> batch norm -> transposed convolution, SELU ->
 * batch norm -> transposed convolution, tanh. `images` leaves to its caller how batches are normalised.
 */
function networkOf(values: DcganValues, { height, width, channels }: ImageSize) {
  const { codingSize, kernelSize: side } = values;
  const [coarse, middle] = values.generatorFilters as [number, number];
  const [middleHeight, middleWidth] = [half(height), half(width)];
  const base = [half(middleHeight), half(middleWidth), coarse];
  const dense = { name: 'dense', inputs: codingSize, units: tf.util.sizeFromShape(base) };
  const enlarge = { name: 'convolution/0', side, inputs: coarse, outputs: middle, transposed: true };
  const draw = { name: 'convolution/1', side, inputs: middle, outputs: channels, transposed: true };
  const norms: readonly [BatchNorm, BatchNorm] = [
    { name: 'norm/0', channels: coarse },
    { name: 'norm/1', channels: middle },
  ];

  const images = (
    own: TensorMap,
    latents: tf.Tensor,
    normalize: (layer: BatchNorm, x: tf.Tensor) => tf.Tensor,
    hook?: LayerHook,
  ): tf.Tensor => {
    const flat = denseActivated(own, [dense], 'linear', latents); // [rows, height / 4 * width / 4 * coarse]
    const first = normalize(norms[0], tf.reshape(flat, [-1, ...base])); // [rows, height / 4, width / 4, coarse]
    hook?.(dense.name, first);
    const x = double(own, enlarge, first, [middleHeight, middleWidth]); // [rows, height / 2, width / 2, middle]
    const second = normalize(norms[1], activations.selu(x));
    hook?.(enlarge.name, second);
    const drawn = tf.tanh(double(own, draw, second, [height, width])); // [rows, height, width, channels]
    hook?.(draw.name, fromSigned(drawn));
    return drawn;
  };
  return { dense, convolutions: [enlarge, draw], norms, images };
}

/**
 * In the generator's own steps the batch's moments normalise, and the running averages follow them. What the
 * discriminator learns from is normalised by these averages: the notebook's loop calls `generator(noise)` there,
 * which in Keras is inference.
 */
function generatorOf(values: DcganValues, image: ImageSize): Generator {
  const { codingSize, batchSize, batchNormMomentum } = values;
  const { dense, convolutions, norms, images } = networkOf(values, image);
  const infer = (own: TensorMap, latents: tf.Tensor, hook?: LayerHook) =>
    images(own, latents, (layer, x) => batchNormInfer(own, layer, x), hook);
  const noise = (random: Random) => random.normal('latents', [batchSize, codingSize]);
  const stream = (site: string) => new RandomStream(values.seed, 'initial', 'generator', site);
  return {
    weights: { ...denseSpecs([dense]), ...convolutionSpecs(convolutions), ...batchNormWeights(norms) },
    averages: batchNormAverages(norms),
    initial: () => ({
      ...denseInitial([dense], stream),
      ...convolutionInitial(convolutions, stream),
      ...batchNormInitial(norms),
    }),
    noise,
    pixelsOf: fromSigned,
    fakes: (own, random) => infer(own, noise(random)),
    train: (own, random) => {
      let averages: TensorMap = {};
      const made = images(own, noise(random), (layer, x) => {
        const normalized = batchNormTrain(own, layer, x, batchNormMomentum);
        averages = { ...averages, ...normalized.averages };
        return normalized.y;
      });
      return { images: made, averages };
    },
    calls: {
      /** Images [rows, pixels] from 0 to 1 of noise, `latents` [rows, codingSize]. */
      generate: (rows) =>
        defineCall({
          inputs: latentsSpec(rows, codingSize),
          run: (own, { latents }) => ({ images: fromSigned(infer(own, latents)) }),
        }),
    },
    activations: (rows) =>
      defineCall({
        inputs: latentsSpec(rows, codingSize),
        run: (own, { latents }) =>
          layerOutputs((hook) => hook('images', fromSigned(infer(own, latents, hook)))),
      }),
  };
}

/** The deep convolutional GAN of Hands-on Machine Learning, chapter 17 (Radford and others), on images from -1 to 1. */
export function dcgan(values: DcganValues, image: ImageSize): Model {
  return adversarialModel(
    values,
    image,
    generatorOf(values, image),
    convolutionalDiscriminator(values, image),
  );
}
