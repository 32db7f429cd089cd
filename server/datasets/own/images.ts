import path from 'node:path';
import { limits } from '@/lib/protocol/limits';
import type { ImageForm } from '@/lib/protocol/ownData';
import { RandomStream } from '@/lib/random';
import type { ImageSet } from '../dataset';
import type { PackedFile } from './archive';
import { decodeImage } from './decode';
import { DataProblem, number } from './problem';

export interface ReadImages {
  readonly set: ImageSet;
  /** Files that could not be read, and what was wrong with the first. */
  readonly skipped: number;
  readonly reason: string;
}

interface Picture {
  /** uint8 [side, side, 3] */
  readonly pixels: Uint8Array;
  readonly folder: string;
}

/** Images decoded at once: as many as Node has threads for it. */
const lanes = 4;
/** Levels by which the colours of a grey pixel may differ after a lossy format. */
const greyTolerance = 12;
const seed = 2019;

const imageName = /\.(png|jpe?g|webp|gif)$/i;
/** Folders and files that systems leave beside one's own. */
const isHidden = (file: string) =>
  file.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** The folder right above a file: its class. */
function folderOf(file: string): string {
  const name = path.posix.basename(path.posix.dirname(file)).replace(/\p{C}/gu, '').trim();
  return name === '.' ? '' : name.slice(0, limits.ownClassName).trim();
}

function candidates(files: readonly PackedFile[], name: string): PackedFile[] {
  const images = files.filter(({ path: file }) => imageName.test(file) && !isHidden(file));
  const [, most] = limits.ownImages;
  if (images.length === 0)
    throw new DataProblem(
      `${name} holds no images: files ending in .png, .jpg, .webp or .gif were expected` +
        (files[0] ? `, it has ${files[0].path}` : ', it is empty'),
    );
  if (images.length > most)
    throw new DataProblem(
      `${name} holds ${number(images.length)} images; at most ${number(most)} were expected`,
    );
  const folders = new Set(images.map(({ path: file }) => folderOf(file)));
  if (folders.size > limits.ownClasses)
    throw new DataProblem(
      `${name} has ${number(folders.size)} folders with images, each a class; at most ${limits.ownClasses} were expected`,
    );
  return images;
}

/** Decodes all, a few at a time, in their order; `null` where that failed. */
async function decoded(
  files: readonly PackedFile[],
  side: number,
  progress: (done: number, total: number) => void,
): Promise<{ pictures: Picture[]; skipped: number; reason: string }> {
  const found: (Picture | null)[] = files.map(() => null);
  const problems: string[] = [];
  let [next, done] = [0, 0];
  const lane = async () => {
    for (let at = next++; at < files.length; at = next++) {
      const file = files[at] as PackedFile;
      try {
        const pixels = await decodeImage(await file.unpack(), file.path, side);
        found[at] = { pixels, folder: folderOf(file.path) };
      } catch (error) {
        if (!(error instanceof DataProblem)) throw error;
        problems.push(error.message);
      }
      progress(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const pictures = found.filter((each) => each !== null);
  return { pictures, skipped: problems.length, reason: problems[0] ?? '' };
}

function isGrey({ pixels }: Picture): boolean {
  for (let at = 0; at < pixels.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > greyTolerance) return false;
  }
  return true;
}

/** Brightness by ITU-R BT.601. */
function greyOf(pixels: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: pixels.length / 3 }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(3 * i, 3 * i + 3);
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
}

/** Shuffled, so that every stretch of the set has all classes. */
function joined(pictures: readonly Picture[], fallback: string, { side, colour }: ImageForm): ImageSet {
  const isAlone = pictures.every(({ folder }) => folder === '');
  const classOf = ({ folder }: Picture) => folder || (isAlone ? fallback : 'Others');
  const classes = [...new Set(pictures.map(classOf))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const channels = colour === 'colour' || (colour === 'auto' && !pictures.every(isGrey)) ? 3 : 1;
  const size = side * side * channels;
  const [count, order] = [pictures.length, new RandomStream(seed, 'own').permutation(pictures.length)];
  const images = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  order.forEach((from, at) => {
    const picture = pictures[from] as Picture;
    images.set(channels === 3 ? picture.pixels : greyOf(picture.pixels), at * size);
    labels[at] = classes.indexOf(classOf(picture));
  });
  return { kind: 'images', count, height: side, width: side, channels, images, labels, classes };
}

function assertEnough(read: number, files: number, name: string, reason: string): void {
  const [least] = limits.ownImages;
  if (read >= least) return;
  if (read === 0 && files === 1) throw new DataProblem(reason);
  if (read === 0)
    throw new DataProblem(`None of the ${files} images in ${name} can be read. The first: ${reason}`);
  throw new DataProblem(
    `${name} holds ${read === 1 ? 'one image' : `${read} images`} that can be read; at least ${least} are needed to ` +
      `learn from. Drop many at once, or a zip archive of them${reason && `. The first of the others: ${reason}`}`,
  );
}

/**
 * Images as they are learned: the middle square of each, resized; folders become classes. Files that are no whole
 * images are left out.
 * @throws DataProblem if too few or too many remain, or too many folders.
 */
export async function readImages(
  files: readonly PackedFile[],
  name: string,
  form: ImageForm,
  progress: (done: number, total: number) => void,
): Promise<ReadImages> {
  const images = candidates(files, name);
  const { pictures, skipped, reason } = await decoded(images, form.side, progress);
  assertEnough(pictures.length, images.length, name, reason);
  const fallback = path.basename(name, path.extname(name)).slice(0, limits.ownClassName) || 'Images';
  return { set: joined(pictures, fallback, form), skipped, reason };
}
