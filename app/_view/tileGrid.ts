import { bestColumns, coveringMost, type PictureSpace } from './pictureGrid';

/** Between two pictures, in their own pixels, so that the whole grid scales by one whole number. */
const GAP = 1;

/** Where pictures stand side by side. Device pixels; pictures are `scale` times as large as their own. */
export interface TileGrid {
  /** Pictures that are shown. */
  readonly count: number;
  readonly scale: number;
  readonly columns: number;
  /** A picture's top left corner. */
  place(tile: number): { x: number; y: number };
}

/** Lays pictures out in a grid, as large as whole multiples allow; where fewer cover more of it, or not all fit, the first ones. */
export function layOutTiles(space: PictureSpace): TileGrid {
  const { width, height } = space;
  const cellWidth = space.imageWidth + GAP;
  const cellHeight = space.imageHeight + GAP;
  const best = (count: number) =>
    bestColumns(count, (columns, rows) =>
      Math.min(width / (columns * cellWidth - GAP), height / (rows * cellHeight - GAP)),
    );
  const most = Math.floor((width + GAP) / cellWidth) * Math.floor((height + GAP) / cellHeight);
  const few = Math.min(space.count, Math.max(1, most));
  const { count, columns, scale } = coveringMost(space.count, best) ?? { ...best(few), count: few, scale: 1 };
  const rows = Math.ceil(count / columns);
  const left = Math.max(0, Math.floor((width - scale * (columns * cellWidth - GAP)) / 2));
  const top = Math.max(0, Math.floor((height - scale * (rows * cellHeight - GAP)) / 2));
  const place = (tile: number) => ({
    x: left + scale * (tile % columns) * cellWidth,
    y: top + scale * Math.floor(tile / columns) * cellHeight,
  });
  return { count, scale, columns, place };
}

/** The picture under a point given in device pixels, or `null`. */
export function tileAt(grid: TileGrid, space: PictureSpace, x: number, y: number): number | null {
  const width = grid.scale * space.imageWidth;
  const height = grid.scale * space.imageHeight;
  for (let tile = 0; tile < grid.count; tile++) {
    const at = grid.place(tile);
    if (x >= at.x && x < at.x + width && y >= at.y && y < at.y + height) return tile;
  }
  return null;
}
