import { type Architecture, Blocks, grownBy, layerOf, type Network, numberOf } from '../../blocks';
import { denseStack, type ImageShape, readsData, sizeOf } from '../../cost/layers';
import type { AutoencoderValues } from './index';

function layers({ hiddenUnits, codingSize }: AutoencoderValues, image: ImageShape) {
  const widths = [sizeOf(image), ...hiddenUnits, codingSize];
  return { encoder: readsData(denseStack(widths)), decoder: denseStack(widths.toReversed()) };
}

function networks(values: AutoencoderValues, image: ImageShape): Network[] {
  const { hiddenUnits } = values;
  const depth = hiddenUnits.length;
  const own = layers(values, image);
  const encoder = new Blocks('encoder', own.encoder);
  const decoder = new Blocks('decoder', own.decoder);
  const sizes = [...hiddenUnits.map((_, i) => layerOf('hiddenUnits', i)), numberOf('codingSize')];
  sizes.forEach((size, i) => {
    encoder.take(1, { size, weights: [`encoder/${i}`] });
  });
  // The decoder mirrors the encoder: its layers have the same sizes, and the last one is the image's.
  sizes
    .slice(0, -1)
    .toReversed()
    .forEach((size, i) => {
      decoder.take(1, { size, weights: [`decoder/${i}`] });
    });
  decoder.take(1, { weights: [`decoder/${depth}`] });
  const growth = grownBy('hiddenUnits');
  return [
    { id: 'encoder', input: image, inputSize: null, blocks: encoder.found, growth },
    { id: 'decoder', input: [values.codingSize], inputSize: null, blocks: decoder.found, growth: null },
  ];
}

export const autoencoderArchitecture: Architecture<AutoencoderValues, ImageShape> = { layers, networks };
