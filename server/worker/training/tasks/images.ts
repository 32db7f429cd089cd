import { encodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { LayerExample, SampleResult } from '@/lib/protocol/sampling';
import type { ImageSet } from '@/server/datasets/dataset';
import type { Observer } from '../task';

/** Numbers of one image. */
export const pixelsOf = ({ height, width, channels }: ImageSet): number => height * width * channels;

/** uint8 [rows, pixels] of a set from image `first` on; rows beyond the last image are black. */
export function imageRows(set: ImageSet, first: number, rows: number): Uint8Array {
  const pixels = pixelsOf(set);
  const found = set.images.subarray(first * pixels, (first + rows) * pixels);
  if (found.length === rows * pixels) return found;
  const padded = new Uint8Array(rows * pixels);
  padded.set(found);
  return padded;
}

/** The fixed pictures behind a run, from image `first` on: the labels of all that may be points, and images of the first ones. */
export function imageAssets(set: ImageSet, first: number): ReturnType<Observer['assets']> {
  const { height, width, channels } = set;
  const labelled = Math.min(limits.mostPoints, set.count - first);
  const count = Math.min(limits.cloudPoints, labelled);
  const blob = new Uint8Array(labelled + count * pixelsOf(set));
  blob.set(set.labels.subarray(first, first + labelled));
  blob.set(imageRows(set, first, count), labelled);
  const classes = [...set.classes];
  return { kind: 'assets', assets: { count, labelled, height, width, channels, classes }, blob };
}

type ImagesHeader = Extract<FrameHeader, { kind: 'images' }>;

/** Images of a set's size, uint8, as a frame. */
export function imagesFrame(
  run: string,
  step: number,
  set: ImageSet,
  pixels: Uint8Array,
  more: Pick<ImagesHeader, 'fresh' | 'scores'> = {},
) {
  const { height, width, channels } = set;
  const count = pixels.length / pixelsOf(set);
  return {
    frame: 'images',
    step,
    bytes: encodeFrame({ kind: 'images', run, step, count, height, width, channels, ...more }, pixels),
  } as const;
}

/** The same with the codings of the first, float32 [count - drawn, size]; those after them are drawn from a prior. */
export function codedImagesFrame(
  run: string,
  step: number,
  set: ImageSet,
  pixels: Uint8Array,
  codings: Float32Array,
  drawn: number,
) {
  const { height, width, channels } = set;
  const count = pixels.length / pixelsOf(set);
  const scale = codings.reduce(
    (most, each) => (Number.isFinite(each) ? Math.max(most, Math.abs(each)) : most),
    0,
  );
  const numbers = Int16Array.from(codings, (value) => Math.round((value / (scale || 1)) * 32767));
  const payload = new Uint8Array(pixels.length + numbers.byteLength);
  payload.set(pixels);
  payload.set(new Uint8Array(numbers.buffer), pixels.length);
  const about = { kind: 'images', run, step, count, height, width, channels } as const;
  const coded = { size: codings.length / (count - drawn), scale };
  const header = { ...about, ...(drawn > 0 && { drawn }), codings: coded };
  return { frame: 'images', step, bytes: encodeFrame(header, payload) } as const;
}

/** An image that a network reads or draws. */
export const exampleOf = (
  kind: 'read' | 'drawn',
  { height, width, channels }: ImageSet,
  pixels: Uint8Array,
): LayerExample => ({ kind, height, width, channels, pixels: Uint8Array.from(pixels) });

export function imagesResult(step: number, set: ImageSet, pixels: Uint8Array<ArrayBuffer>): SampleResult {
  const { height, width, channels } = set;
  const count = pixels.length / pixelsOf(set);
  return { kind: 'images', step, count, height, width, channels, pixels };
}

/** How many images of this size, each with so many more bytes, fit into one frame, at most `most`; the header takes less than 1 KB. */
export const imagesThatFit = (set: ImageSet, most: number, more = 0): number =>
  Math.min(most, Math.floor((limits.frameBytes - 1024) / (pixelsOf(set) + more)));
