import * as tf from '@tensorflow/tfjs-core';
import { RandomStream } from '@/lib/random';
import type { TensorMap } from '@/server/engine/program';
import type { Random } from '@/server/engine/trace/random';
import { leakyRelu } from './activations';
import type { Discriminator } from './adversarialNetworks';
import { type Convolution, convolutionInitial, convolutionSpecs, halve } from './convolution';
import { denseActivated, denseInitial, denseSpecs } from './dense';
import { toSigned } from './images';
import { type ImageSize, type LayerHook, layerOutputs } from './model';

// Shapes: rows, images at once; height, width and outputs (feature maps) as each layer has them.

/** Half the size of an image, as a convolution with stride 2 leaves it. */
export const half = (side: number): number => Math.ceil(side / 2);

interface Settings {
  readonly discriminatorFilters: readonly number[];
  readonly kernelSize: number;
  /** Slope of the leaky ReLU below zero. */
  readonly leak: number;
  /** Share that dropout leaves out after each convolution. */
  readonly dropout: number;
  readonly seed: number;
}

/** Image from -1 to 1 -> convolutions with stride 2, each with leaky ReLU and dropout -> flattened -> one logit. */
export function convolutionalDiscriminator(settings: Settings, image: ImageSize): Discriminator {
  const { discriminatorFilters, kernelSize, leak, dropout, seed } = settings;
  const depths = [image.channels, ...discriminatorFilters];
  const layers = discriminatorFilters.map(
    (outputs, i): Convolution => ({
      name: `convolution/${i}`,
      side: kernelSize,
      inputs: depths[i] as number,
      outputs,
    }),
  );
  const [height, width] = layers.reduce(([h, w]) => [half(h), half(w)], [image.height, image.width]);
  const output = { name: 'dense', inputs: (depths.at(-1) as number) * height * width, units: 1 };

  const features = (
    own: TensorMap,
    images: tf.Tensor,
    random: Random | null,
    hook?: LayerHook,
  ): tf.Tensor => {
    const last = layers.reduce((x, layer) => {
      const active = leakyRelu(halve(own, layer, x), leak); // [rows, height / 2, width / 2, outputs]
      hook?.(layer.name, active);
      if (!random || dropout === 0) return active;
      return tf.mul(active, random.dropoutMask(`${layer.name} dropout`, active.shape, dropout));
    }, images);
    return tf.reshape(last, [-1, output.inputs]); // [rows, height * width * depth of the last layer]
  };
  const stream = (site: string) => new RandomStream(seed, 'initial', 'discriminator', site);
  return {
    weights: { ...convolutionSpecs(layers), ...denseSpecs([output]) },
    initial: () => ({ ...convolutionInitial(layers, stream), ...denseInitial([output], stream) }),
    prepare: (images) => toSigned(images, image),
    logits: (own, images, random) => denseActivated(own, [output], 'linear', features(own, images, random)),
    features: (own, images) => features(own, images, null),
    activations: (own, images) =>
      layerOutputs((hook) =>
        denseActivated(own, [output], 'sigmoid', features(own, images, null, hook), hook),
      ),
  };
}
