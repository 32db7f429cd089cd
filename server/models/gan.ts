import type * as tf from '@tensorflow/tfjs-core';
import type { GanValues } from '@/lib/catalog/models/gan';
import { RandomStream } from '@/lib/random';
import { defineCall, type TensorMap } from '@/server/engine/program';
import type { Random } from '@/server/engine/trace/random';
import { adversarialModel } from './adversarial';
import type { Discriminator, Generator } from './adversarialNetworks';
import { denseActivated, denseInitial, denseSpecs, denseStack } from './dense';
import { latentsSpec, pixelsOf } from './images';
import { type ImageSize, type LayerHook, layerOutputs, type Model } from './model';

// Shapes: rows, images at once, of a training step the batch; pixels, numbers of an image.

/**
 * The dense GAN of Hands-on Machine Learning, chapter 17. Generator: noise -> hidden layers -> the logits
 * of an image, whose sigmoid it is. Discriminator: image -> hidden layers -> one logit.
 */
function generatorOf(values: GanValues, pixels: number): Generator {
  const { codingSize, generatorUnits, activation, batchSize } = values;
  const layers = denseStack('dense', [codingSize, ...generatorUnits, pixels]);
  const [hidden, last] = [layers.slice(0, -1), layers.slice(-1)];
  function images(own: TensorMap, latents: tf.Tensor, hook?: LayerHook): tf.Tensor {
    const h = denseActivated(own, hidden, activation, latents, hook); // [rows, last hidden layer]
    return denseActivated(own, last, 'sigmoid', h, hook); // [rows, pixels], 0 to 1
  }
  const noise = (random: Random) => random.normal('latents', [batchSize, codingSize]); // z
  const fakes: Generator['fakes'] = (own, random) => images(own, noise(random));
  return {
    weights: denseSpecs(layers),
    averages: {},
    initial: () =>
      denseInitial(
        layers,
        (site) => new RandomStream(values.seed, 'initial', 'generator', site),
        values.initializer,
      ),
    noise,
    pixelsOf: (made) => made,
    fakes,
    train: (own, random) => ({ images: fakes(own, random), averages: {} }),
    calls: {
      /** Images [rows, pixels] from 0 to 1 of noise, `latents` [rows, codingSize]. */
      generate: (rows) =>
        defineCall({
          inputs: latentsSpec(rows, codingSize),
          run: (own, { latents }) => ({ images: images(own, latents) }),
        }),
    },
    activations: (rows) =>
      defineCall({
        inputs: latentsSpec(rows, codingSize),
        run: (own, { latents }) => layerOutputs((hook) => hook('images', images(own, latents, hook))),
      }),
  };
}

function discriminatorOf(values: GanValues, pixels: number): Discriminator {
  const layers = denseStack('dense', [pixels, ...values.discriminatorUnits, 1]);
  const [hidden, last] = [layers.slice(0, -1), layers.slice(-1)];
  const features = (own: TensorMap, images: tf.Tensor, hook?: LayerHook) =>
    denseActivated(own, hidden, values.activation, images, hook); // [rows, last hidden layer]
  return {
    weights: denseSpecs(layers),
    initial: () =>
      denseInitial(
        layers,
        (site) => new RandomStream(values.seed, 'initial', 'discriminator', site),
        values.initializer,
      ),
    prepare: (images) => images,
    logits: (own, images) => denseActivated(own, last, 'linear', features(own, images)), // [rows, 1]
    features: (own, images) => features(own, images),
    activations: (own, images) =>
      layerOutputs((hook) => denseActivated(own, last, 'sigmoid', features(own, images, hook), hook)),
  };
}

export function gan(values: GanValues, image: ImageSize): Model {
  const pixels = pixelsOf(image);
  return adversarialModel(values, image, generatorOf(values, pixels), discriminatorOf(values, pixels));
}
