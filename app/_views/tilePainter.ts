import type { FrameStore } from '../_client/frameStore';
import type { Palette } from './palette';
import type { PictureSpace } from './pictureGrid';
import { type Painter, USUAL_SIZE } from './picturePainter';
import { PictureBrush, PixelCanvas } from './pixelCanvas';
import { layOutTiles, type TileGrid, tileAt } from './tileGrid';

/** Pictures that a grid shows: as many as a generator's run makes samples, so that both grids compare. */
const SHOWN = 36;

/** The newest pictures of a topic side by side. */
class TilePainter implements Painter {
  private readonly surface: PixelCanvas;
  private readonly brush: PictureBrush;
  private readonly unsubscribe: () => void;
  private space: PictureSpace;
  private grid: TileGrid;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly frames: FrameStore,
    palette: Palette,
    private readonly topic: 'images' | 'assets',
  ) {
    this.brush = new PictureBrush(palette);
    this.space = this.measure();
    this.grid = layOutTiles(this.space);
    this.surface = new PixelCanvas(canvas, (context) => this.draw(context));
    this.unsubscribe = frames.subscribe(topic, this.surface.request);
  }

  indexAt(x: number, y: number): number | null {
    return tileAt(this.grid, this.space, x * this.canvas.width, y * this.canvas.height);
  }

  dispose(): void {
    this.surface.dispose();
    this.unsubscribe();
  }

  /** Samples have the size of the real images, which are there first. */
  private measure(): PictureSpace {
    const { frames, canvas } = this;
    const batch = frames.get(this.topic) ?? frames.get('assets');
    return {
      width: canvas.width,
      height: canvas.height,
      count: Math.min(SHOWN, batch?.count ?? SHOWN),
      imageWidth: batch?.width ?? USUAL_SIZE,
      imageHeight: batch?.height ?? USUAL_SIZE,
    };
  }

  private draw(context: CanvasRenderingContext2D): void {
    this.space = this.measure();
    this.grid = layOutTiles(this.space);
    const width = this.grid.scale * this.space.imageWidth;
    const height = this.grid.scale * this.space.imageHeight;
    for (let tile = 0; tile < this.grid.count; tile++)
      this.brush.draw(context, this.frames.get(this.topic), tile, {
        ...this.grid.place(tile),
        width,
        height,
      });
  }
}

/** Paints what a generator makes of the same latents throughout. */
export const paintSamples = (canvas: HTMLCanvasElement, frames: FrameStore, palette: Palette): Painter =>
  new TilePainter(canvas, frames, palette, 'images');

/** Paints the first of the run's real images. */
export const paintReal = (canvas: HTMLCanvasElement, frames: FrameStore, palette: Palette): Painter =>
  new TilePainter(canvas, frames, palette, 'assets');
