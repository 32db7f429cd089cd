import { type Palette, parseRgb } from './palette';

/** Height and width before the first pictures have come. */
export const USUAL_SIZE = 28;

/** Grey levels as colours, 0 to 255: one packed pixel each, as a little-endian RGBA canvas holds it. */
export type Ramp = Uint32Array;

/** `pixels`: uint8 [count, height, width, channels]. */
export interface PictureBatch {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/** Packed pixels, `width` to a row; a picture's top left corner goes to index `start`. */
interface Target {
  readonly packed: Uint32Array;
  readonly width: number;
  readonly start: number;
}

const pack = (red: number, green: number, blue: number): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/**
 * Grey pictures are ink on paper: what the data calls black is the surface, white is the ink. Own photographs
 * aren't.
 */
export function inkRamp({
  pictureBlack,
  pictureWhite,
}: Pick<Palette, 'pictureBlack' | 'pictureWhite'>): Ramp {
  const [paper, pen] = [parseRgb(pictureBlack), parseRgb(pictureWhite)];
  const mixed = (channel: 0 | 1 | 2, level: number) =>
    Math.round(paper[channel] + ((pen[channel] - paper[channel]) * level) / 255);
  return Uint32Array.from({ length: 256 }, (_, level) =>
    pack(mixed(0, level), mixed(1, level), mixed(2, level)),
  );
}

/** Paints picture `index`, grey through the ramp, colour as it is. */
export function paintPicture(batch: PictureBatch, index: number, ramp: Ramp, target: Target): void {
  const { height, width, channels, pixels } = batch;
  const level = (at: number) => pixels[at] ?? 0;
  let at = index * height * width * channels;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += channels)
      target.packed[target.start + y * target.width + x] =
        channels === 1 ? (ramp[level(at)] ?? 0) : pack(level(at), level(at + 1), level(at + 2));
}

/** One picture as a canvas image. */
export function toImageData(batch: PictureBatch, index: number, ramp: Ramp): ImageData {
  const image = new ImageData(batch.width, batch.height);
  const packed = new Uint32Array(image.data.buffer);
  paintPicture(batch, index, ramp, { packed, width: batch.width, start: 0 });
  return image;
}
