import type { Codings } from '@/app/_room/pictures';
import { limits } from '@/lib/protocol/limits';
import type { Coding, GridAxes } from '@/lib/room/explore';

/** Pictures of a grid: at most, for all of it is one question to the model, and at least, where there is room. */
const COUNT = { most: limits.sampleImages, least: 36 };
/** Between two pictures, in CSS pixels. */
export const GRID_GAP = 1;
/** Times its own size that a picture is shown at most. */
const MOST_SCALE = 8;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pictures beside and below one another. */
export interface Tiles {
  readonly columns: number;
  readonly rows: number;
}

/** The same, each `scale` times its own size. */
export interface GridShape extends Tiles {
  readonly scale: number;
}

/** The grid that fills a room with pictures as large as whole multiples of their own size allow. Both in CSS pixels. */
export function gridShape(room: Size, picture: Size): GridShape {
  const fitting = (scale: number): GridShape => {
    const along = (side: keyof Size) =>
      Math.max(1, Math.floor((room[side] + GRID_GAP) / (scale * picture[side] + GRID_GAP)));
    let [columns, rows] = [along('width'), along('height')];
    while (columns * rows > COUNT.most)
      if (columns > rows) columns -= 1;
      else rows -= 1;
    return { columns, rows, scale };
  };
  for (let scale = MOST_SCALE; scale > 1; scale--) {
    const shape = fitting(scale);
    if (shape.columns * shape.rows >= COUNT.least) return shape;
  }
  return fitting(1);
}

/** Where codings lie, one normal distribution a number. */
export interface Spread {
  readonly means: Float32Array;
  readonly deviations: Float32Array;
}

/** What a model with a prior draws its codings from. */
export const standardNormal = (size: number): Spread => ({
  means: new Float32Array(size),
  deviations: new Float32Array(size).fill(1),
});

/** Where those of some pictures lie. */
export function spreadOf({ size, values }: Codings): Spread {
  const count = values.length / size;
  const column = (place: number) => Array.from({ length: count }, (_, i) => values[i * size + place] ?? 0);
  const means = new Float32Array(size);
  const deviations = new Float32Array(size);
  for (let place = 0; place < size; place++) {
    const all = column(place);
    const mean = all.reduce((sum, each) => sum + each, 0) / count;
    means[place] = mean;
    deviations[place] = Math.sqrt(all.reduce((sum, each) => sum + (each - mean) ** 2, 0) / count);
  }
  return { means, deviations };
}

/** Abramowitz and Stegun 7.1.26: the error function, to 1.5e-7. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}

/** The share of a standard normal distribution below x. */
const shareBelow = (x: number): number => (1 + errorFunction(x / Math.SQRT2)) / 2;

/** Below which the share `p` of a standard normal distribution lies; by halving, to six decimals. @param p above 0, below 1 */
export function normalQuantile(p: number): number {
  let [low, high] = [-6, 6];
  while (high - low > 1e-7) {
    const middle = (low + high) / 2;
    if (shareBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The middles of `side` equally likely parts of a standard normal distribution, from below. */
export const gridPlaces = (side: number): number[] =>
  Array.from({ length: side }, (_, i) => normalQuantile((i + 0.5) / side));

/**
 * Codings on a grid over two of their numbers, as dense as codings are; the other numbers are as on the mean.
 * @returns float32 [rows * columns, size], row by row from above
 */
export function gridCodings(
  { means, deviations }: Spread,
  { columns, rows }: Tiles,
  axes: GridAxes,
): Float32Array<ArrayBuffer> {
  const size = means.length;
  const [toTheRight, upwards] = [gridPlaces(columns), gridPlaces(rows)];
  const codings = new Float32Array(rows * columns * size);
  const at = (number: number, place = 0) => (means[number] ?? 0) + (deviations[number] ?? 1) * place;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const start = (row * columns + column) * size;
      codings.set(means, start);
      codings[start + axes.across] = at(axes.across, toTheRight[column]);
      codings[start + axes.up] = at(axes.up, upwards[rows - 1 - row]);
    }
  return codings;
}

/** The codings of a grid, row by row: those that a question asked for. @param latents float32 [count, size] as bytes */
export function codingsIn(latents: Uint8Array, size: number): Float32Array[] {
  const all = new Float32Array(latents.slice().buffer);
  return Array.from({ length: all.length / size }, (_, tile) => all.subarray(tile * size, (tile + 1) * size));
}

/** Whether codings, row by row, are those of a grid of this shape: alike along its columns and rows. */
export function fitTiles(
  codings: readonly Float32Array[],
  { columns, rows }: Tiles,
  { across, up }: GridAxes,
): boolean {
  const isInLine = (coding: Float32Array, tile: number) =>
    coding[across] === codings[tile % columns]?.[across] &&
    coding[up] === codings[tile - (tile % columns)]?.[up];
  return codings.length === columns * rows && codings.every(isInLine);
}

/** Between two vectors of the same size, Euclidean. */
const distance = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0));

/**
 * The tile in whose cell the coding lies that people explore together; -1 if it lies beside the grid, or has numbers
 * that nobody has moved. People's grids have as many places as their windows let them.
 */
export function tileOf({ moved }: Coding, codings: readonly Float32Array[], { columns }: Tiles): number {
  const [first, right, below] = [codings[0], codings[1], codings[columns]];
  if (!first || !right || !below || moved.length !== first.length) return -1;
  const present = Float32Array.from(moved, ([, value]) => value);
  const distances = codings.map((coding) => distance(coding, present));
  const least = Math.min(...distances);
  // Cells are widest at the corners.
  const isWithin = least <= Math.hypot(distance(first, right), distance(first, below)) / 2;
  return isWithin ? distances.indexOf(least) : -1;
}

/** Whether people can explore this coding together: it has no more numbers than they may move, nor larger ones. */
export const isExplorable = (coding: Float32Array): boolean =>
  coding.length <= limits.exploredNumbers && coding.every((value) => Math.abs(value) <= limits.exploredReach);

/** The tile to which a key leads from another one; `null` for keys that lead nowhere. */
export function tileAfter(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  tile: number,
  { columns, rows }: Tiles,
): number | null {
  const row = Math.floor(tile / columns);
  const column = tile % columns;
  const at = (toRow: number, toColumn: number) =>
    Math.min(rows - 1, Math.max(0, toRow)) * columns + Math.min(columns - 1, Math.max(0, toColumn));
  switch (key) {
    case 'ArrowLeft':
      return at(row, column - 1);
    case 'ArrowRight':
      return at(row, column + 1);
    case 'ArrowUp':
      return at(row - 1, column);
    case 'ArrowDown':
      return at(row + 1, column);
    case 'Home':
      return at(ctrlKey ? 0 : row, 0);
    case 'End':
      return at(ctrlKey ? rows - 1 : row, columns - 1);
    default:
      return null;
  }
}
