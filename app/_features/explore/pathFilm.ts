import type { Trail } from '@/app/_hooks/path';
import { beginSink } from '@/app/_view/film/filmSinks';
import type { Palette } from '@/app/_view/palette';
import { inkRamp, type PictureBatch, type Ramp, toImageData } from '@/app/_view/pixels';
import { blendedBetween, type Course, legsOf, placeAt, positionAt } from '@/lib/explore/path';
import type { SampleRequest } from '@/lib/protocol/sampling';
import type { ExploreEntries } from '@/lib/room/explore';
import { type Drawer, questionsAt } from '@/lib/room/questions';
import { SentenceError } from '@/lib/text/sentence';

export const pathFormats = ['gif', 'webm', 'strip'] as const;
export type PathFormat = (typeof pathFormats)[number];

/** Frames a second that one may choose: a GIF counts in hundredths of a second. */
export const rates = [5, 10, 20, 25] as const;

/** Pixels of a film's longer side at most, and of a strip's, as canvases have them. */
const LARGEST = { film: 1024, strip: 16_384 };
const multiples = [1, 2, 4, 8, 16, 32] as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How many times their own size pictures may be. */
export const scalesOf = ({ width, height }: Size): number[] =>
  multiples.filter((times) => times === 1 || times * Math.max(width, height) <= LARGEST.film);

/** Frames of a film at most; of a longer one they are taken more seldom. */
const MOST_FRAMES = 1000;

/**
 * Where on the path the frames of a film lie: once along it, or there and back, evenly in time. One that begins anew
 * without a jump doesn't show its first place again at its end.
 * @param speed stops a second. @param perSecond frames.
 */
export function filmPositions(
  course: Course,
  speed: number,
  perSecond: number,
  most = MOST_FRAMES,
): number[] {
  const legs = legsOf(course);
  const length = course.atEnd === 'back' ? 2 * legs : legs;
  const isRound = course.atEnd === 'back' || course.atEnd === 'closed';
  const room = Math.max(1, isRound ? most : most - 1);
  const count = Math.max(1, Math.min(room, Math.round((length / speed) * perSecond)));
  return Array.from({ length: isRound ? count : count + 1 }, (_, i) =>
    positionAt(course, { position: (i * length) / count, speed, since: null }, 0),
  );
}

type ImageRequest = Extract<SampleRequest, { kind: 'images' }>;

interface PathFilm {
  readonly format: PathFormat;
  /** Times their own size that pictures are. */
  readonly scale: number;
  readonly perSecond: number;
  /** Stops a second. */
  readonly speed: number;
  /** Pixels of a picture. */
  readonly width: number;
  readonly drawer: Drawer;
  readonly trail: Trail;
  readonly entries: ExploreEntries;
  readonly palette: Palette;
  sample(request: ImageRequest): Promise<PictureBatch>;
  /** Share of the work that is done. */
  progress(share: number): void;
  readonly signal: AbortSignal;
}

/** Shares of the work after which all pictures are here. */
const DRAWN = 0.5;

/** The pictures at these places of the path, in their order. @throws SampleFailed, or the signal's reason */
async function picturesAt(positions: readonly number[], film: PathFilm): Promise<PictureBatch[]> {
  const { trail, drawer, entries, sample, progress, signal } = film;
  const { stops, course, path, way } = trail;
  const places = positions.flatMap((position) => {
    const { from, to, t } = placeAt(course, path.easing, position);
    const [a, b] = [stops[from]?.at, stops[to]?.at];
    return a && b ? [blendedBetween(a, b, t, way, drawer.layers)] : [];
  });
  const questions = questionsAt(places, drawer, entries);
  const batches: PictureBatch[] = [];
  for (const question of questions) {
    batches.push(await sample(question));
    signal.throwIfAborted();
    progress((DRAWN * batches.length) / questions.length);
  }
  return batches;
}

/** A canvas with its context. */
function canvasOf(width: number, height: number) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new SentenceError('This browser gives no canvas to draw on');
  context.imageSmoothingEnabled = false;
  return { canvas, context };
}

/** Draws pictures of one size, each some times its own size, where it is told. */
function pictureDrawer({ width, height }: Size, scale: number, ramp: Ramp) {
  const own = canvasOf(width, height);
  return (target: CanvasRenderingContext2D, { batch, index }: Frame, x: number) => {
    own.context.putImageData(toImageData(batch, index, ramp), 0, 0);
    target.drawImage(own.canvas, x, 0, scale * width, scale * height);
  };
}

interface Frame {
  readonly batch: PictureBatch;
  readonly index: number;
}

/** Encoders of video want even sides. */
const sideOf = (format: 'gif' | 'webm', side: number): number =>
  format === 'webm' ? side + (side % 2) : side;

/** One after the other. */
async function moving(
  frames: readonly [Frame, ...Frame[]],
  format: 'gif' | 'webm',
  film: PathFilm,
): Promise<Blob> {
  const { scale, perSecond, palette, progress, signal } = film;
  const [{ batch }] = frames;
  const { canvas, context } = canvasOf(
    sideOf(format, scale * batch.width),
    sideOf(format, scale * batch.height),
  );
  const draw = pictureDrawer(batch, scale, inkRamp(palette));
  const ms = 1000 / perSecond;
  const sink = await beginSink(format, canvas);
  try {
    for (const [i, frame] of frames.entries()) {
      signal.throwIfAborted();
      draw(context, frame, 0);
      if (i < frames.length - 1) await sink.take(canvas, ms);
      progress(DRAWN + ((1 - DRAWN) * i) / frames.length);
    }
    return await sink.end(canvas, ms);
  } finally {
    sink.close();
  }
}

/** One beside the other. */
async function strip(frames: readonly [Frame, ...Frame[]], { scale, palette }: PathFilm): Promise<Blob> {
  const [{ batch }] = frames;
  const width = scale * batch.width;
  const { canvas, context } = canvasOf(frames.length * width, scale * batch.height);
  const draw = pictureDrawer(batch, scale, inkRamp(palette));
  for (const [i, frame] of frames.entries()) draw(context, frame, i * width);
  const file = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!file) throw new SentenceError('The film did not end');
  return file;
}

/**
 * Takes the path away as a file: a film of it, or its pictures one beside the other.
 * @throws SentenceError if that fails, the signal's reason once it is aborted
 */
export async function filmPath(film: PathFilm): Promise<{ file: Blob; name: string }> {
  const { format, trail, speed, perSecond, scale, width, drawer } = film;
  const most = format === 'strip' ? Math.floor(LARGEST.strip / (scale * width)) : MOST_FRAMES;
  const batches = await picturesAt(filmPositions(trail.course, speed, perSecond, most), film);
  const [first, ...rest] = batches.flatMap((batch) =>
    Array.from({ length: batch.count }, (_, index): Frame => ({ batch, index })),
  );
  if (!first) throw new SentenceError('The film did not end');
  const frames = [first, ...rest] as const;
  const file = format === 'strip' ? await strip(frames, film) : await moving(frames, format, film);
  return { file, name: `${drawer.owner}-path.${format === 'strip' ? 'png' : format}` };
}
