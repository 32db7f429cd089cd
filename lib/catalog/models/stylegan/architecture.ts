import {
  type Architecture,
  Blocks,
  type Growth,
  grownBy,
  layerOf,
  type Network,
  numberOf,
} from '../../blocks';
import {
  convolution,
  dense,
  denseStack,
  type ImageShape,
  type Layer,
  readsData,
  sizeOf,
  transposedConvolution,
} from '../../cost/layers';
import { discriminatorLayers, discriminatorNetwork, noiseOf, scaled } from '../convolutionalDiscriminator';
import type { StyleganValues } from './index';

const STYLED_KERNEL = 3;
/** What the StyleGAN's discriminator takes from the DCGAN's as it is. */
const styleganDiscriminator = { kernelSize: 5, dropout: 0 };

/**
 * Noise and bias with a number a channel each, the noise as a product that spreads it over the channels; and the
 * affine map from the style to each channel's scale and shift.
 */
function styled(styleSize: number, shape: ImageShape): Layer[] {
  const affine = dense(styleSize, 2 * shape[2]);
  return [
    {
      kind: 'noise',
      output: shape,
      parameters: 2 * shape[2],
      multiplyAdds: sizeOf(shape),
      activations: sizeOf(shape),
      readsData: true,
    },
    { ...affine, kind: 'style', output: shape, activations: affine.activations + 2 * sizeOf(shape) },
  ];
}

/** As `layer`, but what follows it brings the bias. */
const unbiased = (layer: Layer, channels: number): Layer => ({
  ...layer,
  parameters: layer.parameters - channels,
});

/**
 * Enlarging by nearest neighbour and then convolving, computed as a transposed convolution with a kernel of twice the
 * stride, which is made of the kernel that is learned.
 */
function enlarging(before: ImageShape, shape: ImageShape): Layer {
  const { multiplyAdds } = transposedConvolution(STYLED_KERNEL + 1, before, shape);
  return { ...convolution(STYLED_KERNEL, before[2], shape), multiplyAdds };
}

/** Two styled layers a resolution; the very first one starts from the learned constant, without a convolution. */
function synthesis({ styleSize, synthesisFilters }: StyleganValues, image: ImageShape): Layer[] {
  const divisor = 2 ** (synthesisFilters.length - 1);
  const shapes = synthesisFilters.map((filters, i) => scaled(image, divisor, 2 ** i, filters));
  const last = shapes.at(-1) as ImageShape;
  const resolutions = shapes.flatMap((shape, i) => {
    const [channels, before] = [shape[2], shapes[i - 1]];
    const first: Layer = before
      ? unbiased(enlarging(before, shape), channels)
      : {
          kind: 'constant',
          output: shape,
          parameters: sizeOf(shape),
          multiplyAdds: 0,
          activations: sizeOf(shape),
        };
    const second = unbiased(convolution(STYLED_KERNEL, channels, shape), channels);
    return [first, ...styled(styleSize, shape), second, ...styled(styleSize, shape)];
  });
  return [...resolutions, convolution(1, last[2], [last[0], last[1], image[2]])];
}

function layers(values: StyleganValues, image: ImageShape) {
  const { codingSize, styleSize, mappingDepth, discriminatorFilters } = values;
  const widths = [codingSize, ...Array.from({ length: mappingDepth }, () => styleSize)];
  // Style mixing makes two styles of every image.
  const mapping = denseStack(widths).map((layer) => ({
    ...layer,
    multiplyAdds: 2 * layer.multiplyAdds,
    activations: 2 * layer.activations,
  }));
  return {
    generator: [...readsData(mapping), ...synthesis(values, image)],
    discriminator: discriminatorLayers({ discriminatorFilters, ...styleganDiscriminator }, image),
  };
}

function networks(values: StyleganValues, image: ImageShape): Network[] {
  const { mappingDepth, synthesisFilters, styleSize } = values;
  const { generator, discriminator } = layers(values, image);
  const mapping = new Blocks('mapping', generator.slice(0, mappingDepth));
  for (let i = 0; i < mappingDepth; i++)
    mapping.take(1, { size: numberOf('styleSize'), weights: [`generator/mapping/${i}`] });
  const synthesis = new Blocks('generator', generator.slice(mappingDepth));
  // A convolution (or the learned constant), noise with a bias, and the style: twice a resolution.
  for (let i = 0; i < 2 * synthesisFilters.length; i++)
    synthesis.take(3, {
      size: layerOf('synthesisFilters', Math.floor(i / 2)),
      weights: [`generator/synthesis/${i}`],
    });
  synthesis.take(1, { weights: ['generator/image'] });
  const input = [styleSize];
  const growth: Growth = { kind: 'number', key: 'mappingDepth' };
  return [
    { id: 'mapping', ...noiseOf(values), blocks: mapping.found, growth },
    {
      id: 'generator',
      input,
      inputSize: null,
      blocks: synthesis.found,
      growth: grownBy('synthesisFilters'),
    },
    discriminatorNetwork(discriminator, values.discriminatorFilters, image, grownBy('discriminatorFilters')),
  ];
}

export const styleganArchitecture: Architecture<StyleganValues, ImageShape> = { layers, networks };
