import * as tf from '@tensorflow/tfjs-core';
import type { StyleganValues } from '@/lib/catalog/models/stylegan';
import { RandomStream } from '@/lib/random';
import {
  type CallDefinition,
  defineCall,
  type SpecMap,
  type TensorMap,
  type TensorsOf,
} from '@/server/engine/program';
import { Random } from '@/server/engine/trace/random';
import { leakyRelu } from './activations';
import { adversarialModel } from './adversarial';
import type { Generator } from './adversarialNetworks';
import { type DenseLayer, denseActivated, denseInitial, denseSpecs, denseStack } from './dense';
import { convolutionalDiscriminator } from './discriminator';
import { fromSigned } from './images';
import { type ImageSize, type LayerHook, layerOutputs, type Model } from './model';
import { normalized } from './normalization';
import { convolved, type Layer, layerInitial, layerSpecs, layersOf, matrix, noiseSpecs } from './synthesis';
import { named, tensorOf, tensorsOf } from './weights';

type Tensor = tf.Tensor;
type Call = (rows: number) => CallDefinition;

// Shapes: rows, images at once, in training `batch`; height, width and outputs (feature maps) of a layer.

/** Inputs of a call: the strength of the layers' noise, and the seed that it is drawn by. */
const layerNoise = { noise: matrix(), seed: { shape: [], dtype: 'int32' } } as const satisfies SpecMap;

const DISCRIMINATOR_KERNEL = 5;

/** The noise that the layers add to their features. */
interface LayerNoise {
  readonly random: Random;
  /** The same for all rows, or drawn for each. */
  readonly shared: boolean;
  /** 0 to 1, []; 1 if absent. */
  readonly strength?: Tensor;
}

/**
 * The style-based generator of Karras and others (2019). Mapping network: latents z, each of length
 * sqrt(codingSize), -> dense layers with leaky ReLU -> w. Synthesis network: from a learned constant up through
 * the resolutions; each layer is a convolution (3 x 3, the first of a resolution after enlarging by nearest
 * neighbour), noise with a learned scale a channel, a bias, leaky ReLU, and adaptive instance normalisation with
 * the scale 1 + s and the shift t that an affine map makes of w. A 1 x 1 convolution and tanh draw the image.
 */
class StyleGenerator implements Generator {
  private readonly layers: readonly Layer[];
  private readonly mapping: readonly DenseLayer[];
  private readonly toImage: DenseLayer;
  readonly averages: { readonly style: ReturnType<typeof matrix> };
  readonly weights: SpecMap;

  constructor(
    private readonly values: StyleganValues,
    private readonly image: ImageSize,
  ) {
    const { codingSize, styleSize, mappingDepth, synthesisFilters } = values;
    this.layers = layersOf(values, image);
    this.mapping = denseStack('mapping', [codingSize, ...Array<number>(mappingDepth).fill(styleSize)]);
    this.toImage = { name: 'image', inputs: synthesisFilters.at(-1) as number, units: image.channels };
    this.averages = { style: { shape: [styleSize], dtype: 'float32' } };
    this.weights = {
      ...denseSpecs([...this.mapping, ...this.layers.map(({ style }) => style), this.toImage]),
      ...named(this.layers, layerSpecs),
    };
  }

  initial(): Record<string, Float32Array> {
    const stream = (site: string) => new RandomStream(this.values.seed, 'initial', 'generator', site);
    return {
      ...denseInitial([...this.mapping, ...this.layers.map(({ style }) => style), this.toImage], stream),
      ...named(this.layers, (layer) => layerInitial(layer, stream)),
      style: new Float32Array(this.values.styleSize),
    };
  }

  readonly pixelsOf = fromSigned;

  /** Of the first style of each row. */
  noise(random: Random): Tensor {
    return tf.split(this.pairs(random), 2)[0] as Tensor;
  }

  /** Noise z of two styles a row: the first ones, then the second, [2 batch, codingSize]. */
  private pairs(random: Random): Tensor {
    const { batchSize, codingSize } = this.values;
    return random.normal('latents', [2 * batchSize, codingSize]);
  }

  fakes(own: TensorMap, random: Random): Tensor {
    return this.train(own, random).images;
  }

  /** Images of mixed styles; the mean style follows that of the first ones. */
  train(own: TensorMap, random: Random): { images: Tensor; averages: TensorMap } {
    const { averageDecay } = this.values;
    const [first, second] = tf.split(this.map(own, this.pairs(random)), 2); // [batch, styleSize] each
    const styles = this.mixed(first as Tensor, second as Tensor, random);
    const mean = tf.mean(first as Tensor, 0); // [styleSize]
    const style = tf.add(tf.mul(this.averageOf(own), averageDecay), tf.mul(mean, 1 - averageDecay));
    return {
      images: this.synthesize(own, styles, { random, shared: false }),
      averages: { style },
    };
  }

  /** The mean style, [styleSize]. */
  private averageOf(own: TensorMap): Tensor {
    return tensorsOf(own, this.averages).style;
  }

  get calls(): Record<string, Call> {
    const { codingSize, styleSize } = this.values;
    return {
      /**
       * Images [rows, pixels] from 0 to 1 of `latents` z [rows, codingSize]. `truncation`: how far from the mean
       * style, 1 being all the way; `noise`: the strength of the layers' noise, 1 as in training; `seed` of that noise.
       */
      generate: (rows) =>
        defineCall({
          inputs: { latents: matrix(rows, codingSize), truncation: matrix(), ...layerNoise },
          run: (own, { latents, truncation, ...rest }) => {
            const style = this.styleOf(own, latents, truncation); // [rows, styleSize]
            return this.drawn(
              own,
              this.layers.map(() => style),
              rest,
            );
          },
        }),
      mix: (rows) => this.mix(rows),
      /** Styles w [rows, styleSize] of `latents` z [rows, codingSize]. */
      map: (rows) =>
        defineCall({
          inputs: { latents: matrix(rows, codingSize) },
          run: (own, { latents }) => ({ styles: this.map(own, latents) }),
        }),
      /** Images [rows, pixels] from 0 to 1 of `styles` w [rows, layers, styleSize], two layers a resolution. */
      synthesize: (rows) =>
        defineCall({
          inputs: { styles: matrix(rows, this.layers.length, styleSize), ...layerNoise },
          run: (own, { styles, ...rest }) => {
            const each = tf.split(styles, this.layers.length, 1); // [rows, 1, styleSize] a layer
            return this.drawn(
              own,
              each.map((style) => tf.reshape(style, [rows, styleSize])),
              rest,
            );
          },
        }),
    };
  }

  /**
   * Images [rows, pixels] from 0 to 1 of blended styles: in each layer that of `latents` [rows, codingSize], moved
   * towards that of `others` [rows, codingSize] by the layer's share, `shares` [rows, layers]. The rest as in `generate`.
   */
  private mix(rows: number): CallDefinition {
    const latents = matrix(rows, this.values.codingSize);
    const shares = matrix(rows, this.layers.length);
    return defineCall({
      inputs: { latents, others: latents, shares, truncation: matrix(), ...layerNoise },
      run: (own, { latents, others, shares, truncation, ...rest }) => {
        const style = this.styleOf(own, latents, truncation); // [rows, styleSize]
        const towards = tf.sub(this.styleOf(own, others, truncation), style); // [rows, styleSize]
        const each = tf.split(shares, this.layers.length, 1); // [rows, 1] a layer
        return this.drawn(
          own,
          each.map((share) => tf.add(style, tf.mul(towards, share))),
          rest,
        );
      },
    });
  }

  /** Truncated styles w [rows, styleSize]: `truncation` of the way from the mean style to that of the latents. */
  private styleOf(own: TensorMap, latents: Tensor, truncation: Tensor): Tensor {
    const average = this.averageOf(own); // [styleSize]
    return tf.add(average, tf.mul(tf.sub(this.map(own, latents), average), truncation));
  }

  /** Of `latents` [rows, codingSize], with truncation 1. */
  readonly activations: Call = (rows) =>
    defineCall({
      inputs: { latents: matrix(rows, this.values.codingSize), ...layerNoise },
      run: (own, { latents, ...rest }) =>
        layerOutputs((hook) => {
          const style = this.map(own, latents, hook); // [rows, styleSize]
          const styles = this.layers.map(() => style);
          hook('images', this.drawn(own, styles, rest, hook).images);
        }),
    });

  /** Images [rows, pixels] from 0 to 1, all with the same noise, so that none depends on those drawn beside it. */
  private drawn(
    own: TensorMap,
    styles: readonly Tensor[],
    { noise: strength, seed }: TensorsOf<typeof layerNoise>,
    hook?: LayerHook,
  ): { images: Tensor } {
    const random = new Random(seed, tf.scalar(0, 'int32'));
    const images = this.synthesize(own, styles, { random, shared: true, strength }, hook); // [rows, height, width, channels]
    return { images: fromSigned(images) };
  }

  /** The mapping network: styles w [rows, styleSize] of latents z [rows, codingSize]. */
  private map(own: TensorMap, latents: Tensor, hook?: LayerHook): Tensor {
    const meanSquare = tf.mean(tf.square(latents), 1, true); // [rows, 1]
    const unit = tf.mul(latents, tf.rsqrt(tf.add(meanSquare, 1e-8))); // [rows, codingSize]
    return this.mapping.reduce((x, layer) => {
      const active = leakyRelu(denseActivated(own, [layer], 'linear', x), this.values.leak);
      hook?.(layer.name, active);
      return active;
    }, unit);
  }

  /** Style mixing: in a share of the rows (`styleMixing`) the second style takes over at a random layer after the first. */
  private mixed(first: Tensor, second: Tensor, random: Random): Tensor[] {
    const { styleMixing, batchSize } = this.values;
    const last = this.layers.length - 1;
    if (styleMixing === 0) return this.layers.map(() => first);
    // Uniform from 0 to last for that share, and beyond for the others.
    const crossover = tf.mul(random.uniform('crossover', [batchSize, 1]), last / styleMixing); // [batch, 1]
    const difference = tf.sub(second, first); // [batch, styleSize]
    return this.layers.map((_, i) => {
      const isBeyond = tf.cast(tf.greater(i, crossover), 'float32'); // [batch, 1]
      return tf.add(first, tf.mul(difference, isBeyond));
    });
  }

  /** Images [rows, height, width, channels] from -1 to 1 of one style [rows, styleSize] a layer. */
  private synthesize(own: TensorMap, styles: readonly Tensor[], noise: LayerNoise, hook?: LayerHook): Tensor {
    const start = tensorOf(own, 'synthesis/0/constant'); // [1, height, width, outputs]
    const features = this.layers.reduce((x, layer, i) => {
      const source = convolved(own, layer, x); // [1 or rows, height, width, outputs]
      const styled = this.styled(own, layer, source, styles[i] as Tensor, noise); // [rows, ...]
      hook?.(layer.name, styled);
      return styled;
    }, start);
    const [rows, height, width, depth] = features.shape as [number, number, number, number];
    const { image } = this;
    const flat = tf.reshape(features, [-1, depth]); // [rows * height * width, depth]
    const drawn = denseActivated(own, [this.toImage], 'tanh', flat); // [..., channels]
    const corner = [0, (height - image.height) >> 1, (width - image.width) >> 1, 0];
    const whole = tf.reshape(drawn, [rows, height, width, image.channels]); // [rows, height, width, channels]
    hook?.(this.toImage.name, fromSigned(whole));
    return tf.slice(whole, corner, [rows, image.height, image.width, image.channels]); // cut to the image's size
  }

  private styled(own: TensorMap, layer: Layer, x: Tensor, style: Tensor, noise: LayerNoise): Tensor {
    const { name, outputs, height, width } = layer;
    const weights = tensorsOf(own, noiseSpecs(layer), layer);
    const rows = style.shape[0] as number;
    const images = noise.shared ? 1 : rows;
    const drawn = noise.random.normal(name, [images * height * width, 1]); // [images * height * width, 1]
    const learned = tf.reshape(weights.noise, [1, outputs]); // [1, outputs]
    const scale = noise.strength ? tf.mul(learned, noise.strength) : learned;
    // As a product, which the engine adds to that of a convolution in one pass.
    const added = tf.add(tf.matMul(drawn, scale), weights.bias); // [images * height * width, outputs]
    const sum = tf.add(x, tf.reshape(added, [images, height, width, outputs])); // [1 or rows, height, width, outputs]
    const active = leakyRelu(sum, this.values.leak);
    const affine = denseActivated(own, [layer.style], 'linear', style); // [rows, 2 outputs]
    const [s, shift] = tf.split(tf.reshape(affine, [rows, 1, 1, 2 * outputs]), 2, 3) as [Tensor, Tensor]; // [rows, 1, 1, outputs] each
    const whole = active.shape[0] === rows ? active : tf.tile(active, [rows, 1, 1, 1]);
    return normalized(whole, { scale: tf.add(s, 1), shift }, [1, 2], 1e-8);
  }
}

/** A small StyleGAN on images from -1 to 1: non-saturating logistic loss, style mixing, a mean style to truncate towards. */
export function stylegan(values: StyleganValues, image: ImageSize): Model {
  const settings = { ...values, kernelSize: DISCRIMINATOR_KERNEL, dropout: 0 };
  return adversarialModel(
    values,
    image,
    new StyleGenerator(values, image),
    convolutionalDiscriminator(settings, image),
  );
}
