import * as tf from '@tensorflow/tfjs-core';
import type { AutoencoderValues } from '@/lib/catalog/models/autoencoder';
import { RandomStream } from '@/lib/random';
import {
  type CallDefinition,
  defineCall,
  defineStep,
  type StepDefinition,
  type TensorMap,
} from '@/server/engine/program';
import { denseActivated, denseInitial, denseSpecs, denseStack } from './dense';
import { imagesSpec, pixelsOf } from './images';
import { type ImageLoss, losses, roundedAccuracy } from './losses';
import { type ImageSize, type LayerHook, layerOutputs, type Model } from './model';
import { descend, initialSlots, optimizers } from './optimizers';

// Shapes: rows, images at once; pixels, numbers of an image.

type Weights = TensorMap;

/**
 * The stacked autoencoder: image -> hidden layers -> coding -> the same layers mirrored -> image
 * (Hands-on Machine Learning, chapter 17). All layers but the last have the recipe's activation; the
 * last one's sums are logits, whose sigmoid is the reconstruction.
 */
function architecture({ hiddenUnits, codingSize, activation }: AutoencoderValues, pixels: number) {
  const widths = [pixels, ...hiddenUnits, codingSize];
  const encoder = denseStack('encoder', widths);
  const decoder = denseStack('decoder', widths.toReversed());
  const [hidden, last] = [decoder.slice(0, -1), decoder.slice(-1)];
  const encode = (weights: Weights, images: tf.Tensor, hook?: LayerHook) =>
    denseActivated(weights, encoder, activation, images, hook);
  const decode = (weights: Weights, codings: tf.Tensor, hook?: LayerHook) =>
    denseActivated(weights, last, 'linear', denseActivated(weights, hidden, activation, codings, hook));
  return {
    /** Outputs of all layers, of the last one the image itself, [rows, pixels] from 0 to 1. */
    outputs: (weights: Weights, images: tf.Tensor) =>
      layerOutputs((hook) => {
        const drawn = tf.sigmoid(decode(weights, encode(weights, images, hook), hook)); // [rows, pixels]
        for (const { name } of last) hook(name, drawn);
      }),
    layers: [...encoder, ...decoder],
    encode,
    decode,
    logits: (weights: Weights, images: tf.Tensor) => decode(weights, encode(weights, images)),
  };
}
type Architecture = ReturnType<typeof architecture>;

/** Encoder and decoder of an autoencoder; variational ones have them, too. */
export type Coder = Pick<Architecture, 'encode' | 'decode' | 'outputs'>;

function trainingStep(
  values: AutoencoderValues,
  pixels: number,
  { layers, logits }: Architecture,
): StepDefinition {
  const loss = losses[values.loss];
  const optimizer = optimizers[values.optimizer];
  return defineStep({
    inputs: { ...imagesSpec(values.batchSize, pixels), learningRate: { shape: [], dtype: 'float32' } },
    run: (state, { images, learningRate }) => {
      const step = descend(optimizer, denseSpecs(layers), {
        state,
        rate: learningRate,
        lossOf: (weights) => loss.mean(logits(weights, images), images),
      });
      // The engine merges this forward pass with the one in the loss.
      const accuracy = tf.mean(roundedAccuracy(logits(state, images), images));
      return { state: step.next, metrics: { loss: step.loss, accuracy } };
    },
  });
}

/** The loss and the rounded accuracy of each image, [rows]. */
function evaluation(loss: ImageLoss, pixels: number, { logits }: Architecture): Call {
  return ofImages(pixels, (state, images) => {
    const y = logits(state, images); // [rows, pixels]
    return { loss: tf.mean(loss.each(y, images), 1), accuracy: tf.mean(roundedAccuracy(y, images), 1) };
  });
}

type Call = (rows: number) => CallDefinition;

/** A call on `images` [rows, pixels]. */
export const ofImages =
  (pixels: number, run: (state: Weights, images: tf.Tensor) => TensorMap): Call =>
  (rows) =>
    defineCall({ inputs: imagesSpec(rows, pixels), run: (state, { images }) => run(state, images) });

/** Calls of every autoencoder; `images` are [rows, pixels], uint8 outside. */
export function codingCalls({ each }: ImageLoss, pixels: number, codingSize: number, net: Coder) {
  const { encode, decode, outputs } = net;
  return {
    /** Codings [rows, codingSize], and the loss of each image, [rows]. */
    survey: ofImages(pixels, (state, images) => {
      const codings = encode(state, images); // [rows, codingSize]
      return { codings, losses: tf.mean(each(decode(state, codings), images), 1) }; // [rows, codingSize], [rows]
    }),
    /** Codings [rows, codingSize]. */
    encode: ofImages(pixels, (state, images) => ({ codings: encode(state, images) })),
    /** Images [rows, pixels] from 0 to 1 of codings [rows, codingSize]. */
    decode: (rows) =>
      defineCall({
        inputs: { codings: { shape: [rows, codingSize], dtype: 'float32' } },
        run: (state, { codings }) => ({ images: tf.sigmoid(decode(state, codings)) }),
      }),
    /** Reconstructed images [rows, pixels] from 0 to 1, and their codings [rows, codingSize]. */
    reconstruct: ofImages(pixels, (state, images) => {
      const codings = encode(state, images); // [rows, codingSize]
      return { images: tf.sigmoid(decode(state, codings)), codings };
    }),
    /** Each layer's output [rows, units], by its name. */
    activations: ofImages(pixels, outputs),
  } satisfies Record<string, Call>;
}

export function autoencoder(values: AutoencoderValues, image: ImageSize): Model {
  const pixels = pixelsOf(image);
  const net = architecture(values, pixels);
  const weights = denseSpecs(net.layers);
  const loss = losses[values.loss];
  const optimizer = optimizers[values.optimizer];
  return {
    definition: {
      state: { ...weights, ...optimizer.slots(weights) },
      steps: { train: trainingStep(values, pixels, net) },
      calls: {
        evaluate: evaluation(loss, pixels, net),
        ...codingCalls(loss, pixels, values.codingSize, net),
      },
    },
    initialState: () => ({
      ...denseInitial(
        net.layers,
        (site) => new RandomStream(values.seed, 'initial', site),
        values.initializer,
      ),
      ...initialSlots(optimizer, weights),
    }),
  };
}
