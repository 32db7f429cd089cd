import { limits } from '@/lib/protocol/limits';
import type { FrameStore } from '../_client/frameStore';
import { onDemand } from './animation';
import type { Palette } from './palette';
import { layOutPictures, type PictureGrid, type PictureSpace, pairAt } from './pictureGrid';
import { inkRamp, type PictureBatch, type Ramp, toImageData } from './pixels';

/** Height and width until the first pictures tell their own. */
const USUAL_SIZE = 28;

/** The exact size where the browser tells it; an emulated device's is wrong by its whole ratio. */
function devicePixels(computed: number, exact: number | undefined): number {
  return exact !== undefined && Math.abs(exact - computed) < 1.5 ? exact : Math.round(computed);
}

/** Draws originals and reconstructions whenever the store or the size has news. */
export class PicturePainter {
  private readonly context: CanvasRenderingContext2D | null;
  private readonly ramp: Ramp;
  private readonly drawing = onDemand(() => this.draw());
  private readonly resized = new ResizeObserver(([entry]) => this.fit(entry));
  private readonly unsubscribe: readonly (() => void)[];
  /** One picture in its own pixels. */
  private readonly picture = document.createElement('canvas');
  private space: PictureSpace;
  private grid: PictureGrid;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly frames: FrameStore,
    private readonly palette: Palette,
  ) {
    this.context = canvas.getContext('2d');
    this.ramp = inkRamp(palette);
    this.space = this.measure();
    this.grid = layOutPictures(this.space);
    this.unsubscribe = [
      frames.subscribe('assets', this.drawing.request),
      frames.subscribe('images', this.drawing.request),
    ];
    this.resized.observe(canvas);
  }

  /** The pair at a place given as shares of the canvas's width and height, or `null`. */
  pairAt(x: number, y: number): number | null {
    return pairAt(this.grid, this.space, x * this.canvas.width, y * this.canvas.height);
  }

  dispose(): void {
    this.drawing.stop();
    this.resized.disconnect();
    for (const end of this.unsubscribe) end();
  }

  /** Matches the canvas to the device's pixels, so that each pixel of a picture is a whole number of them. */
  private fit(entry: ResizeObserverEntry | undefined): void {
    const [exact] = entry?.devicePixelContentBoxSize ?? [];
    const { clientWidth, clientHeight, currentCSSZoom = 1 } = this.canvas;
    const ratio = devicePixelRatio * currentCSSZoom;
    this.canvas.width = devicePixels(clientWidth * ratio, exact?.inlineSize);
    this.canvas.height = devicePixels(clientHeight * ratio, exact?.blockSize);
    // A resized canvas is empty: draw before it is shown.
    this.draw();
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

  private draw(): boolean {
    const { context, canvas, frames } = this;
    if (!context) return false;
    this.space = this.measure();
    this.grid = layOutPictures(this.space);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = false;
    this.drawBars(context);
    for (let pair = 0; pair < this.grid.count; pair++) {
      const { x, original, reconstruction } = this.grid.place(pair);
      this.drawPicture(context, frames.get('assets'), pair, x, original);
      this.drawPicture(context, frames.get('images'), pair, x, reconstruction);
    }
    return false;
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

  /** A picture, or its empty place until it is there. */
  private drawPicture(
    context: CanvasRenderingContext2D,
    batch: PictureBatch | null,
    index: number,
    x: number,
    y: number,
  ): void {
    const width = this.grid.scale * this.space.imageWidth;
    const height = this.grid.scale * this.space.imageHeight;
    context.fillStyle = this.palette.surface;
    context.fillRect(x, y, width, height);
    if (!batch || index >= batch.count) return;
    this.picture.width = batch.width;
    this.picture.height = batch.height;
    this.picture.getContext('2d')?.putImageData(toImageData(batch, index, this.ramp), 0, 0);
    context.drawImage(this.picture, x, y, width, height);
  }
}
