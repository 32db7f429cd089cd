/** Gaps in image pixels, so that the whole grid scales by one whole number. */
const GAP = 2;
const PAIR_GAP = 8;
/** Width of the coloured bar at the left of each row, in image pixels. */
const BAR = 1;

/** Where the pairs stand, original above reconstruction. Device pixels; pictures are `scale` times as large. */
export interface PictureGrid {
  /** Pairs that are shown. */
  readonly count: number;
  readonly scale: number;
  readonly columns: number;
  readonly pairRows: number;
  /** The first column's bar, and the width of all bars. */
  readonly barX: number;
  readonly barWidth: number;
  /** The top left corner of a pair's original and of its reconstruction. */
  place(pair: number): { x: number; original: number; reconstruction: number };
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
const unitsHigh = (pairRows: number, imageHeight: number) =>
  pairRows * (2 * imageHeight + GAP) + (pairRows - 1) * PAIR_GAP;

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

function bestPairColumns({ width, height, count, imageWidth, imageHeight }: PictureSpace) {
  return bestColumns(count, (columns, pairRows) =>
    Math.min(width / unitsWide(columns, imageWidth), height / unitsHigh(pairRows, imageHeight)),
  );
}

/** Pairs that fit in their own size; at least one. */
function mostPairs({ width, height, count, imageWidth, imageHeight }: PictureSpace): number {
  const columns = Math.floor((width - BAR) / (imageWidth + GAP));
  const rows = Math.floor((height + PAIR_GAP) / (2 * imageHeight + GAP + PAIR_GAP));
  return Math.min(count, Math.max(1, columns * rows));
}

/** Lays pairs out in rows, as large as whole multiples allow; where not all fit, the first ones. */
export function layOutPictures(space: PictureSpace): PictureGrid {
  const { width, height, imageWidth, imageHeight } = space;
  const count = bestPairColumns(space).scale > 0 ? space.count : mostPairs(space);
  const best = bestPairColumns({ ...space, count });
  const columns = best.columns;
  const scale = Math.max(1, best.scale);
  const pairRows = Math.ceil(count / columns);
  const left = Math.max(0, Math.floor((width - scale * unitsWide(columns, imageWidth)) / 2));
  const top = Math.max(0, Math.floor((height - scale * unitsHigh(pairRows, imageHeight)) / 2));
  const place = (pair: number) => {
    const row = Math.floor(pair / columns);
    const x = left + scale * (BAR + GAP + (pair % columns) * (imageWidth + GAP));
    const original = top + scale * row * (2 * imageHeight + GAP + PAIR_GAP);
    return { x, original, reconstruction: original + scale * (imageHeight + GAP) };
  };
  return { count, scale, columns, pairRows, barX: left, barWidth: scale * BAR, place };
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
