import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Zippable, type ZippableFile, zipSync } from 'fflate';
import sharp from 'sharp';
import { dataFolder } from './data';

/** A plain image of one colour with a brighter square in its middle. */
export function drawn(
  width: number,
  height: number,
  colour: { r: number; g: number; b: number },
  format: 'png' | 'jpeg' | 'webp' | 'gif' = 'png',
): Promise<Buffer> {
  const spot = { create: { width: 4, height: 4, channels: 3, background: 'white' } } as const;
  const image = sharp({ create: { width, height, channels: 3, background: colour } });
  return image
    .composite([{ input: spot, gravity: 'centre' }])
    .toFormat(format)
    .toBuffer();
}

/** A zip archive, packed unless told otherwise. */
export const zipped = (files: Record<string, Uint8Array | ZippableFile>): Uint8Array =>
  zipSync(files as Zippable);

/** The same number of small images in each folder; grey, or each folder of its own colour. */
export async function folders(
  names: readonly string[],
  each: number,
  isGrey = false,
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const [at, name] of names.entries())
    for (let i = 0; i < each; i++) {
      const level = 20 + 10 * i;
      const colour = isGrey
        ? { r: level, g: level, b: level }
        : { r: at % 2 ? 220 : level, g: level, b: at % 2 ? level : 220 };
      files[`${name}/${i}.png`] = await drawn(40, 30, colour);
    }
  return files;
}

/** The first images of Fashion-MNIST, at most 1,200, as PNG files in a folder for each class. */
export async function fashion(count: number): Promise<Record<string, Uint8Array>> {
  const read = (name: string) => gunzipSync(readFileSync(`${dataFolder}/fashion-mnist/${name}`));
  const images = read('train-images-idx3-ubyte.gz').subarray(16);
  const labels = read('train-labels-idx1-ubyte.gz').subarray(8);
  const raw = { width: 28, height: 28, channels: 1 } as const;
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < count; i++) {
    const pixels = images.subarray(i * 784, (i + 1) * 784);
    files[`class ${labels[i]}/${i}.png`] = await sharp(pixels, { raw }).png().toBuffer();
  }
  return files;
}
