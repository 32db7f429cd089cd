import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_VERY_HIGH,
  type VideoCodec,
  WebMOutputFormat,
} from 'mediabunny';
import { SentenceError } from '@/lib/text/sentence';
import type { FilmSink, FilmSize, VideoFormat } from './filmFormat';

interface Container {
  readonly codecs: VideoCodec[];
  readonly make: () => Mp4OutputFormat | WebMOutputFormat;
  /** Whether it tells how long each frame lasts; else a frame lasts until the next one. */
  readonly hasLengths: boolean;
}

/** What most players know comes first. */
const containers: Readonly<Record<VideoFormat, Container>> = {
  mp4: { codecs: ['avc'], make: () => new Mp4OutputFormat({ fastStart: 'in-memory' }), hasLengths: true },
  webm: { codecs: ['vp9', 'vp8', 'av1'], make: () => new WebMOutputFormat(), hasLengths: false },
};

/** Seconds between frames that one can jump to. */
const KEY_SECONDS = 1;
/** Milliseconds of a frame that ends a longer one. */
const ENDING_MS = 20;

/** The codec that this browser encodes for a format; `null` if it has none. */
export const codecOf = (format: VideoFormat, { width, height }: FilmSize): Promise<VideoCodec | null> =>
  getFirstEncodableVideoCodec(containers[format].codecs, { width, height, quality: QUALITY_VERY_HIGH });

/** Encodes by WebCodecs, frame by frame in the film's own time: however busy the machine is, none is left out. */
export class VideoSink implements FilmSink {
  private readonly output: Output<Mp4OutputFormat | WebMOutputFormat, BufferTarget>;
  private readonly source: CanvasSource;
  /** Milliseconds of film so far. */
  private at = 0;

  constructor(
    private readonly container: Container,
    canvas: HTMLCanvasElement,
    codec: VideoCodec,
  ) {
    this.output = new Output({ format: container.make(), target: new BufferTarget() });
    this.source = new CanvasSource(canvas, {
      codec,
      quality: QUALITY_VERY_HIGH,
      keyFrameInterval: KEY_SECONDS,
    });
    this.output.addVideoTrack(this.source);
  }

  static async begin(format: VideoFormat, canvas: HTMLCanvasElement): Promise<VideoSink> {
    const codec = await codecOf(format, canvas);
    if (!codec) throw new Error(`This browser encodes no ${format}`);
    const sink = new VideoSink(containers[format], canvas, codec);
    await sink.output.start();
    return sink;
  }

  async take(_: HTMLCanvasElement, ms: number): Promise<void> {
    await this.source.add(this.at / 1000, ms / 1000);
    this.at += ms;
  }

  async end(canvas: HTMLCanvasElement, ms: number): Promise<Blob> {
    // Where a file can't tell how long its last frame lasts, the frame stands again at its end.
    const ending = this.container.hasLengths ? 0 : ENDING_MS;
    await this.take(canvas, ms - ending);
    if (ending > 0) await this.take(canvas, ending);
    await this.output.finalize();
    const { buffer } = this.output.target;
    if (!buffer) throw new SentenceError('The film did not end');
    return new Blob([buffer], { type: this.output.format.mimeType });
  }

  close(): void {
    if (this.output.state === 'started') void this.output.cancel();
  }
}
