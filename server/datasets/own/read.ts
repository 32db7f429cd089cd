import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { type OwnImagesId, type OwnTextId, ownIdOf } from '@/lib/catalog/ownData';
import { isOnnx } from '@/lib/onnxFile';
import { limits } from '@/lib/protocol/limits';
import type { ImageChoices, OwnData, UploadForm } from '@/lib/protocol/ownData';
import { own, say } from '@/lib/text/sentence';
import { openArchive } from './archive';
import { packImages } from './content';
import { isImageFile } from './decode';
import { type ReadImages, readImages } from './images';
import { DataProblem, megabytes } from './problem';
import { type ReadText, readText } from './text';
import { textsIn } from './texts';

/** A data set as it was read: its description without the preview's hash, and its files. */
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

/** Bytes of a file's beginning by which its kind is recognised. */
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

/**
 * The first characters; of a text that may be read in another way, from the first line on that shows the
 * difference.
 */
function previewOf({ text, reading }: ReadText): Uint8Array {
  const telling = reading.isUncertain ? text.search(/[^\0-\x7f]/) : 0;
  const from = telling < limits.ownPreviewCharacters / 2 ? 0 : text.lastIndexOf('\n', telling) + 1;
  const first = text.slice(from, from + 2 * limits.ownPreviewCharacters);
  return new TextEncoder().encode([...first].slice(0, limits.ownPreviewCharacters).join(''));
}

function textData(read: ReadText, name: string, size: number): ReadData {
  const { text, characters, lines, vocabulary, reading } = read;
  const content = new TextEncoder().encode(text);
  const preview = previewOf(read);
  const id = ownIdOf({ kind: 'text', characters, vocabulary }, hashOf(content)) as OwnTextId;
  const common = { id, name, size, preview: hashOf(preview) };
  const data: OwnData = { kind: 'text', ...common, characters, lines, reading };
  return { data, content, preview, choices: null };
}

async function readAlone(file: string, name: string, size: number, form: UploadForm): Promise<ReadData> {
  if (size > limits.ownTextBytes)
    throw new DataProblem(
      say('{name} has {size}; a text has at most {most}, a zip archive and an image at most {archive}', {
        name: own(name),
        size: megabytes(size),
        most: megabytes(limits.ownTextBytes),
        archive: megabytes(limits.ownArchiveBytes),
      }),
    );
  const texts = { files: [{ name, bytes: await readFile(file) }], others: [] };
  return textData(readText(texts, name, form.encoding), name, size);
}

/**
 * Reads what somebody brought, whatever it is: a zip archive of images or of texts, one image, or a text.
 * @throws DataProblem that says what was expected and what came.
 */
export async function readUpload(
  file: string,
  name: string,
  form: UploadForm,
  progress: Progress,
): Promise<ReadData> {
  const { size } = await stat(file);
  if (size === 0)
    throw new DataProblem(
      say('{name} is empty. A text, or images in a zip archive, were expected', { name: own(name) }),
    );
  const start = await startOf(file);
  if (zipStarts.includes(start.toString('latin1', 0, 4))) {
    const archive = await openArchive(file, name, form.names);
    try {
      const texts = await textsIn(archive.files, name, progress);
      if (texts) return textData(readText(texts, name, form.encoding), name, size);
      return imagesData(await readImages(archive, name, form, progress), name, size);
    } finally {
      archive.close();
    }
  }
  if (isOnnx(start))
    throw new DataProblem(
      say('{name} is a model as .onnx. Bring it as a generator, under Files', { name: own(name) }),
    );
  if (!(await isImageFile(file, start))) return readAlone(file, name, size, form);
  const alone = { path: name, size, unpack: () => readFile(file) };
  return imagesData(await readImages({ files: [alone], names: null }, name, form, progress), name, size);
}
