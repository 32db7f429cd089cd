import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { type OwnImagesId, type OwnTextId, ownIdOf } from '@/lib/catalog/ownData';
import { isOnnx } from '@/lib/onnxFile';
import { limits } from '@/lib/protocol/limits';
import type { ImageChoices, ImageForm, OwnData } from '@/lib/protocol/ownData';
import { openArchive } from './archive';
import { packImages } from './content';
import { isImageFile } from './decode';
import { type ReadImages, readImages } from './images';
import { DataProblem, megabytes } from './problem';
import { readText } from './text';

/** A data set as it was read: what all see of it but the preview's hash, and its files. */
export interface ReadData {
  readonly data: OwnData;
  /** The file that training reads; its SHA-256 is in the id. */
  readonly content: Uint8Array;
  readonly preview: Uint8Array;
  /** How images could be read otherwise; `null` for a text. */
  readonly choices: ImageChoices | null;
}

type Progress = (done: number, total: number) => void;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const zipStarts = ['PK\u0003\u0004', 'PK\u0005\u0006', 'PK\u0007\b'];

/** Bytes by which a file's kind is told. */
const startBytes = 64;

async function startOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(startBytes), 0, startBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function imagesData({ set, leftOut, choices }: ReadImages, name: string, size: number): ReadData {
  const content = packImages(set);
  const { count, height, width, channels, labels, images } = set;
  const shown = Math.min(count, limits.ownPreviewImages);
  const pixels = height * width * channels;
  const preview = Buffer.concat([labels.subarray(0, shown), images.subarray(0, shown * pixels)]);
  const counts = set.classes.map(() => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const classes = set.classes.map((each, i) => ({ name: each, count: counts[i] as number }));
  const id = ownIdOf({ kind: 'images', shape: [height, width, channels] }, hashOf(content)) as OwnImagesId;
  const common = { id, name, size, preview: hashOf(preview) };
  const data: OwnData = { kind: 'images', ...common, count, classes, leftOut: [...leftOut] };
  return { data, content, preview, choices };
}

async function textData(file: string, name: string, size: number): Promise<ReadData> {
  if (size > limits.ownTextBytes)
    throw new DataProblem(
      `${name} has ${megabytes(size)}; a text has at most ${megabytes(limits.ownTextBytes)}, a zip archive and an image ` +
        `at most ${megabytes(limits.ownArchiveBytes)}`,
    );
  const { text, characters, lines, vocabulary } = readText(await readFile(file), name);
  const content = new TextEncoder().encode(text);
  const preview = new TextEncoder().encode(
    [...text.slice(0, 2 * limits.ownPreviewCharacters)].slice(0, limits.ownPreviewCharacters).join(''),
  );
  const id = ownIdOf({ kind: 'text', vocabulary }, hashOf(content)) as OwnTextId;
  const data = { kind: 'text', id, name, size, preview: hashOf(preview), characters, lines } as const;
  return { data, content, preview, choices: null };
}

/**
 * Reads what somebody brought, whatever it is: a zip archive of images, one image, or a text.
 * @throws DataProblem that says what was expected and what came.
 */
export async function readUpload(
  file: string,
  name: string,
  form: ImageForm,
  progress: Progress,
): Promise<ReadData> {
  const { size } = await stat(file);
  if (size === 0)
    throw new DataProblem(`${name} is empty. A text, or images in a zip archive, were expected`);
  const start = await startOf(file);
  if (zipStarts.includes(start.toString('latin1', 0, 4))) {
    const archive = await openArchive(file, name, form.names);
    try {
      return imagesData(await readImages(archive, name, form, progress), name, size);
    } finally {
      archive.close();
    }
  }
  if (isOnnx(start))
    throw new DataProblem(`${name} is a model as .onnx. Bring it as a generator, under Files`);
  if (!(await isImageFile(file, start))) return textData(file, name, size);
  const alone = { path: name, size, unpack: () => readFile(file) };
  return imagesData(await readImages({ files: [alone], names: null }, name, form, progress), name, size);
}
