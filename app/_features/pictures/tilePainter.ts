import type { FrameStore } from '@/app/_room/frameStore';
import { samplesOf } from '@/app/_room/pictures';
import type { Palette } from '@/app/_view/palette';
import type { PictureSpace } from '@/app/_view/pictureGrid';
import type { Painter } from '@/app/_view/picturePainter';
import type { Box } from '@/app/_view/pictureSpots';
import { PictureBrush, PixelCanvas } from '@/app/_view/pixelCanvas';
import { USUAL_SIZE } from '@/app/_view/pixels';
import { layOutTiles, type TileGrid, tileAt } from '@/app/_view/tileGrid';

/** Pictures that a grid shows: as many as a generator's run makes samples, so that all grids compare. */
const SHOWN = 24;

/** Which pictures of the store a grid shows: those that are of the same noise throughout, of fresh noise, or real. */
type Part = 'fixed' | 'fresh' | 'real';

/** Pictures of a part, which begin at `first` in their batch. */
function partOf(frames: FrameStore, part: Part) {
  if (part === 'real') return { batch: frames.get('assets'), first: 0, count: frames.get('assets')?.count };
  const batch = samplesOf(frames.get('images'));
  const fixed = batch && batch.count - (batch.fresh ?? 0);
  if (part === 'fixed') return { batch, first: 0, count: fixed ?? undefined };
  return { batch, first: fixed ?? 0, count: batch?.fresh };
}

/** The newest pictures of a part side by side. */
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
    private readonly part: Part,
  ) {
    this.brush = new PictureBrush(palette);
    this.space = this.measure();
    this.grid = layOutTiles(this.space);
    this.surface = new PixelCanvas(canvas, (context) => this.draw(context));
    const topic = part === 'real' ? 'assets' : 'images';
    this.unsubscribe = frames.subscribe(topic, this.surface.request);
  }

  indexAt(x: number, y: number): number | null {
    return tileAt(this.grid, this.space, x * this.canvas.width, y * this.canvas.height);
  }

  boxes(): Box[] {
    const { grid, space, canvas } = this;
    const width = (grid.scale * space.imageWidth) / canvas.width;
    const height = (grid.scale * space.imageHeight) / canvas.height;
    return Array.from({ length: grid.count }, (_, tile) => {
      const { x, y } = grid.place(tile);
      return { x: x / canvas.width, y: y / canvas.height, width, height };
    });
  }

  dispose(): void {
    this.surface.dispose();
    this.unsubscribe();
  }

  /** Samples have the size of the real images, which are there first. */
  private measure(): PictureSpace {
    const { frames, canvas, part } = this;
    const { count } = partOf(frames, part);
    const batch = partOf(frames, part).batch ?? frames.get('assets');
    return {
      width: canvas.width,
      height: canvas.height,
      count: Math.min(SHOWN, count ?? SHOWN),
      imageWidth: batch?.width ?? USUAL_SIZE,
      imageHeight: batch?.height ?? USUAL_SIZE,
    };
  }

  private draw(context: CanvasRenderingContext2D): void {
    this.space = this.measure();
    this.grid = layOutTiles(this.space);
    const width = this.grid.scale * this.space.imageWidth;
    const height = this.grid.scale * this.space.imageHeight;
    this.tellTop();
    const { batch, first } = partOf(this.frames, this.part);
    for (let tile = 0; tile < this.grid.count; tile++)
      this.brush.draw(context, batch, first + tile, {
        ...this.grid.place(tile),
        width,
        height,
      });
  }

  /** A caption stands right above the pictures: its figure knows where they begin, in CSS pixels. */
  private tellTop(): void {
    const { canvas } = this;
    const top = (this.grid.place(0).y * canvas.clientHeight) / Math.max(1, canvas.height);
    canvas.closest('figure')?.style.setProperty('--top', `${top}px`);
  }
}

type Paint = (canvas: HTMLCanvasElement, frames: FrameStore, palette: Palette) => Painter;

const painterOf =
  (part: Part): Paint =>
  (canvas, frames, palette) =>
    new TilePainter(canvas, frames, palette, part);

/** Paints what a generator makes of the same latents throughout. */
export const paintFixed = painterOf('fixed');

/** Paints what it makes of fresh latents each time. */
export const paintFresh = painterOf('fresh');

/** Paints the first of the run's real images. */
export const paintReal = painterOf('real');
