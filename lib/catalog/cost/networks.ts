import type { AutoencoderValues } from '../models/autoencoder';
import type { CharRnnValues } from '../models/charRnn';
import type { DcganValues } from '../models/dcgan';
import type { GanValues } from '../models/gan';
import type { StyleganValues } from '../models/stylegan';
import {
  convolution,
  dense,
  denseStack,
  dropout,
  type ImageShape,
  type Layer,
  normalization,
  readsData,
  sizeOf,
  transposedConvolution,
} from './layers';

/** The layers of every model, as server/models builds them. */

export interface Adversaries {
  readonly generator: readonly Layer[];
  readonly discriminator: readonly Layer[];
}

export function autoencoderLayers(
  { hiddenUnits, codingSize }: AutoencoderValues,
  image: ImageShape,
): Layer[] {
  const encoder = [sizeOf(image), ...hiddenUnits, codingSize];
  return readsData(denseStack([...encoder, ...encoder.toReversed().slice(1)]));
}

/** A GRU has a second bias, since its reset gate comes after the recurrent product. */
const cells = { gru: { gates: 3, biases: 2 }, lstm: { gates: 4, biases: 1 } } as const;

/** One window of `windowLength` characters is one example. */
export function charRnnLayers(values: CharRnnValues, vocabulary: number): Layer[] {
  const { hiddenUnits, windowLength: time } = values;
  const { gates, biases } = cells[values.cell];
  const widths = [vocabulary, ...hiddenUnits];
  const recurrent = hiddenUnits.flatMap((units, i): Layer[] => {
    const inputs = widths[i] as number;
    const sums = gates * units;
    return [
      {
        kind: 'recurrent',
        output: [sums],
        parameters: inputs * sums,
        multiplyAdds: time * inputs * sums,
        activations: time * (inputs + sums),
      },
      {
        kind: 'recurrent',
        output: [units],
        parameters: (units + biases) * sums,
        multiplyAdds: time * units * sums,
        // The gates, what they make of the state, and their gradients.
        activations: time * (2 * sums + 2 * units),
      },
    ];
  });
  const output = dense(hiddenUnits.at(-1) as number, vocabulary);
  const { multiplyAdds, activations } = output;
  return readsData([
    ...recurrent,
    { ...output, multiplyAdds: time * multiplyAdds, activations: time * activations },
  ]);
}

export function ganNetworks(values: GanValues, image: ImageShape): Adversaries {
  const { codingSize, generatorUnits, discriminatorUnits } = values;
  return {
    generator: readsData(denseStack([codingSize, ...generatorUnits, sizeOf(image)])),
    discriminator: readsData(denseStack([sizeOf(image), ...discriminatorUnits, 1])),
  };
}

type DiscriminatorValues = Pick<DcganValues, 'kernelSize' | 'discriminatorFilters' | 'dropout'>;

/** Strided convolutions, each halving the image, then one unit that sees everything. */
function convolutionalDiscriminator(
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
const scaled = (
  [height, width]: ImageShape,
  divisor: number,
  factor: number,
  channels: number,
): ImageShape => [Math.ceil(height / divisor) * factor, Math.ceil(width / divisor) * factor, channels];

export function dcganNetworks(values: DcganValues, image: ImageShape): Adversaries {
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
    discriminator: convolutionalDiscriminator(values, image),
  };
}

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

export function styleganNetworks(values: StyleganValues, image: ImageShape): Adversaries {
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
    discriminator: convolutionalDiscriminator({ discriminatorFilters, ...styleganDiscriminator }, image),
  };
}
