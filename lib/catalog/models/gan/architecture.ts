import { type Architecture, Blocks, grownBy, layerOf, type Network } from '../../blocks';
import { denseStack, type ImageShape, type Layer, readsData, sizeOf } from '../../cost/layers';
import { noiseOf } from '../convolutionalDiscriminator';
import type { GanValues } from './index';

function layers(values: GanValues, image: ImageShape) {
  const { codingSize, generatorUnits, discriminatorUnits } = values;
  return {
    generator: readsData(denseStack([codingSize, ...generatorUnits, sizeOf(image)])),
    discriminator: readsData(denseStack([sizeOf(image), ...discriminatorUnits, 1])),
  };
}

function denseNetwork(
  id: 'generator' | 'discriminator',
  layers: readonly Layer[],
  key: string,
  ends: Pick<Network, 'input' | 'inputSize'>,
): Network {
  const blocks = new Blocks(id, layers);
  layers.forEach((_, i) => {
    const size = i < layers.length - 1 ? layerOf(key, i) : null;
    blocks.take(1, { size, weights: [`${id}/dense/${i}`] });
  });
  return { id, ...ends, blocks: blocks.found, growth: grownBy(key) };
}

function networks(values: GanValues, image: ImageShape): Network[] {
  const { generator, discriminator } = layers(values, image);
  return [
    denseNetwork('generator', generator, 'generatorUnits', noiseOf(values)),
    denseNetwork('discriminator', discriminator, 'discriminatorUnits', { input: image, inputSize: null }),
  ];
}

export const ganArchitecture: Architecture<GanValues, ImageShape> = { layers, networks };
