import { Blocks, type Growth, layerOf, type Network, numberOf } from '../blocks';
import { convolution, dense, dropout, type ImageShape, type Layer, readsData, sizeOf } from '../cost/layers';
import type { DcganValues } from './dcgan';

/** What the architectures of GANs share. */

type DiscriminatorValues = Pick<DcganValues, 'kernelSize' | 'discriminatorFilters' | 'dropout'>;

/** Strided convolutions, each halving the image, then a dense unit. */
export function discriminatorLayers(
  { kernelSize, discriminatorFilters, dropout: rate }: DiscriminatorValues,
  image: ImageShape,
): Layer[] {
  let shape = image;
  const convolutions = discriminatorFilters.flatMap((filters) => {
    const [height, width, channels] = shape;
    shape = [Math.ceil(height / 2), Math.ceil(width / 2), filters];
    const layer = convolution(kernelSize, channels, shape);
    return rate === 0 ? [layer] : [layer, dropout(shape)];
  });
  return readsData([...convolutions, dense(sizeOf(shape), 1)]);
}

/** An image's shape with its sides divided, rounded up, and then multiplied, and with other channels. */
export const scaled = (
  [height, width]: ImageShape,
  divisor: number,
  factor: number,
  channels: number,
): ImageShape => [Math.ceil(height / divisor) * factor, Math.ceil(width / divisor) * factor, channels];

/** A generator's input. */
export const noiseOf = ({ codingSize }: { readonly codingSize: number }) => ({
  input: [codingSize],
  inputSize: numberOf('codingSize'),
});

export function discriminatorNetwork(
  layers: readonly Layer[],
  filters: readonly number[],
  image: ImageShape,
  growth: Growth | null,
): Network {
  const blocks = new Blocks('discriminator', layers);
  filters.forEach((_, i) => {
    const hasDropout = layers.some(({ kind }) => kind === 'dropout');
    blocks.take(hasDropout ? 2 : 1, {
      size: layerOf('discriminatorFilters', i),
      weights: [`discriminator/convolution/${i}`],
    });
  });
  blocks.take(1, { weights: ['discriminator/dense'] });
  return { id: 'discriminator', input: image, inputSize: null, blocks: blocks.found, growth };
}
