import { type ImageShape, type Layer, type LayerKind, parametersOf } from './cost/layers';

/** A recipe's networks as blocks of layers, as the diagram draws them. */

/** The hyperparameter that sets a block's size. */
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
  /** Output shape for one example; of a text, for one character. */
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly size: BlockSize | null;
  /** Names of its layers in a run's state; their weights are `<name>/kernel` and so on. */
  readonly weights: readonly string[];
  /** Its further layers: normalization, dropout, ... */
  readonly extras: readonly LayerKind[];
}

/** How a network gains and loses blocks. */
export type Growth =
  | { readonly kind: 'layers'; readonly key: string }
  | { readonly kind: 'number'; readonly key: string };

export type NetworkId = 'encoder' | 'decoder' | 'reader' | 'mapping' | 'generator' | 'discriminator';

/** A network's blocks, from its input to its output. */
export interface Network {
  readonly id: NetworkId;
  /** Input shape of one example. */
  readonly input: readonly number[];
  /** The hyperparameter that sets the input's size. */
  readonly inputSize: BlockSize | null;
  readonly blocks: readonly Block[];
  readonly growth: Growth | null;
}

type Described = Partial<Pick<Block, 'size' | 'weights'>>;

/** Groups a network's layers into blocks, in order, so that none is left out. */
export class Blocks {
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

export const layerOf = (key: string, index: number): BlockSize => ({ kind: 'layer', key, index });
export const numberOf = (key: string): BlockSize => ({ kind: 'number', key });
export const grownBy = (key: string): Growth => ({ kind: 'layers', key });

/** What a model's networks consist of, as server/models builds them. */
export interface Architecture<Values, Shape extends ExampleShape> {
  /** Each network's layers, from its input to its output. */
  layers(values: Values, shape: Shape): Layers;
  /** The same as blocks, in the order in which data go through the networks. */
  networks(values: Values, shape: Shape): Network[];
}

export type Layers = Readonly<Partial<Record<NetworkId, readonly Layer[]>>>;

/** Shape of one example: an image's, or how many characters one of a text may be. */
export type ExampleShape = ImageShape | readonly [vocabulary: number];
