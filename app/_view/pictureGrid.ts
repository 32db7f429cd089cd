/** Gaps in image pixels, so that the whole grid scales by one whole number. */
const GAP = 2;
const PAIR_GAP = 8;
/** Width of the coloured bar at the left of each row, in image pixels. */
const BAR = 1;
/** Height of a coding's strip in image pixels, at least; it grows into what is left, up to a picture's own. */
const STRIP = 10;
/** CSS pixels of a strip's width below which the bars of a usual coding can't be told apart. */
const READABLE = 56;

/** Where the pairs stand, original above reconstruction, and between them a strip for the coding. Device pixels; pictures are `scale` times as large. */
export interface PictureGrid {
  /** Pairs that are shown. */
  readonly count: number;
  readonly scale: number;
  readonly columns: number;
  readonly pairRows: number;
  /** The first column's bar, and the width of all bars. */
  readonly barX: number;
  readonly barWidth: number;
  /** Height of the strips; 0 for none. */
  readonly strip: number;
  /** The top left corner of a pair's original, of its strip and of its reconstruction. */
  place(pair: number): { x: number; original: number; coding: number; reconstruction: number };
}

export interface PictureSpace {
  /** Device pixels at hand. */
  readonly width: number;
  readonly height: number;
  /** Pairs to show, and one picture's size in its own pixels. */
  readonly count: number;
  readonly imageWidth: number;
  readonly imageHeight: number;
}

const unitsWide = (columns: number, imageWidth: number) =>
  BAR + GAP + columns * imageWidth + (columns - 1) * GAP;
const pairHigh = (imageHeight: number, strip: number) =>
  2 * imageHeight + GAP + (strip > 0 ? strip + GAP : 0);
const unitsHigh = (pairRows: number, imageHeight: number, strip: number) =>
  pairRows * pairHigh(imageHeight, strip) + (pairRows - 1) * PAIR_GAP;

/**
 * Columns that show `count` cells largest; of equals the ones without a gap in the last row, then the widest.
 * @param fit how many times as large they could be in so many columns and rows.
 */
export function bestColumns(count: number, fitting: (columns: number, rows: number) => number) {
  let best = { columns: 1, scale: 0, isFull: false };
  for (let columns = 1; columns <= count; columns++) {
    const scale = Math.floor(fitting(columns, Math.ceil(count / columns)));
    const isFull = count % columns === 0;
    if (scale > best.scale || (scale === best.scale && (isFull || !best.isFull)))
      best = { columns, scale, isFull };
  }
  return best;
}

function bestPairColumns({ width, height, count, imageWidth, imageHeight }: PictureSpace, strip: number) {
  return bestColumns(count, (columns, pairRows) =>
    Math.min(width / unitsWide(columns, imageWidth), height / unitsHigh(pairRows, imageHeight, strip)),
  );
}

/** Pairs that fit in their own size; at least one. */
function mostPairs({ width, height, count, imageWidth, imageHeight }: PictureSpace, strip: number): number {
  const columns = Math.floor((width - BAR) / (imageWidth + GAP));
  const rows = Math.floor((height + PAIR_GAP) / (pairHigh(imageHeight, strip) + PAIR_GAP));
  return Math.min(count, Math.max(1, columns * rows));
}

/**
 * How many of `most` pictures to show, and in how many columns: as many as cover most of the space, at least half of
 * them. Of equals the most pictures; fewer than all stand in full rows.
 */
export function coveringMost<T extends { readonly columns: number; readonly scale: number }>(
  most: number,
  fitting: (count: number) => T,
): (T & { readonly count: number }) | null {
  let best: (T & { count: number }) | null = null;
  for (let count = most; count >= most / 2; count--) {
    const each = fitting(count);
    if (each.scale < 1 || (count < most && count % each.columns > 0)) continue;
    if (!best || count * each.scale ** 2 > best.count * best.scale ** 2) best = { ...each, count };
  }
  return best;
}

/** Lays pairs out in rows, as large as whole multiples allow; where not all fit, the first ones. */
export function layOutPictures(space: PictureSpace, strip = 0): PictureGrid {
  const columnsFor = (count: number) => bestPairColumns({ ...space, count }, strip);
  const found = coveringMost(space.count, columnsFor);
  if (found) return arranged(space, { ...found, strip });
  const count = mostPairs(space, strip);
  const { columns, scale } = columnsFor(count);
  return arranged(space, { count, columns, scale: Math.max(1, scale), strip });
}

/**
 * The same with a strip for each coding, where that leaves at least half of the pairs and the bars can be told apart;
 * else without, unless codings are called for.
 * @param ratio device pixels of a CSS pixel.
 */
export function layOutCoded(space: PictureSpace, ratio: number, isCalledFor: boolean): PictureGrid {
  const found = coveringMost(space.count, (count) => {
    const best = bestPairColumns({ ...space, count }, STRIP);
    const isReadable = best.scale * space.imageWidth >= READABLE * ratio && count % best.columns === 0;
    return isReadable ? best : { ...best, scale: 0 };
  });
  if (found)
    return arranged(space, { ...found, strip: grown(space, found.count / found.columns, found.scale) });
  if (!isCalledFor) return layOutPictures(space);
  const { count, columns, scale, pairRows } = layOutPictures(space, STRIP);
  return arranged(space, { count, columns, scale, strip: grown(space, pairRows, scale) });
}

/** A strip's height that fills what so many rows leave. */
function grown({ height, imageHeight }: PictureSpace, pairRows: number, scale: number): number {
  const free = Math.floor(height / scale) - unitsHigh(pairRows, imageHeight, STRIP);
  return Math.min(imageHeight, STRIP + Math.max(0, Math.floor(free / pairRows)));
}

interface Arrangement {
  readonly count: number;
  readonly columns: number;
  readonly scale: number;
  /** Image pixels of a strip's height; 0 for none. */
  readonly strip: number;
}

/** In the middle of the space. */
function arranged(space: PictureSpace, { count, columns, scale, strip }: Arrangement): PictureGrid {
  const { width, height, imageWidth, imageHeight } = space;
  const pairRows = Math.ceil(count / columns);
  const left = Math.max(0, Math.floor((width - scale * unitsWide(columns, imageWidth)) / 2));
  const top = Math.max(0, Math.floor((height - scale * unitsHigh(pairRows, imageHeight, strip)) / 2));
  const place = (pair: number) => {
    const row = Math.floor(pair / columns);
    const x = left + scale * (BAR + GAP + (pair % columns) * (imageWidth + GAP));
    const original = top + scale * row * (pairHigh(imageHeight, strip) + PAIR_GAP);
    const reconstruction = original + scale * (pairHigh(imageHeight, strip) - imageHeight);
    return { x, original, coding: original + scale * (imageHeight + GAP), reconstruction };
  };
  const bars = { barX: left, barWidth: scale * BAR };
  return { count, scale, columns, pairRows, ...bars, strip: scale * strip, place };
}

/** The pair under a point given in device pixels, or `null`. */
export function pairAt(grid: PictureGrid, space: PictureSpace, x: number, y: number): number | null {
  const width = grid.scale * space.imageWidth;
  const height = grid.scale * space.imageHeight;
  for (let pair = 0; pair < grid.count; pair++) {
    const at = grid.place(pair);
    const isBeside = x < at.x || x >= at.x + width;
    if (!isBeside && y >= at.original && y < at.reconstruction + height) return pair;
  }
  return null;
}
