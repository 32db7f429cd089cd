import { type DataShape, dataShapeOf } from './cost/data';
import { type ImageShape, type Layer, type LayerKind, parametersOf } from './cost/layers';
import {
  autoencoderLayers,
  charRnnLayers,
  dcganNetworks,
  ganNetworks,
  styleganNetworks,
} from './cost/networks';
import type { Recipe } from './models';

/** A recipe's networks as blocks that people name, each with what the cost module says of its layers. */

/** The hyperparameter that says how large a block is. */
export type BlockSize =
  /** Layer `index`, counted from 0, of a layers parameter. */
  | { readonly kind: 'layer'; readonly key: string; readonly index: number }
  /** A number of its own. */
  | { readonly kind: 'number'; readonly key: string };

export interface Block {
  /** Unique within its diagram. */
  readonly id: string;
  /** What its first layer does. */
  readonly kind: LayerKind;
  /** Shape of what it gives for one example (of a text: for one character). */
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly size: BlockSize | null;
  /** What begins the names of its weights in a run's state: `<name>/kernel`, ... */
  readonly weights: readonly string[];
  /** What else happens in it: normalization, dropout, ... */
  readonly extras: readonly LayerKind[];
}

/** How a network gains and loses blocks. */
export type Growth =
  | { readonly kind: 'layers'; readonly key: string }
  | { readonly kind: 'number'; readonly key: string };

export type NetworkId = 'encoder' | 'decoder' | 'reader' | 'mapping' | 'generator' | 'discriminator';

/** Blocks from an input to an output. */
export interface Network {
  readonly id: NetworkId;
  /** Shape of what goes in. */
  readonly input: readonly number[];
  /** The hyperparameter that sets the input's size. */
  readonly inputSize: BlockSize | null;
  readonly blocks: readonly Block[];
  readonly growth: Growth | null;
}

type Described = Partial<Pick<Block, 'size' | 'weights'>>;

/** Takes the layers of a network one block after the other, so that no layer is left out. */
class Blocks {
  readonly found: Block[] = [];
  private at = 0;

  constructor(
    private readonly network: NetworkId,
    private readonly layers: readonly Layer[],
  ) {}

  /** The next `count` layers as one block. */
  take(count: number, { size = null, weights = [] }: Described): void {
    const layers = this.layers.slice(this.at, this.at + count);
    const [first, last] = [layers[0], layers.at(-1)];
    if (!first || !last) throw new RangeError(`${this.network} has no layer ${this.at}`);
    this.at += count;
    const extras = layers.slice(1).flatMap(({ kind }) => (kind === first.kind ? [] : [kind]));
    const id = `${this.network}/${this.found.length}`;
    const { kind } = first;
    this.found.push({
      id,
      kind,
      shape: last.output,
      parameters: parametersOf(layers),
      size,
      weights,
      extras: [...new Set(extras)],
    });
  }

  /** Whether the next layer is of this kind. */
  isNext(kind: LayerKind): boolean {
    return this.layers[this.at]?.kind === kind;
  }
}

const layerOf = (key: string, index: number): BlockSize => ({ kind: 'layer', key, index });
const numberOf = (key: string): BlockSize => ({ kind: 'number', key });
const grownBy = (key: string): Growth => ({ kind: 'layers', key });

type ValuesOf<Model extends Recipe['model']> = Extract<Recipe, { model: Model }>['values'];

function autoencoder(values: ValuesOf<'autoencoder'>, image: ImageShape): Network[] {
  const layers = autoencoderLayers(values, image);
  const { hiddenUnits } = values;
  const depth = hiddenUnits.length;
  const encoder = new Blocks('encoder', layers.slice(0, depth + 1));
  const decoder = new Blocks('decoder', layers.slice(depth + 1));
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

function charRnn(values: ValuesOf<'char-rnn'>, vocabulary: number): Network[] {
  const reader = new Blocks('reader', charRnnLayers(values, vocabulary));
  values.hiddenUnits.forEach((_, i) => {
    // What it reads, and what it remembers.
    reader.take(2, { size: layerOf('hiddenUnits', i), weights: [`recurrent/${i}`] });
  });
  reader.take(1, { weights: ['output'] });
  return [
    {
      id: 'reader',
      input: [vocabulary],
      inputSize: null,
      blocks: reader.found,
      growth: grownBy('hiddenUnits'),
    },
  ];
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

function gan(values: ValuesOf<'gan'>, image: ImageShape): Network[] {
  const { generator, discriminator } = ganNetworks(values, image);
  return [
    denseNetwork('generator', generator, 'generatorUnits', noiseOf(values)),
    denseNetwork('discriminator', discriminator, 'discriminatorUnits', { input: image, inputSize: null }),
  ];
}

const noiseOf = ({ codingSize }: { readonly codingSize: number }) => ({
  input: [codingSize],
  inputSize: numberOf('codingSize'),
});

function convolutionalDiscriminator(
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

function dcgan(values: ValuesOf<'dcgan'>, image: ImageShape): Network[] {
  const { generator, discriminator } = dcganNetworks(values, image);
  const blocks = new Blocks('generator', generator);
  const weightsOf = (...names: string[]) => names.map((name) => `generator/${name}`);
  blocks.take(2, { size: layerOf('generatorFilters', 0), weights: weightsOf('dense', 'norm/0') });
  blocks.take(2, { size: layerOf('generatorFilters', 1), weights: weightsOf('convolution/0', 'norm/1') });
  blocks.take(1, { weights: weightsOf('convolution/1') });
  return [
    { id: 'generator', ...noiseOf(values), blocks: blocks.found, growth: null },
    convolutionalDiscriminator(discriminator, values.discriminatorFilters, image, null),
  ];
}

function stylegan(values: ValuesOf<'stylegan'>, image: ImageShape): Network[] {
  const { mappingDepth, synthesisFilters, styleSize } = values;
  const { generator, discriminator } = styleganNetworks(values, image);
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
    convolutionalDiscriminator(
      discriminator,
      values.discriminatorFilters,
      image,
      grownBy('discriminatorFilters'),
    ),
  ];
}

function ofImages(recipe: Exclude<Recipe, { model: 'char-rnn' }>, image: ImageShape): Network[] {
  switch (recipe.model) {
    case 'autoencoder':
      return autoencoder(recipe.values, image);
    case 'gan':
      return gan(recipe.values, image);
    case 'dcgan':
      return dcgan(recipe.values, image);
    case 'stylegan':
      return stylegan(recipe.values, image);
  }
}

/**
 * A recipe's networks in the order in which data go through them.
 * @throws RangeError if `data` isn't of the kind that the model learns from.
 */
export function networksOf(recipe: Recipe, data: DataShape = dataShapeOf(recipe)): Network[] {
  if (recipe.model === 'char-rnn') {
    if (!('vocabulary' in data)) throw new RangeError('A text expected, got images');
    return charRnn(recipe.values, data.vocabulary);
  }
  if ('vocabulary' in data) throw new RangeError('Images expected, got a text');
  return ofImages(recipe, [data.height, data.width, data.channels]);
}
