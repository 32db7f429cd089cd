import type { AssetImages } from '../_client/assets';
import type { FrameStore, Moment } from '../_client/frameStore';
import type { ReelReader } from '../_client/reel';
import type { FromGif, ToGif } from './gifMessages';
import { type MomentLook, MomentPainter } from './momentPainter';
import type { Palette } from './palette';

export const filmFormats = ['gif', 'webm'] as const;
export type FilmFormat = (typeof filmFormats)[number];

/** Frames of a film, at most: a longer run's are taken evenly. Its size in pixels, and the line below it. */
const MOST_FRAMES = 100;
const WIDTH = 640;
const HEIGHT = 480;
const CAPTION = 32;
/** Milliseconds of a frame, and of the last one. */
const FRAME_MS = 80;
const LAST_MS = 1600;
const WEBM = 'video/webm';

/** What is filmed: drawn from the moments alone, or a canvas of the page while the run is played on it. */
export type FilmSubject =
  | { readonly kind: 'moments'; readonly look: MomentLook }
  | { readonly kind: 'canvas'; readonly canvas: HTMLCanvasElement };

interface FilmOptions {
  readonly format: FilmFormat;
  readonly subject: FilmSubject;
  readonly reel: ReelReader;
  readonly frames: FrameStore;
  readonly palette: Palette;
  /** What stands below the picture at a step. */
  caption(step: number): string;
  /** Share of the work that is done. */
  progress(share: number): void;
  readonly signal: AbortSignal;
}

export function isFormatOffered(format: FilmFormat): boolean {
  if (format === 'gif') return typeof Worker === 'function';
  return typeof MediaRecorder === 'function' && MediaRecorder.isTypeSupported(WEBM);
}

/** At most `most` of the stops, evenly, with the first and the last. */
export function filmStops(stops: readonly number[], most = MOST_FRAMES): number[] {
  if (stops.length <= most) return [...stops];
  const at = (i: number) => stops[Math.round((i * (stops.length - 1)) / (most - 1))] as number;
  return Array.from({ length: most }, (_, i) => at(i));
}

const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
const later = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Draws the film's frames one after the other onto one canvas. */
class FilmCanvas {
  readonly canvas = document.createElement('canvas');
  private readonly context: CanvasRenderingContext2D;
  private readonly painter: MomentPainter;
  private readonly assets: AssetImages | null;

  constructor(private readonly options: FilmOptions) {
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser gives no canvas to draw on');
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
    if (subject.kind === 'moments') this.painter.draw(context, subject.look, moment, this.assets, area);
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

  get pixels(): ArrayBuffer {
    return this.context.getImageData(0, 0, WIDTH, HEIGHT).data.buffer;
  }

  /** A 3D canvas can be read only within the animation frame that has drawn it. */
  private async copy(source: HTMLCanvasElement, moment: Moment): Promise<void> {
    const { context } = this;
    this.options.frames.showPast(moment);
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

/** What takes a film's frames and makes a file of them. */
interface FilmSink {
  take(film: FilmCanvas, ms: number): Promise<void>;
  finish(): Promise<Blob>;
  close(): void;
}

class GifSink implements FilmSink {
  private readonly worker = new Worker(new URL('./gifWorker.ts', import.meta.url), { type: 'module' });

  async take(film: FilmCanvas, delay: number): Promise<void> {
    const { pixels } = film;
    await this.ask({ kind: 'frame', pixels, delay }, [pixels]);
  }

  async begin(): Promise<this> {
    await this.ask({ kind: 'begin', width: WIDTH, height: HEIGHT });
    return this;
  }

  async finish(): Promise<Blob> {
    const answer = await this.ask({ kind: 'end' });
    if (answer.kind !== 'done') throw new Error('The film did not end');
    return new Blob([answer.file], { type: 'image/gif' });
  }

  close(): void {
    this.worker.terminate();
  }

  private ask(message: ToGif, transfer: Transferable[] = []): Promise<FromGif> {
    return new Promise((done, fail) => {
      this.worker.onmessage = ({ data }: MessageEvent<FromGif>) =>
        data.kind === 'failed' ? fail(new Error(data.message)) : done(data);
      this.worker.onerror = () => fail(new Error('The film could not be made in this browser'));
      this.worker.postMessage(message, transfer);
    });
  }
}

/** Records the canvas as it is drawn, in the film's own time. */
class WebmSink implements FilmSink {
  private readonly chunks: Blob[] = [];
  private readonly track: CanvasCaptureMediaStreamTrack;
  private readonly recorder: MediaRecorder;
  private readonly ended: Promise<void>;

  constructor({ canvas }: FilmCanvas) {
    const stream = canvas.captureStream(0);
    this.track = stream.getVideoTracks()[0] as CanvasCaptureMediaStreamTrack;
    this.recorder = new MediaRecorder(stream, { mimeType: WEBM, videoBitsPerSecond: 4e6 });
    this.recorder.ondataavailable = ({ data }) => this.chunks.push(data);
    this.ended = new Promise((done) => {
      this.recorder.onstop = () => done();
    });
    this.recorder.start();
  }

  async take(_: FilmCanvas, ms: number): Promise<void> {
    this.track.requestFrame();
    await later(ms);
  }

  async finish(): Promise<Blob> {
    this.track.requestFrame();
    await later(FRAME_MS);
    this.close();
    await this.ended;
    return new Blob(this.chunks, { type: WEBM });
  }

  close(): void {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    this.track.stop();
  }
}

/** Films what a run has shown. @throws Error if that fails, the signal's reason once it is aborted. */
export async function makeFilm(options: FilmOptions): Promise<Blob> {
  const { format, reel, frames, signal, progress } = options;
  const before = frames.playhead.get();
  // Every frame moves the playhead, the first one too: canvases draw then.
  if (options.subject.kind === 'canvas') frames.showPast(null);
  const stops = filmStops(reel.stops());
  const film = new FilmCanvas(options);
  const sink = format === 'gif' ? await new GifSink().begin() : new WebmSink(film);
  try {
    for (const [i, step] of stops.entries()) {
      signal.throwIfAborted();
      await film.draw(await reel.load(step), (i + 1) / stops.length);
      await sink.take(film, i === stops.length - 1 ? LAST_MS : FRAME_MS);
      progress(((i + 1) / stops.length) * 0.9);
    }
    const file = await sink.finish();
    signal.throwIfAborted();
    progress(1);
    return file;
  } finally {
    sink.close();
    if (options.subject.kind === 'canvas') frames.showPast(before === null ? null : reel.at(before));
  }
}
