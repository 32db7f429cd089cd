import type { AssetImages } from '@/app/_room/assets';
import type { FrameStore, Moment } from '@/app/_room/frameStore';
import type { ReelReader } from '@/app/_room/reel';
import type { FilmFormat, FilmSink } from '@/app/_view/film/filmFormat';
import { beginSink } from '@/app/_view/film/filmSinks';
import { type MomentLayout, MomentPainter } from '@/app/_view/momentPainter';
import type { Palette } from '@/app/_view/palette';
import { SentenceError } from '@/lib/text/sentence';

/** Pixels of a film. */
export const filmSize = { width: 640, height: 480 } as const;
const { width: WIDTH, height: HEIGHT } = filmSize;
/** Frames of a film at most, taken evenly; pixels of the line below the picture. */
const MOST_FRAMES = 100;
const CAPTION = 32;
/** Milliseconds of a frame, and of the last one. */
const FRAME_MS = 80;
const LAST_MS = 1600;
/** Shares of the work after which the moments are here, and all frames are with the encoder. */
const LOADED = 0.15;
const ENCODED = 0.9;

/** What is filmed: moments that are drawn anew, or a canvas of the page on which they are played. */
export type FilmSubject =
  | { readonly kind: 'moments'; readonly layout: MomentLayout }
  | { readonly kind: 'canvas'; readonly canvas: HTMLCanvasElement };

interface FilmOptions {
  readonly format: FilmFormat;
  readonly subject: FilmSubject;
  readonly reel: ReelReader;
  readonly frames: FrameStore;
  readonly palette: Palette;
  /** The line below the picture at a step. */
  caption(step: number): string;
  /** Share of the work that is done. */
  progress(share: number): void;
  readonly signal: AbortSignal;
}

/** At most `most` of the stops, evenly, with the first and the last. */
export function filmStops(stops: readonly number[], most = MOST_FRAMES): number[] {
  if (stops.length <= most) return [...stops];
  const at = (i: number) => stops[Math.round((i * (stops.length - 1)) / (most - 1))] as number;
  return Array.from({ length: most }, (_, i) => at(i));
}

const nextFrame = () => new Promise((done) => requestAnimationFrame(done));

/** Draws the film's frames one after the other onto one canvas. */
class FilmCanvas {
  readonly canvas = document.createElement('canvas');
  private readonly context: CanvasRenderingContext2D;
  private readonly painter: MomentPainter;
  private readonly assets: AssetImages | null;

  constructor(private readonly options: FilmOptions) {
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new SentenceError('This browser gives no canvas to draw on');
    this.context = context;
    this.painter = new MomentPainter(options.palette);
    this.assets = options.frames.get('assets');
    this.canvas.width = WIDTH;
    this.canvas.height = HEIGHT;
  }

  async draw(moment: Moment, share: number): Promise<void> {
    const { context } = this;
    const { subject, palette } = this.options;
    const area = { x: 0, y: 0, width: WIDTH, height: HEIGHT - CAPTION };
    if (subject.kind === 'moments') this.painter.draw(context, subject.layout, moment, this.assets, area);
    else await this.copy(subject.canvas, moment);
    context.fillStyle = palette.surface;
    context.fillRect(0, area.height, WIDTH, CAPTION);
    context.fillStyle = palette.line;
    context.fillRect(0, area.height, WIDTH, 2);
    context.fillStyle = palette.ink;
    context.fillRect(0, area.height, WIDTH * share, 2);
    context.font = `15px ${getComputedStyle(document.body).fontFamily}`;
    context.textBaseline = 'middle';
    context.fillText(this.options.caption(moment.step), 12, area.height + CAPTION / 2 + 1);
  }

  /** A 3D canvas can be read only within the animation frame that has drawn it. */
  private async copy(source: HTMLCanvasElement, moment: Moment): Promise<void> {
    const { context } = this;
    this.options.frames.showPast(moment, 'at once');
    await nextFrame();
    context.fillStyle = this.options.palette.paper;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    const scale = Math.min(WIDTH / source.width, (HEIGHT - CAPTION) / source.height);
    const [width, height] = [scale * source.width, scale * source.height];
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.drawImage(source, (WIDTH - width) / 2, (HEIGHT - CAPTION - height) / 2, width, height);
  }
}

/** The result of `work`, unless the signal aborts first. @throws the signal's reason */
function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((done, fail) => {
    const stop = () => fail(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    work.then(done, fail).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Fetches all moments before the first frame: a run that goes on thins its reel meanwhile. */
async function loadMoments({ reel, signal, progress }: FilmOptions): Promise<Moment[]> {
  const stops = filmStops(reel.stops());
  const moments: Moment[] = [];
  for (const step of stops) {
    moments.push(await unlessAborted(signal, reel.load(step)));
    progress((LOADED * moments.length) / stops.length);
  }
  return moments;
}

async function film(options: FilmOptions, canvas: FilmCanvas, sink: FilmSink): Promise<Blob> {
  const { signal, progress } = options;
  const moments = await loadMoments(options);
  for (const [i, moment] of moments.entries()) {
    await unlessAborted(signal, canvas.draw(moment, (i + 1) / moments.length));
    if (i === moments.length - 1) break;
    await unlessAborted(signal, sink.take(canvas.canvas, FRAME_MS));
    progress(LOADED + ((ENCODED - LOADED) * (i + 1)) / moments.length);
  }
  const file = await unlessAborted(signal, sink.end(canvas.canvas, LAST_MS));
  progress(1);
  return file;
}

/**
 * Films what a run has shown: each moment that `filmStops` chooses is a frame, and the last one is held.
 * @throws Error if that fails, the signal's reason once it is aborted.
 */
export async function makeFilm(options: FilmOptions): Promise<Blob> {
  const { subject, reel, frames } = options;
  const before = frames.moment.get();
  // Every frame shows another moment, the first one too: canvases draw then.
  if (subject.kind === 'canvas') frames.showPast(null);
  const canvas = new FilmCanvas(options);
  const begun = beginSink(options.format, canvas.canvas);
  try {
    return await film(options, canvas, await unlessAborted(options.signal, begun));
  } finally {
    begun.then(
      (sink) => sink.close(),
      () => undefined,
    );
    if (subject.kind === 'canvas')
      frames.showPast(before === null ? null : reel.at(before, frames.watching.reel));
  }
}
