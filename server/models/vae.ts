import * as tf from '@tensorflow/tfjs-core';
import type { VaeValues } from '@/lib/catalog/models/vae';
import { RandomStream } from '@/lib/random';
import {
  type CallDefinition,
  defineCall,
  defineStep,
  type SpecMap,
  type StepDefinition,
  type TensorMap,
} from '@/server/engine/program';
import { Random } from '@/server/engine/trace/random';
import { codingCalls, ofImages } from './autoencoder';
import { denseActivated, denseInitial, denseSpecs, denseStack } from './dense';
import { imagesSpec, pixelsOf } from './images';
import { losses, roundedAccuracy } from './losses';
import { type ImageSize, type LayerHook, layerOutputs, type Model } from './model';
import { descend, initialSlots, optimizers } from './optimizers';

type Tensor = tf.Tensor;

// Shapes: rows, images at once; pixels, numbers of an image.

/** Each image's posterior: a normal distribution of codings with a diagonal covariance, [rows, codingSize] each. */
interface Posterior {
  readonly mean: Tensor;
  readonly logVariance: Tensor;
}

/**
 * The variational autoencoder (Kingma and Welling, 2013; Hands-on Machine Learning, chapter 17): image -> hidden layers
 * -> mean and log variance of its coding -> a draw -> the hidden layers mirrored -> logits of the image.
 */
function architecture({ hiddenUnits, codingSize, activation }: VaeValues, pixels: number) {
  const widths = [pixels, ...hiddenUnits, codingSize];
  const hidden = denseStack('encoder', widths.slice(0, -1));
  const head = (name: string) => ({
    name: `encoder/${name}`,
    inputs: widths.at(-2) as number,
    units: codingSize,
  });
  const [means, logVariances] = [head('means'), head('logVariances')];
  const decoder = denseStack('decoder', widths.toReversed());
  const [inner, last] = [decoder.slice(0, -1), decoder.slice(-1)];

  function posterior(weights: TensorMap, images: Tensor, hook?: LayerHook): Posterior {
    const h = denseActivated(weights, hidden, activation, images, hook); // [rows, last hidden layer]
    return {
      mean: denseActivated(weights, [means], 'linear', h, hook), // [rows, codingSize]
      logVariance: denseActivated(weights, [logVariances], 'linear', h, hook), // [rows, codingSize]
    };
  }
  const encode = (weights: TensorMap, images: Tensor, hook?: LayerHook) =>
    posterior(weights, images, hook).mean;
  const decode = (weights: TensorMap, codings: Tensor, hook?: LayerHook) =>
    denseActivated(weights, last, 'linear', denseActivated(weights, inner, activation, codings, hook));
  return {
    layers: [...hidden, means, logVariances, ...decoder],
    posterior,
    encode,
    decode,
    /** Outputs of all layers, of the last one the image itself, [rows, pixels] from 0 to 1. */
    outputs: (weights: TensorMap, images: Tensor) =>
      layerOutputs((hook) => {
        const drawn = tf.sigmoid(decode(weights, encode(weights, images, hook), hook)); // [rows, pixels]
        for (const { name } of last) hook(name, drawn);
      }),
  };
}
type Architecture = ReturnType<typeof architecture>;

/** A draw, [rows, codingSize], as mean + standard deviation * noise, so that gradients reach both (reparameterisation). */
function draw({ mean, logVariance }: Posterior, random: Random): Tensor {
  const noise = random.normal('coding', mean.shape); // [rows, codingSize]
  return tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise));
}

/** KL divergence of each posterior from the standard normal prior, in nats, [rows]: -1/2 sum(1 + v - e^v - mean^2). */
export function klDivergence({ mean, logVariance }: Posterior): Tensor {
  const each = tf.sub(tf.add(logVariance, 1), tf.add(tf.exp(logVariance), tf.square(mean))); // [rows, codingSize]
  return tf.mul(tf.sum(each, 1), -0.5); // [rows]
}

const scalar = { shape: [], dtype: 'float32' } as const;
const counter = { shape: [], dtype: 'int32' } as const;

/** The KL term's weight, and what the draws are keyed by. */
const scalarInputs = { klWeight: scalar, seed: counter, step: counter } as const satisfies SpecMap;

const crossEntropy = losses['binary-cross-entropy'];

/**
 * One step down cross-entropy plus KL divergence by its weight, both per pixel. Metrics: the `loss`, its `reconstruction`
 * part in nats a pixel, `kl` in nats an image, and the rounded `accuracy`.
 */
function trainingStep(values: VaeValues, pixels: number, net: Architecture): StepDefinition {
  const optimizer = optimizers[values.optimizer];
  return defineStep({
    inputs: { ...imagesSpec(values.batchSize, pixels), learningRate: scalar, ...scalarInputs },
    run: (state, { images, learningRate, klWeight, seed, step }) => {
      const random = new Random(seed, step);
      const pass = (weights: TensorMap) => {
        const posterior = net.posterior(weights, images);
        const logits = net.decode(weights, draw(posterior, random)); // [batch, pixels]
        const reconstruction = crossEntropy.mean(logits, images); // []
        return { logits, reconstruction, kl: tf.mean(klDivergence(posterior)) };
      };
      const { loss, next } = descend(optimizer, denseSpecs(net.layers), {
        state,
        rate: learningRate,
        lossOf: (weights) => {
          const { reconstruction, kl } = pass(weights);
          return tf.add(reconstruction, tf.mul(tf.div(kl, pixels), klWeight));
        },
      });
      // The engine merges this forward pass with the one in the loss.
      const { logits, reconstruction, kl } = pass(state);
      const accuracy = tf.mean(roundedAccuracy(logits, images));
      return { state: next, metrics: { loss, reconstruction, kl, accuracy } };
    },
  });
}

/** The metrics of each image by itself, [rows], with one draw of its posterior. */
const evaluation =
  (pixels: number, net: Architecture) =>
  (rows: number): CallDefinition =>
    defineCall({
      inputs: { ...imagesSpec(rows, pixels), ...scalarInputs },
      run: (state, { images, klWeight, seed, step }) => {
        const posterior = net.posterior(state, images);
        const logits = net.decode(state, draw(posterior, new Random(seed, step))); // [rows, pixels]
        const reconstruction = tf.mean(crossEntropy.each(logits, images), 1); // [rows]
        const kl = klDivergence(posterior); // [rows]
        return {
          loss: tf.add(reconstruction, tf.mul(tf.div(kl, pixels), klWeight)),
          reconstruction,
          kl,
          accuracy: tf.mean(roundedAccuracy(logits, images), 1),
        };
      },
    });

/** Means of the posteriors as codings, and the logarithms of their variances, [rows, codingSize] each. */
const encoding = (pixels: number, net: Architecture) =>
  ofImages(pixels, (state, images) => {
    const { mean, logVariance } = net.posterior(state, images);
    return { codings: mean, logVariances: logVariance };
  });

export function vae(values: VaeValues, image: ImageSize): Model {
  const pixels = pixelsOf(image);
  const net = architecture(values, pixels);
  const weights = denseSpecs(net.layers);
  const optimizer = optimizers[values.optimizer];
  const stream = (site: string) => new RandomStream(values.seed, 'initial', site);
  return {
    definition: {
      state: { ...weights, ...optimizer.slots(weights) },
      steps: { train: trainingStep(values, pixels, net) },
      calls: {
        evaluate: evaluation(pixels, net),
        ...codingCalls(crossEntropy, pixels, values.codingSize, net),
        encode: encoding(pixels, net),
      },
    },
    initialState: () => ({
      ...denseInitial(net.layers, stream, values.initializer),
      ...initialSlots(optimizer, weights),
    }),
  };
}
