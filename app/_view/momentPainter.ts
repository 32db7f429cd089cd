import type { AssetImages } from '@/app/_room/assets';
import type { Moment } from '@/app/_room/frameStore';
import { samplesOf } from '@/app/_room/pictures';
import { type ModelId, modelOf } from '@/lib/catalog/models';
import { limits } from '@/lib/protocol/limits';
import { drawCoding } from './codingStrip';
import { type Palette, parseRgb } from './palette';
import { layOutCoded, layOutPictures } from './pictureGrid';
import { PictureBrush } from './pixelCanvas';
import { layOutTiles } from './tileGrid';
import { TINTS, tintedRuns } from './tint';

/** How a moment is laid out: originals above reconstructions, samples in a grid, or a text. */
export type MomentLayout = 'pairs' | 'tiles' | 'text';

/** Pixels of a text: size of its letters, line height, margin. */
const LETTER = 17;
const LINE = 27;
const MARGIN = 24;
/** Samples of a grid, at most. */
const TILES = 36;

/** The layout of a view, by its id; `null` for one that isn't drawn from a moment alone. */
export function layoutOf(view: string): MomentLayout | null {
  const layouts: Readonly<Record<string, MomentLayout>> = {
    reconstructions: 'pairs',
    samples: 'tiles',
    text: 'text',
  };
  return layouts[view] ?? null;
}

/** The layout of a model's first view. */
export function firstLayoutOf(model: ModelId): MomentLayout {
  const [first] = modelOf(model).views;
  const layout = layoutOf(first);
  if (!layout) throw new RangeError(`${model} begins with ${first}, which isn't drawn from a moment alone`);
  return layout;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a run's moments, as views do, onto any canvas. Pictures are whole multiples of their size. */
export class MomentPainter {
  private readonly brush: PictureBrush;

  /** @param ratio pixels of the canvas for one CSS pixel of a text. */
  constructor(
    private readonly palette: Palette,
    private readonly ratio = 1,
  ) {
    this.brush = new PictureBrush(palette);
  }

  draw(
    context: CanvasRenderingContext2D,
    layout: MomentLayout,
    moment: Moment,
    assets: AssetImages | null,
    area: Area,
  ): void {
    context.save();
    context.beginPath();
    context.rect(area.x, area.y, area.width, area.height);
    context.clip();
    context.translate(area.x, area.y);
    context.imageSmoothingEnabled = false;
    context.fillStyle = this.palette.paper;
    context.fillRect(0, 0, area.width, area.height);
    if (layout === 'text') this.drawText(context, moment, area);
    else if (layout === 'pairs') this.drawPairs(context, moment, assets, area);
    else this.drawTiles(context, moment, area);
    context.restore();
  }

  private drawPairs(
    context: CanvasRenderingContext2D,
    { images }: Moment,
    assets: AssetImages | null,
    area: Area,
  ): void {
    if (!images) return;
    const { width: imageWidth, height: imageHeight } = images;
    const count = Math.min(limits.reconstructions, images.count);
    const space = { ...area, count, imageWidth, imageHeight };
    const grid = images.codings ? layOutCoded(space, this.ratio, false) : layOutPictures(space);
    const size = { width: grid.scale * imageWidth, height: grid.scale * imageHeight };
    for (let pair = 0; pair < grid.count; pair++) {
      const { x, original, coding, reconstruction } = grid.place(pair);
      this.brush.draw(context, assets, pair, { x, y: original, ...size });
      this.brush.draw(context, images, pair, { x, y: reconstruction, ...size });
      if (images.codings && grid.strip > 0) {
        const line = Math.max(1, Math.floor(grid.scale / 3));
        const strip = { x, y: coding, width: size.width, height: grid.strip, line, marked: null };
        drawCoding(context, images.codings, pair, this.palette, strip);
      }
      if (pair % grid.columns > 0) continue;
      context.fillStyle = this.palette.real;
      context.fillRect(grid.barX, original, grid.barWidth, size.height);
      context.fillStyle = this.palette.generated;
      context.fillRect(grid.barX, reconstruction, grid.barWidth, size.height);
    }
  }

  private drawTiles(context: CanvasRenderingContext2D, moment: Moment, area: Area): void {
    const images = samplesOf(moment.images ?? null);
    if (!images) return;
    const { width: imageWidth, height: imageHeight } = images;
    // Those of the same noise throughout: a film shows how each grows.
    const count = Math.min(TILES, images.count - (images.fresh ?? 0));
    const grid = layOutTiles({ ...area, count, imageWidth, imageHeight });
    const size = { width: grid.scale * imageWidth, height: grid.scale * imageHeight };
    for (let tile = 0; tile < grid.count; tile++)
      this.brush.draw(context, images, tile, { ...grid.place(tile), ...size });
  }

  /** Letters in a grid, the more coloured the less they were to be expected; what doesn't fit is left out. */
  private drawText(context: CanvasRenderingContext2D, { text }: Moment, area: Area): void {
    const passage = text?.passages[0];
    if (!passage) return;
    const { ratio } = this;
    context.scale(ratio, ratio);
    const [width, height] = [area.width / ratio, area.height / ratio];
    context.font = `${LETTER}px ${getComputedStyle(document.documentElement).getPropertyValue('--font-mono')}`;
    context.textBaseline = 'middle';
    const letter = context.measureText('m').width;
    const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / letter));
    let [column, row] = [0, 0];
    for (const { text: run, bits } of tintedRuns(passage.text, passage.probabilities))
      for (const character of run) {
        if (character === '\n' || column >= columns) {
          row += 1;
          column = 0;
        }
        if (character === '\n') continue;
        const [x, y] = [MARGIN + column * letter, MARGIN + row * LINE];
        if (y + LINE > height) return;
        if (bits > 0) {
          context.fillStyle = this.tint(bits);
          context.fillRect(x, y, letter, LINE);
        }
        context.fillStyle = this.palette.ink;
        context.fillText(character, x, y + LINE / 2);
        column += 1;
      }
  }

  private tint(bits: number): string {
    const [paper, side] = [parseRgb(this.palette.paper), parseRgb(this.palette.generated)];
    const share = (0.36 * bits) / TINTS;
    const mixed = ([0, 1, 2] as const).map((c) => Math.round(paper[c] + (side[c] - paper[c]) * share));
    return `rgb(${mixed.join(' ')})`;
  }
}
