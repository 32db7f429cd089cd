import { onDemand } from './animation';
import type { Palette } from './palette';
import { inkRamp, type PictureBatch, type Ramp, toImageData } from './pixels';

/** The exact size where the browser tells it; an emulated device's is wrong by its whole ratio. */
function devicePixels(computed: number, exact: number | undefined): number {
  return exact !== undefined && Math.abs(exact - computed) < 1.5 ? exact : Math.round(computed);
}

/** A canvas at the device's resolution, drawn anew on request and when its size changes. */
export class PixelCanvas {
  private readonly context: CanvasRenderingContext2D | null;
  private readonly drawing = onDemand(() => this.redraw());
  private readonly resized = new ResizeObserver(([entry]) => this.fit(entry));

  /** @param draw fills the context, which is empty and doesn't smooth. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly draw: (context: CanvasRenderingContext2D) => void,
  ) {
    this.context = canvas.getContext('2d');
    this.resized.observe(canvas);
  }

  readonly request = (): void => this.drawing.request();

  dispose(): void {
    this.drawing.stop();
    this.resized.disconnect();
  }

  private fit(entry: ResizeObserverEntry | undefined): void {
    const [exact] = entry?.devicePixelContentBoxSize ?? [];
    const { clientWidth, clientHeight, currentCSSZoom = 1 } = this.canvas;
    const ratio = devicePixelRatio * currentCSSZoom;
    this.canvas.width = devicePixels(clientWidth * ratio, exact?.inlineSize);
    this.canvas.height = devicePixels(clientHeight * ratio, exact?.blockSize);
    // A resized canvas is empty: draw before it is shown.
    this.redraw();
  }

  private redraw(): boolean {
    const { context, canvas } = this;
    if (!context) return false;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = false;
    this.draw(context);
    return false;
  }
}

/** Draws single pictures of a batch, each pixel a whole number of the canvas's. */
export class PictureBrush {
  private readonly ramp: Ramp;
  /** One picture in its own pixels. */
  private readonly picture = document.createElement('canvas');

  constructor(private readonly palette: Palette) {
    this.ramp = inkRamp(palette);
  }

  /** Picture `index`, or its empty place until it is there. */
  draw(
    context: CanvasRenderingContext2D,
    batch: PictureBatch | null,
    index: number,
    place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  ): void {
    const { x, y, width, height } = place;
    context.fillStyle = this.palette.surface;
    context.fillRect(x, y, width, height);
    if (!batch || index >= batch.count) return;
    this.picture.width = batch.width;
    this.picture.height = batch.height;
    this.picture.getContext('2d')?.putImageData(toImageData(batch, index, this.ramp), 0, 0);
    context.drawImage(this.picture, x, y, width, height);
  }
}
