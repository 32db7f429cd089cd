import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { familyOf, type ModelId, modelIds } from '@/lib/catalog/models';
import { presetOf, recipeOfPreset } from '@/lib/catalog/presets';
import { BareLoop } from './loop';
import { options, report } from './report';

/** The living thumbnails of the gallery: what real runs on Glyphs and Verses show at growing steps. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'public/gallery');
const about = join(root, 'app/_home/gallery.json');

/** Steps at which a picture is taken. */
const stages: Readonly<Record<ModelId, readonly number[]>> = {
  autoencoder: [0, 30, 100, 300, 800, 2000, 5000],
  vae: [0, 30, 100, 300, 800, 2000, 5000],
  'char-rnn': [0, 20, 60, 120, 200, 400, 800],
  gan: [0, 60, 150, 400, 1000, 3000, 8000],
  dcgan: [0, 20, 60, 120, 200, 300, 450],
  stylegan: [0, 30, 80, 150, 250, 400, 600],
};
/** What is trained; the two that compute for long are shown by their fast presets. */
const shownBy: Readonly<Record<ModelId, string>> = {
  autoencoder: 'autoencoder',
  vae: 'vae-fast',
  'char-rnn': 'char-rnn-fast',
  gan: 'gan',
  dcgan: 'dcgan-fast',
  stylegan: 'stylegan-fast',
};

const SIDE = 28;
const [COLUMNS, ROWS] = [4, 2];
const CHARACTERS = 112;

/** uint8 [ROWS * 28, COLUMNS * 28]: an autoencoder's originals over its drawings, or a generator's samples. */
function tiles(pixels: Uint8Array): Uint8Array {
  const width = COLUMNS * SIDE;
  const sheet = new Uint8Array(ROWS * SIDE * width);
  for (let tile = 0; tile < COLUMNS * ROWS; tile++)
    for (let y = 0; y < SIDE; y++) {
      const from = tile * SIDE * SIDE + y * SIDE;
      const [row, column] = [Math.floor(tile / COLUMNS), tile % COLUMNS];
      sheet.set(pixels.subarray(from, from + SIDE), (row * SIDE + y) * width + column * SIDE);
    }
  return sheet;
}

/** Black of so much opacity, uint8 [height, COLUMNS * 28], as a WebP file: the page gives it its ink. */
function encodeInk(opacity: Uint8Array): Promise<Buffer> {
  const width = COLUMNS * SIDE;
  const raw = { width, height: opacity.length / width, channels: 2 } as const;
  const greyAlpha = new Uint8Array(2 * opacity.length);
  for (const [i, value] of opacity.entries()) greyAlpha[2 * i + 1] = value;
  return sharp(greyAlpha, { raw }).webp({ alphaQuality: 70, effort: 6 }).toBuffer();
}

interface Shown {
  readonly steps: readonly number[];
  readonly texts?: readonly string[];
}

async function draw(model: ModelId): Promise<Shown> {
  const preset = presetOf(shownBy[model]);
  if (!preset) throw new RangeError(`No preset ${shownBy[model]}`);
  const loop = await BareLoop.create('onnx-cpu', recipeOfPreset(preset));
  const sheets: Uint8Array[] = [];
  const texts: string[] = [];
  for (const stage of stages[model]) {
    while (loop.step < stage) await loop.chunk(stage - loop.step);
    const { header, payload } = await loop.shown();
    if (header.kind === 'text') texts.push(header.text.slice(0, CHARACTERS));
    if (header.kind !== 'images') continue;
    const shown = new Uint8Array(payload);
    const half = COLUMNS * SIDE * SIDE;
    const isPair = familyOf(model) === 'autoencoder';
    sheets.push(
      tiles(isPair ? Buffer.concat([loop.originals().subarray(0, half), shown.subarray(0, half)]) : shown),
    );
  }
  await loop.close();
  if (sheets.length > 0) {
    const webp = await encodeInk(Buffer.concat(sheets));
    writeFileSync(join(folder, `${model}.webp`), webp);
    report({ bench: 'gallery', model, bytes: webp.length });
  }
  return { steps: stages[model], ...(texts.length > 0 && { texts }) };
}

mkdirSync(folder, { recursive: true });
const known: Record<string, Shown> = existsSync(about) ? JSON.parse(readFileSync(about, 'utf8')) : {};
const wanted = options.models?.split(',') ?? modelIds;
for (const model of modelIds) if (wanted.includes(model)) known[model] = await draw(model);
writeFileSync(about, `${JSON.stringify(known, null, 2)}\n`);
