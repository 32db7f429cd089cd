import sharp from 'sharp';
import { limits } from '@/lib/protocol/limits';
import { DataProblem, megabytes, number } from './problem';

// Two images at a time by threads of their own is enough; nothing is met twice.
sharp.concurrency(1);
sharp.cache(false);

/** How files of the formats that are read begin; `null` stands for any byte. */
const formats: readonly (readonly [format: string, start: readonly (number | null)[]])[] = [
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
  ['WebP', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];
const expected = 'PNG, JPEG, WebP or GIF';

/** The image format of a file by its first bytes. */
export const imageFormatOf = (bytes: Uint8Array): string | undefined =>
  formats.find(([, start]) => start.every((byte, i) => byte === null || bytes[i] === byte))?.[0];

function checkSize(path: string, width: number, height: number): void {
  const { ownImageSide: side, ownImagePixels: pixels } = limits;
  if (width <= side && height <= side && width * height <= pixels) return;
  throw new DataProblem(
    `${path} has ${number(width)} x ${number(height)} pixels; an image has at most ${number(side)} along a side ` +
      `and ${number(pixels / 1e6)} million in all`,
  );
}

/**
 * An image's middle, cropped to a square and resized. What is transparent becomes white.
 * @returns uint8 [side, side, 3]: red, green and blue.
 * @throws DataProblem if the file is no whole image, or has too many bytes or pixels.
 */
export async function decodeImage(bytes: Buffer, path: string, side: number): Promise<Uint8Array> {
  if (bytes.length > limits.ownImageBytes)
    throw new DataProblem(
      `${path} has ${megabytes(bytes.length)}; an image has at most ${megabytes(limits.ownImageBytes)}`,
    );
  const format = imageFormatOf(bytes);
  if (!format) throw new DataProblem(`${path} is no image: ${expected} was expected`);
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: false, sequentialRead: true });
  try {
    const { width, height } = await image.metadata();
    checkSize(path, width, height);
    const { data, info } = await image
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .resize(side, side, { fit: 'cover', position: 'centre' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`3 channels expected, got ${info.channels}`);
    return data;
  } catch (error) {
    if (error instanceof DataProblem) throw error;
    const [reason] = (error as Error).message.trim().split('\n');
    throw new DataProblem(`${path} is not a whole ${format} image (${reason})`);
  }
}
