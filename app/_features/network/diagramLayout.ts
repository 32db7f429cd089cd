import type { Block, BlockSize, Growth, Network, NetworkId } from '@/lib/catalog/blocks';

/** Where the blocks of a recipe's networks stand, in CSS pixels; a pure function of them and of the room there is. */

/** Data that go into a network or come out of it. */
export type DataKind =
  | 'image'
  | 'reconstruction'
  | 'real'
  | 'generated'
  | 'noise'
  | 'text'
  | 'guess'
  | 'verdict';

interface Place {
  readonly id: string;
  /** Centre of the column. */
  readonly x: number;
  /** Centre of the row. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly shape: readonly number[];
  readonly size: BlockSize | null;
}
export interface BlockPlace extends Place {
  readonly kind: 'block';
  readonly block: Block;
  readonly network: NetworkId;
}
export interface DataPlace extends Place {
  readonly kind: 'data';
  readonly data: DataKind;
}
export type NodePlace = BlockPlace | DataPlace;

/** A gap where a layer may be added, before the `index`-th of its parameter. */
export interface GapPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly growth: Growth;
  readonly index: number;
  readonly network: NetworkId;
}

export interface Row {
  readonly nodes: readonly NodePlace[];
  readonly y: number;
}

export interface DiagramLayout {
  readonly width: number;
  readonly height: number;
  readonly column: number;
  readonly rows: readonly Row[];
  readonly gaps: readonly GapPlace[];
}

/**
 * Pixels of a column and of a row, at least and at most; what a row's captions take under its shapes, and the air above
 * them. A diagram in a corner has no captions and shrinks as far as it must.
 */
const measures = {
  large: { column: { least: 58, most: 128 }, row: { least: 118, most: 320 }, caption: 46, air: 22 },
  small: { column: { least: 4, most: 40 }, row: { least: 20, most: 120 }, caption: 2, air: 6 },
} as const;

/** Side of an image's front on a scale of 0 to 1, and thickness from its channels. */
const LARGEST = Math.log2(1024);
const share = (numbers: number): number => Math.min(1, Math.log2(numbers + 1) / LARGEST);

/** Width and height of a shape that stands for so many numbers; `most` is the height there is. */
export function extent(shape: readonly number[], column: number, most: number) {
  const [height, , channels] = shape;
  if (shape.length === 3 && height !== undefined && channels !== undefined) {
    const side = Math.min(column * 0.5, most * 0.62) * Math.max(0.28, height / 28);
    return { width: side, height: side };
  }
  return {
    width: Math.min(Math.max(10, column * 0.16), column * 0.5),
    height: most * Math.max(0.08, share(height ?? 1)),
  };
}

/** How far an image of so many channels reaches into the depth, in pixels. */
export const depthOf = (shape: readonly number[], column: number): number =>
  shape.length === 3 ? Math.min(column * 0.22, 3 + 2.2 * Math.log2(shape[2] ?? 1)) : 0;

type Item = { readonly node: 'block'; readonly network: Network; readonly block: Block } | DataItem;
interface DataItem {
  readonly node: 'data';
  readonly data: DataKind;
  readonly shape: readonly number[];
  readonly size: BlockSize | null;
}

const data = (kind: DataKind, shape: readonly number[], size: BlockSize | null = null): DataItem => ({
  node: 'data',
  data: kind,
  shape,
  size,
});
const blocksOf = (network: Network): Item[] =>
  network.blocks.map((block) => ({ node: 'block', network, block }));

/** The items of each row from left to right: input data, blocks, output data. */
function rowsOf(networks: readonly Network[]): Item[][] {
  const by = (id: NetworkId) => networks.find((network) => network.id === id);
  const [encoder, decoder, reader] = [by('encoder'), by('decoder'), by('reader')];
  if (encoder && decoder)
    return [
      [
        data('image', encoder.input),
        ...blocksOf(encoder),
        ...blocksOf(decoder),
        data('reconstruction', encoder.input),
      ],
    ];
  if (reader) return [[data('text', reader.input), ...blocksOf(reader), data('guess', reader.input)]];
  const [mapping, generator, discriminator] = [by('mapping'), by('generator'), by('discriminator')];
  if (!generator || !discriminator) return [networks.flatMap(blocksOf)];
  const first = mapping ?? generator;
  return [
    [
      data('noise', first.input, first.inputSize),
      ...(mapping ? blocksOf(mapping) : []),
      ...blocksOf(generator),
      data('generated', discriminator.input),
    ],
    [data('real', discriminator.input), ...blocksOf(discriminator), data('verdict', [1])],
  ];
}

function placed(
  item: Item,
  i: number,
  at: { x: number; y: number; column: number; most: number },
): NodePlace {
  const { x, y, column, most } = at;
  const shape = item.node === 'block' ? item.block.shape : item.shape;
  const place = { x, y, shape, ...extent(shape, column, most) };
  if (item.node === 'data')
    return { kind: 'data', id: `${item.data}/${i}`, data: item.data, size: item.size, ...place };
  const { block, network } = item;
  return { kind: 'block', id: block.id, block, network: network.id, size: block.size, ...place };
}

/** Before each layer that may be joined by another one, and behind the last. */
function gapsOf(network: Network, nodes: readonly NodePlace[], column: number): GapPlace[] {
  const { growth, id } = network;
  if (!growth) return [];
  const own = nodes.filter((node) => node.kind === 'block' && node.network === id);
  const sized = own.filter(({ size }) => size?.key === growth.key);
  const places = growth.kind === 'number' ? own : sized;
  // Blocks of one layer stand side by side: one gap before them.
  const firsts = places.filter(
    ({ size }, i) =>
      i === 0 || size?.kind !== 'layer' || size.index !== (places[i - 1]?.size as typeof size)?.index,
  );
  const start = own[0];
  const ends = places.at(-1);
  const gap = (x: number, y: number, index: number): GapPlace => ({
    id: `${id}/gap/${index}`,
    x,
    y,
    growth,
    index,
    network: id,
  });
  if (!ends) return start ? [gap(start.x - column / 2, start.y, 0)] : [];
  return [
    ...firsts.map(({ x, y }, index) => gap(x - column / 2, y, index)),
    gap(ends.x + column / 2, ends.y, firsts.length),
  ];
}

/**
 * Half of the way between two gaps that would lie on one another, one at the end of a network and one before
 * the next.
 */
const PARTED = 14;

function parted(gaps: readonly GapPlace[]): GapPlace[] {
  const meets = (gap: GapPlace, other: GapPlace | undefined) =>
    other !== undefined && other.y === gap.y && Math.abs(other.x - gap.x) < PARTED;
  return gaps.map((gap, i) => {
    const [before, behind] = [meets(gap, gaps[i - 1]), meets(gap, gaps[i + 1])];
    return { ...gap, x: gap.x + (before ? PARTED : 0) - (behind ? PARTED : 0) };
  });
}

/** @param room the CSS pixels there are; the layout takes more where its columns or rows need it. */
export function layoutOf(
  networks: readonly Network[],
  room: { readonly width: number; readonly height: number },
  scale: keyof typeof measures = 'large',
): DiagramLayout {
  const { column: wide, row: high, caption, air } = measures[scale];
  const items = rowsOf(networks);
  const columns = Math.max(...items.map((row) => row.length));
  const column = Math.min(wide.most, Math.max(wide.least, room.width / columns));
  const height = Math.min(high.most, Math.max(high.least, room.height / items.length));
  const width = Math.max(room.width, columns * column);
  const top = Math.max(0, (room.height - items.length * height) / 2);
  const rows = items.map((row, r): Row => {
    const y = top + r * height + air + (height - air - caption) / 2;
    const left = (width - row.length * column) / 2;
    const most = height - air - caption;
    return {
      y,
      nodes: row.map((item, i) => placed(item, i, { x: left + (i + 0.5) * column, y, column, most })),
    };
  });
  const nodes = rows.flatMap((row) => row.nodes);
  return {
    width,
    height: Math.max(room.height, items.length * height),
    column,
    rows,
    gaps: parted(networks.flatMap((network) => gapsOf(network, nodes, column))),
  };
}
