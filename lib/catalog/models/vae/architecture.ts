import { type Architecture, Blocks, grownBy, layerOf, type Network, numberOf } from '../../blocks';
import { dense, denseStack, type ImageShape, readsData, sampling, sizeOf } from '../../cost/layers';
import type { VaeValues } from './index';

function layers({ hiddenUnits, codingSize }: VaeValues, image: ImageShape) {
  const widths = [sizeOf(image), ...hiddenUnits, codingSize];
  const hidden = readsData(denseStack(widths.slice(0, -1)));
  const head = dense(widths.at(-2) as number, codingSize);
  // The mean and the logarithm of the variance, which nothing comes between.
  const heads = hidden.length > 0 ? [head, head] : [head, head].flatMap((each) => readsData([each]));
  return {
    encoder: [...hidden, ...heads, sampling(codingSize)],
    decoder: denseStack(widths.toReversed()),
  };
}

function networks(values: VaeValues, image: ImageShape): Network[] {
  const { hiddenUnits, codingSize } = values;
  const own = layers(values, image);
  const encoder = new Blocks('encoder', own.encoder);
  const decoder = new Blocks('decoder', own.decoder);
  const sizes = hiddenUnits.map((_, i) => layerOf('hiddenUnits', i));
  sizes.forEach((size, i) => {
    encoder.take(1, { size, weights: [`encoder/${i}`] });
  });
  encoder.take(3, { size: numberOf('codingSize'), weights: ['encoder/means', 'encoder/logVariances'] });
  sizes.toReversed().forEach((size, i) => {
    decoder.take(1, { size, weights: [`decoder/${i}`] });
  });
  decoder.take(1, { weights: [`decoder/${hiddenUnits.length}`] });
  return [
    { id: 'encoder', input: image, inputSize: null, blocks: encoder.found, growth: grownBy('hiddenUnits') },
    { id: 'decoder', input: [codingSize], inputSize: null, blocks: decoder.found, growth: null },
  ];
}

export const vaeArchitecture: Architecture<VaeValues, ImageShape> = { layers, networks };
