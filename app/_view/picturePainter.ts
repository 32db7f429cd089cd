import type { FrameStore } from '@/app/_room/frameStore';
import { limits } from '@/lib/protocol/limits';
import { drawCoding, numberAt } from './codingStrip';
import type { Palette } from './palette';
import { layOutCoded, layOutPictures, type PictureGrid, type PictureSpace, pairAt } from './pictureGrid';
import type { Box } from './pictureSpots';
import { PictureBrush, PixelCanvas } from './pixelCanvas';
import { type PictureBatch, USUAL_SIZE } from './pixels';

/** Draws the store's pictures onto a canvas, anew with each snapshot. */
export interface Painter {
  /** The index of the picture at a point, given as shares of the canvas's width and height; `null` for none. */
  indexAt(x: number, y: number): number | null;
  /** The index of the coding's number at that point; its bar is highlighted from then on. */
  numberAt?(x: number, y: number): number | null;
  /** The middle of a picture, in the same shares; `null` if it isn't shown. */
  placeOf?(index: number): { readonly x: number; readonly y: number } | null;
  /** Boxes of the pictures, in the same shares; `null` for one that isn't shown. */
  boxes(): readonly (Box | null)[];
  dispose(): void;
}

/** What is drawn between originals and below them. */
export interface PairLook {
  /** The reconstructions' errors in their place. */
  readonly hasErrors: boolean;
  /** Codings as bars: where there is room, always, or never. */
  readonly codings: 'auto' | 'always' | 'never';
  /** Called after each drawing with whether codings are shown. */
  onCodings?(areShown: boolean): void;
}

/** Pictures of how far those of one batch are from those of another: 0 where they are the same. */
function differences(of: PictureBatch, from: PictureBatch): PictureBatch {
  return { ...of, pixels: of.pixels.map((value, i) => Math.abs(value - (from.pixels[i] ?? 0))) };
}

/** Originals, each above its reconstruction, or above the reconstruction's errors; between them the coding. */
class PairPainter implements Painter {
  private readonly surface: PixelCanvas;
  private readonly brush: PictureBrush;
  private readonly unsubscribe: readonly (() => void)[];
  private space: PictureSpace;
  private grid: PictureGrid;
  private marked: { readonly pair: number; readonly number: number } | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly frames: FrameStore,
    private readonly palette: Palette,
    private readonly look: PairLook,
  ) {
    this.brush = new PictureBrush(palette);
    this.space = this.measure();
    this.grid = this.layOut();
    this.surface = new PixelCanvas(canvas, (context) => this.draw(context));
    this.unsubscribe = [
      frames.subscribe('assets', this.surface.request),
      frames.subscribe('images', this.surface.request),
    ];
  }

  indexAt(x: number, y: number): number | null {
    return pairAt(this.grid, this.space, x * this.canvas.width, y * this.canvas.height);
  }

  numberAt(x: number, y: number): number | null {
    const before = this.marked;
    this.marked = this.markedAt(x * this.canvas.width, y * this.canvas.height);
    if (before?.number !== this.marked?.number || before?.pair !== this.marked?.pair) this.surface.request();
    return this.marked?.number ?? null;
  }

  placeOf(index: number): { x: number; y: number } | null {
    if (index >= this.grid.count) return null;
    const { x, reconstruction } = this.grid.place(index);
    const middle = (this.grid.scale * this.space.imageWidth) / 2;
    return { x: (x + middle) / this.canvas.width, y: reconstruction / this.canvas.height };
  }

  /** Of each pair the original, the coding's strip and what stands below it. */
  boxes(): (Box | null)[] {
    const { grid, space, canvas } = this;
    const boxOf = (x: number, y: number, high: number): Box | null =>
      high === 0
        ? null
        : {
            x: x / canvas.width,
            y: y / canvas.height,
            width: (grid.scale * space.imageWidth) / canvas.width,
            height: high / canvas.height,
          };
    const picture = grid.scale * space.imageHeight;
    return Array.from({ length: grid.count }, (_, pair) => {
      const { x, original, coding, reconstruction } = grid.place(pair);
      return [boxOf(x, original, picture), boxOf(x, coding, grid.strip), boxOf(x, reconstruction, picture)];
    }).flat();
  }

  private markedAt(x: number, y: number): typeof this.marked {
    const pair = pairAt(this.grid, this.space, x, y);
    const size = this.frames.get('images')?.codings?.size;
    if (pair === null || size === undefined) return null;
    const { x: left, coding } = this.grid.place(pair);
    if (y < coding || y >= coding + this.grid.strip) return null;
    const width = this.grid.scale * this.space.imageWidth;
    return { pair, number: numberAt((x - left) / width, size, width) };
  }

  dispose(): void {
    this.surface.dispose();
    for (const end of this.unsubscribe) end();
  }

  private measure(): PictureSpace {
    const assets = this.frames.get('assets');
    const made = this.frames.get('images')?.count;
    return {
      width: this.canvas.width,
      height: this.canvas.height,
      count: Math.min(limits.reconstructions, made ?? assets?.count ?? limits.reconstructions),
      imageWidth: assets?.width ?? USUAL_SIZE,
      imageHeight: assets?.height ?? USUAL_SIZE,
    };
  }

  /** Codings have their place before the first ones come, so that nothing moves then. */
  private layOut(): PictureGrid {
    const { look, space, canvas } = this;
    const made = this.frames.get('images');
    if (look.codings === 'never' || (made && !made.codings)) return layOutPictures(space);
    const ratio = canvas.width / Math.max(1, canvas.clientWidth);
    return layOutCoded(space, ratio, look.codings === 'always');
  }

  private draw(context: CanvasRenderingContext2D): void {
    const { frames, brush } = this;
    this.space = this.measure();
    this.grid = this.layOut();
    this.look.onCodings?.(this.grid.strip > 0);
    this.drawBars(context);
    const width = this.grid.scale * this.space.imageWidth;
    const height = this.grid.scale * this.space.imageHeight;
    const [originals, made] = [frames.get('assets'), frames.get('images')];
    const below = this.look.hasErrors && originals && made ? differences(made, originals) : made;
    for (let pair = 0; pair < this.grid.count; pair++) {
      const { x, original, coding, reconstruction } = this.grid.place(pair);
      brush.draw(context, originals, pair, { x, y: original, width, height });
      brush.draw(context, below, pair, { x, y: reconstruction, width, height });
      if (!made?.codings || this.grid.strip === 0) continue;
      const marked = this.marked?.pair === pair ? this.marked.number : null;
      const line = Math.max(1, Math.floor(this.grid.scale / 3));
      const strip = { x, y: coding, width, height: this.grid.strip, line, marked };
      drawCoding(context, made.codings, pair, this.palette, strip);
    }
  }

  /** A coloured bar before each row: which are the originals, which the reconstructions. */
  private drawBars(context: CanvasRenderingContext2D): void {
    const { grid, palette } = this;
    const height = grid.scale * this.space.imageHeight;
    for (let row = 0; row < grid.pairRows; row++) {
      const { original, reconstruction } = grid.place(row * grid.columns);
      context.fillStyle = palette.real;
      context.fillRect(grid.barX, original, grid.barWidth, height);
      context.fillStyle = palette.generated;
      context.fillRect(grid.barX, reconstruction, grid.barWidth, height);
    }
  }
}

/** A painter of pairs with this look. */
export const pairPainter =
  (look: PairLook) =>
  (canvas: HTMLCanvasElement, frames: FrameStore, palette: Palette): Painter =>
    new PairPainter(canvas, frames, palette, look);
