import { decode as decodeBmp } from 'bmp-ts';
import sharp, { type Sharp } from 'sharp';
import { limits } from '@/lib/protocol/limits';
import { own, SentenceError, say } from '@/lib/text/sentence';
import { isDamagedJpeg } from './jpeg';
import { DataProblem, megabytes } from './problem';

// Two images at a time by threads of their own is enough; nothing is met twice.
sharp.concurrency(1);
sharp.cache(false);

const names: Readonly<Record<string, string>> = { heif: 'AVIF', webp: 'WebP' };
const nameOf = (format: string) => names[format] ?? format.toUpperCase();

/** Images that people have and no library here reads, by text at a place near the file's beginning. */
const unread: readonly (readonly [at: number, text: RegExp, name: string])[] = [
  [4, /^ftyp(hei[csx]|hev[cx]|heim|heis|mif1|msf1)/, 'HEIC'],
  [0, /^8BPS/, 'Photoshop'],
  [0, /^(\xff\n|\0\0\0\fJXL )/, 'JPEG XL'],
  [0, /^\0\0\0\fjP {2}/, 'JPEG 2000'],
  [0, /^P[1-7]\s/, 'PNM'],
];

const unreadName = (bytes: Buffer): string | undefined =>
  unread.find(([at, text]) => text.test(bytes.toString('latin1', at, at + 16)))?.[2];

const isBmp = (bytes: Uint8Array) => bytes[0] === 0x42 && bytes[1] === 0x4d && bytes.length > 26;
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** Whether a file that came alone is an image, by its beginning; a drawing as SVG is a text, too, and isn't meant. */
export async function isImageFile(file: string | Buffer, start: Buffer): Promise<boolean> {
  if (isBmp(start) && start.readUInt32LE(14) < 256) return true;
  if (unreadName(start) !== undefined) return true;
  const found = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch((error: Error) => error);
  if (!(found instanceof Error)) return found.format !== 'svg';
  return !/unsupported image format|XML|svg/i.test(found.message);
}

function checkSize(width: number, height: number): void {
  const { ownImageSide: side, ownImagePixels: pixels } = limits;
  if (width <= side && height <= side && width * height <= pixels) return;
  throw new DataProblem(
    say(
      'has {width} x {height} pixels; an image has at most {side} along a side and {pixels} million in all',
      { width, height, side, pixels: pixels / 1e6 },
    ),
  );
}

interface Opened {
  readonly image: Sharp;
  readonly format: string;
  readonly width: number;
  readonly height: number;
}

function openBmp(bytes: Buffer): Opened {
  const [width, height] = [bytes.readUInt32LE(18), Math.abs(bytes.readInt32LE(22))];
  checkSize(width, height);
  const { data } = decodeBmp(bytes, { toRGBA: true });
  const raw = { width, height, channels: 4 } as const;
  // Few programs write an alpha channel, and most readers take none for given.
  return { image: sharp(data, { raw }).removeAlpha(), format: 'BMP', width, height };
}

async function openImage(bytes: Buffer, side: number): Promise<Opened> {
  const options = { failOn: 'error', limitInputPixels: false, sequentialRead: true } as const;
  const { format, width, height } = await sharp(bytes, options).metadata();
  checkSize(width, height);
  // A drawing of lines has no pixels of its own: it is drawn as large as it is needed.
  const density = format === 'svg' ? Math.min(2400, Math.max(72, (72 * side) / Math.min(width, height))) : 72;
  return { image: sharp(bytes, { ...options, density }), format: nameOf(format), width, height };
}

async function opened(bytes: Buffer, side: number): Promise<Opened> {
  try {
    return isBmp(bytes) ? openBmp(bytes) : await openImage(bytes, side);
  } catch (error) {
    if (error instanceof DataProblem) throw error;
    const [reason = ''] = (error as Error).message.trim().split('\n');
    const known = unreadName(bytes);
    if (known !== undefined)
      throw new DataProblem(say('is a {format} image: save it as PNG or JPEG', { format: own(known) }));
    const isStrange = /unsupported image format|XML/.test(reason);
    throw new DataProblem(
      isStrange
        ? 'is no image: PNG, JPEG, WebP, GIF, AVIF, TIFF, BMP or SVG was expected'
        : say('is not a whole image ({reason})', { reason: own(reason) }),
    );
  }
}

/**
 * An image's middle, cropped to a square and resized, by nearest neighbours if it is smaller: what was drawn pixel by
 * pixel stays so. What is transparent becomes white.
 * @returns uint8 [side, side, 3]: red, green and blue.
 * @throws DataProblem, as what is said of the file, if it is no whole image or has too many bytes or pixels.
 */
export async function decodeImage(bytes: Buffer, side: number): Promise<Uint8Array> {
  assertBytes(bytes.length);
  const { image, format, width, height } = await opened(bytes, side);
  const isSmall = Math.min(width, height) < side && format !== 'SVG';
  try {
    const { data, info } = await image
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .resize(side, side, { fit: 'cover', position: 'centre', kernel: isSmall ? 'nearest' : 'lanczos3' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`3 channels expected, got ${info.channels}`);
    if (isJpeg(bytes) && isDamagedJpeg(bytes)) throw new SentenceError('its data is damaged');
    return data;
  } catch (error) {
    const [line = ''] = (error as Error).message.trim().split('\n');
    const reason = error instanceof SentenceError ? error.sentence : own(line);
    throw new DataProblem(say('is not a whole {format} image ({reason})', { format: own(format), reason }));
  }
}

/** @throws DataProblem, as what is said of the file, if it has more bytes than an image may have. */
export function assertBytes(size: number): void {
  if (size > limits.ownImageBytes)
    throw new DataProblem(
      say('has {size}; an image has at most {most}', {
        size: megabytes(size),
        most: megabytes(limits.ownImageBytes),
      }),
    );
}
