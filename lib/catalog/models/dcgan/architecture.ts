import { type Architecture, Blocks, layerOf, type Network } from '../../blocks';
import {
  dense,
  type ImageShape,
  normalization,
  readsData,
  sizeOf,
  transposedConvolution,
} from '../../cost/layers';
import { discriminatorLayers, discriminatorNetwork, noiseOf, scaled } from '../convolutionalDiscriminator';
import type { DcganValues } from './index';

function layers(values: DcganValues, image: ImageShape) {
  const { codingSize, kernelSize, generatorFilters } = values;
  const [coarse = 1, fine = 1] = generatorFilters;
  const base = scaled(image, 4, 1, coarse);
  const middle = scaled(image, 4, 2, fine);
  return {
    generator: readsData([
      dense(codingSize, sizeOf(base)),
      normalization(base),
      transposedConvolution(kernelSize, base, middle),
      normalization(middle),
      transposedConvolution(kernelSize, middle, scaled(image, 4, 4, image[2])),
    ]),
    discriminator: discriminatorLayers(values, image),
  };
}

function networks(values: DcganValues, image: ImageShape): Network[] {
  const { generator, discriminator } = layers(values, image);
  const blocks = new Blocks('generator', generator);
  const weightsOf = (...names: string[]) => names.map((name) => `generator/${name}`);
  blocks.take(2, { size: layerOf('generatorFilters', 0), weights: weightsOf('dense', 'norm/0') });
  blocks.take(2, { size: layerOf('generatorFilters', 1), weights: weightsOf('convolution/0', 'norm/1') });
  blocks.take(1, { weights: weightsOf('convolution/1') });
  return [
    { id: 'generator', ...noiseOf(values), blocks: blocks.found, growth: null },
    discriminatorNetwork(discriminator, values.discriminatorFilters, image, null),
  ];
}

export const dcganArchitecture: Architecture<DcganValues, ImageShape> = { layers, networks };
