import { limits } from '@/lib/protocol/limits';
import type { FrameStore } from '../_client/frameStore';
import type { Palette } from './palette';
import { layOutPictures, type PictureGrid, type PictureSpace, pairAt } from './pictureGrid';
import { PictureBrush, PixelCanvas } from './pixelCanvas';
import type { PictureBatch } from './pixels';

/** Height and width until the first pictures tell their own. */
export const USUAL_SIZE = 28;

/** Draws pictures of the store onto a canvas whenever there is news. */
export interface Painter {
  /** The picture at a place given as shares of the canvas's width and height, or `null`. */
  indexAt(x: number, y: number): number | null;
  dispose(): void;
}

/** Pictures of how far those of one batch are from those of another: 0 where they are the same. */
function differences(of: PictureBatch, from: PictureBatch): PictureBatch {
  return { ...of, pixels: of.pixels.map((value, i) => Math.abs(value - (from.pixels[i] ?? 0))) };
}

/** Originals, each above its reconstruction, or above the reconstruction's errors. */
class PairPainter implements Painter {
  private readonly surface: PixelCanvas;
  private readonly brush: PictureBrush;
  private readonly unsubscribe: readonly (() => void)[];
  private space: PictureSpace;
  private grid: PictureGrid;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly frames: FrameStore,
    private readonly palette: Palette,
    private readonly hasErrors: boolean,
  ) {
    this.brush = new PictureBrush(palette);
    this.space = this.measure();
    this.grid = layOutPictures(this.space);
    this.surface = new PixelCanvas(canvas, (context) => this.draw(context));
    this.unsubscribe = [
      frames.subscribe('assets', this.surface.request),
      frames.subscribe('images', this.surface.request),
    ];
  }

  indexAt(x: number, y: number): number | null {
    return pairAt(this.grid, this.space, x * this.canvas.width, y * this.canvas.height);
  }

  dispose(): void {
    this.surface.dispose();
    for (const end of this.unsubscribe) end();
  }

  private measure(): PictureSpace {
    const assets = this.frames.get('assets');
    return {
      width: this.canvas.width,
      height: this.canvas.height,
      count: Math.min(limits.reconstructions, assets?.count ?? limits.reconstructions),
      imageWidth: assets?.width ?? USUAL_SIZE,
      imageHeight: assets?.height ?? USUAL_SIZE,
    };
  }

  private draw(context: CanvasRenderingContext2D): void {
    const { frames, brush } = this;
    this.space = this.measure();
    this.grid = layOutPictures(this.space);
    this.drawBars(context);
    const width = this.grid.scale * this.space.imageWidth;
    const height = this.grid.scale * this.space.imageHeight;
    const [originals, made] = [frames.get('assets'), frames.get('images')];
    const below = this.hasErrors && originals && made ? differences(made, originals) : made;
    for (let pair = 0; pair < this.grid.count; pair++) {
      const { x, original, reconstruction } = this.grid.place(pair);
      brush.draw(context, originals, pair, { x, y: original, width, height });
      brush.draw(context, below, pair, { x, y: reconstruction, width, height });
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

export const paintPairs = (canvas: HTMLCanvasElement, frames: FrameStore, palette: Palette): Painter =>
  new PairPainter(canvas, frames, palette, false);

/** The same with the distance of each pixel in the reconstructions' place. */
export const paintErrors = (canvas: HTMLCanvasElement, frames: FrameStore, palette: Palette): Painter =>
  new PairPainter(canvas, frames, palette, true);
