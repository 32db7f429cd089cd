import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode as encodeBmp } from 'bmp-ts';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { type ImageForm, plainForm } from '@/lib/protocol/ownData';
import { RandomStream } from '@/lib/random';
import { inEnglish } from '@/lib/text/sentence';
import { decodeImage } from '@/server/datasets/own/decode';
import { isDamagedJpeg } from '@/server/datasets/own/jpeg';
import { readUpload } from '@/server/datasets/own/read';
import { drawn, folders, zipped } from '../support/pictures';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colatent-own-'));
});
afterAll(() => rm(folder, { recursive: true }));

const red = { r: 200, g: 20, b: 20 };

async function read(name: string, body: Uint8Array, form: Partial<ImageForm> = {}) {
  const file = join(folder, 'upload');
  await writeFile(file, body);
  const { data, content, choices } = await readUpload(file, name, { ...plainForm, ...form }, () => {});
  if (data.kind !== 'images' || !choices) throw new Error('Images expected');
  return { data, content, choices };
}

/** A photograph as cameras take them: no two blocks alike. */
function photograph(side = 120): Sharp {
  const pixels = Buffer.alloc(side * side * 3);
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = 128 + 90 * Math.sin(i / 61 + (i % 3)) + 30 * Math.sin(i * i * 0.37);
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
}

async function bmp(): Promise<Uint8Array> {
  const { data } = await photograph(40).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  // The encoder takes alpha, blue, green and red.
  const abgr = Buffer.from(data.map((_, i) => data[4 * Math.floor(i / 4) + 3 - (i % 4)] as number));
  return encodeBmp({ data: abgr, width: 40, height: 40, bitPP: 24 }).data;
}

test('R40 images are known by what is in them, whatever they are called', async () => {
  const files: Record<string, Uint8Array> = {
    'a.jpe': await drawn(40, 40, red, 'jpeg'),
    'b.jfif': await drawn(40, 40, red, 'jpeg'),
    'c.txt': await drawn(40, 40, red),
    'without an ending': await drawn(40, 40, red),
    'd.TIF': await photograph().tiff().toBuffer(),
    'e.avif': await photograph().avif().toBuffer(),
    'f.bmp': await bmp(),
    'g.svg': Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="5"/></svg>',
    ),
    'h.heic': Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'),
    'i.png': Buffer.from('no image at all'),
    '.DS_Store': Buffer.from('left by a system'),
    'k.onnx': Buffer.from([8, 7, 18, 1, 65]),
  };
  for (let i = 0; i < 10; i++) files[`more/${i}.webp`] = await drawn(30, 20, red, 'webp');
  const { data } = await read('mixed.zip', zipped(files));
  expect(data.count).toBe(18);
  const leftOut = data.leftOut.map(({ reason, ...rest }) => ({ ...rest, reason: inEnglish(reason) }));
  expect(leftOut).toEqual([
    { reason: 'is a HEIC image: save it as PNG or JPEG', count: 1, names: ['h.heic'] },
    { reason: 'is a file of the system', count: 1, names: ['.DS_Store'] },
    { reason: expect.stringContaining('is no image: PNG'), count: 2, names: ['i.png', 'k.onnx'] },
  ]);
});

test('R40 more files than can be named are counted', async () => {
  const files: Record<string, Uint8Array> = await folders(['a'], 10);
  for (let i = 0; i < limits.ownLeftOutNames + 5; i++) files[`notes/${i}.txt`] = Buffer.from('notes');
  const [group] = (await read('many.zip', zipped(files))).data.leftOut;
  expect(group?.count).toBe(limits.ownLeftOutNames + 5);
  expect(group?.names).toHaveLength(limits.ownLeftOutNames);
});

test.each([
  ['sequential', { quality: 80 }],
  ['progressive', { progressive: true }],
  ['sharp colours', { quality: 95, chromaSubsampling: '4:4:4' }],
  ['plain codes', { optimiseCoding: false }],
  ['many scans', { mozjpeg: true }],
] as const)(
  'R40 a JPEG (%s) that is damaged in its middle is left out, a whole one is not',
  async (_, options) => {
    const whole = await photograph().jpeg(options).toBuffer();
    expect(isDamagedJpeg(whole)).toBe(false);
    await decodeImage(whole, 28);
    const grey = await photograph().greyscale().jpeg(options).toBuffer();
    expect(isDamagedJpeg(grey)).toBe(false);
    // Rarely the codes after the damage fall into step again as if nothing had been.
    const random = new RandomStream(1, 'damage');
    let found = 0;
    for (let i = 0; i < 20; i++) {
      const damaged = Buffer.from(whole);
      const start = Math.floor(damaged.length * (0.3 + 0.025 * i));
      for (let at = start; at < start + 60; at++) damaged[at] = Math.floor(256 * random.uniform());
      const isRefused = await decodeImage(damaged, 28).then(
        () => false,
        (error: Error) => error.message.startsWith('is not a whole JPEG image'),
      );
      if (isRefused) found++;
    }
    expect(found).toBeGreaterThanOrEqual(18);
  },
);

test('R40 no setting of an encoder counts as damage', async () => {
  const random = new RandomStream(2, 'encoders');
  for (let i = 0; i < 60; i++) {
    const [width, height] = [8 + random.below(90), 8 + random.below(90)];
    const pixels = Buffer.from(Array.from({ length: width * height * 3 }, () => random.below(2) * 255));
    const image = sharp(pixels, { raw: { width, height, channels: 3 } }).toColourspace(
      i % 7 ? 'srgb' : 'cmyk',
    );
    const options = {
      quality: 1 + random.below(100),
      progressive: i % 2 === 0,
      chromaSubsampling: i % 3 ? '4:2:0' : '4:4:4',
      mozjpeg: i % 5 === 0,
      optimiseCoding: i % 4 > 0,
    };
    expect([options, isDamagedJpeg(await image.jpeg(options).toBuffer())]).toEqual([options, false]);
  }
});

test('R40 what follows a whole JPEG, and restarts within it, are no damage', async () => {
  const whole = await photograph().jpeg().toBuffer();
  expect(isDamagedJpeg(Buffer.concat([whole, Buffer.from('a film of three seconds')]))).toBe(false);
  expect(isDamagedJpeg(whole.subarray(0, -2))).toBe(true);
});

test('R40 what is smaller than it is learned is enlarged by nearest neighbours, a drawing is drawn as large', async () => {
  const checks = Buffer.from(
    Array.from({ length: 14 * 14 }, (_, i) => (((i % 14) + Math.floor(i / 14)) % 2) * 255),
  );
  const pixelArt = await sharp(checks, { raw: { width: 14, height: 14, channels: 1 } })
    .png()
    .toBuffer();
  expect(new Set(await decodeImage(pixelArt, 28))).toEqual(new Set([0, 255]));
  expect(new Set(await decodeImage(pixelArt, 32))).toEqual(new Set([0, 255]));
});

test('R40 colours of every kind become red, green and blue of 8 bits', async () => {
  const colour = sharp({
    create: { width: 40, height: 40, channels: 3, background: { r: 255, g: 0, b: 0 } },
  });
  const png = await colour.png().toBuffer();
  const kinds = {
    'cmyk.jpg': await sharp(png).toColourspace('cmyk').jpeg().toBuffer(),
    'deep.png': await sharp(png).toColourspace('rgb16').png().toBuffer(),
    'palette.png': await sharp(png).png({ palette: true }).toBuffer(),
    'lab.tif': await sharp(png).toColourspace('lab').tiff().toBuffer(),
    'alpha.webp': await sharp(png).ensureAlpha().webp({ lossless: true }).toBuffer(),
  };
  for (const [name, bytes] of Object.entries(kinds)) {
    const [red = 0, green = 255, blue = 255] = await decodeImage(bytes, 28);
    expect([name, red > 215, green < 40, blue < 50]).toEqual([name, true, true, true]);
  }
  const bits = await sharp(png)
    .greyscale()
    .threshold(10)
    .toColourspace('b-w')
    .tiff({ bitdepth: 1 })
    .toBuffer();
  expect(new Set(await decodeImage(bits, 28))).toEqual(new Set([255]));
});
