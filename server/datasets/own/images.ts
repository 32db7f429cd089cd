import path from 'node:path';
import { limits } from '@/lib/protocol/limits';
import type { ImageChoices, ImageForm, LeftOut } from '@/lib/protocol/ownData';
import { RandomStream } from '@/lib/random';
import { cutText } from '@/lib/text/cut';
import { cleanName } from '@/lib/text/names';
import { own, type Sentence, say } from '@/lib/text/sentence';
import type { ImageSet } from '../dataset';
import type { Archive, PackedFile } from './archive';
import { type Classes, classesOf, inOrder } from './classes';
import { assertBytes, decodeImage } from './decode';
import { LeftOuts } from './leftOuts';
import { DataProblem } from './problem';

export interface ReadImages {
  readonly set: ImageSet;
  readonly leftOut: readonly LeftOut[];
  readonly choices: ImageChoices;
}

interface Picture {
  /** uint8 [side, side, 3] */
  readonly pixels: Uint8Array;
  readonly path: string;
}

/** Images decoded at once: as many as Node has threads for it. */
const lanes = 4;
/** Levels by which the colours of a grey pixel may differ after a lossy format. */
const greyTolerance = 12;
const seed = 2019;

/** Files that operating systems add. */
const isLeftBySystem = (file: string) =>
  file.split('/').some((part) => /^(\.|__MACOSX$|thumbs\.db$|desktop\.ini$)/i.test(part));

/** Decodes all, a few at a time, in their order. @throws DataProblem beyond as many as a set may have. */
async function decoded(
  files: readonly PackedFile[],
  name: string,
  side: number,
  progress: (done: number, total: number) => void,
) {
  const pictures: (Picture | null)[] = files.map(() => null);
  const problems: (Sentence | null)[] = files.map(() => null);
  const [, most] = limits.ownImages;
  let [next, done, read] = [0, 0, 0];
  const lane = async () => {
    for (let at = next++; at < files.length && read <= most; at = next++) {
      const file = files[at] as PackedFile;
      try {
        if (isLeftBySystem(file.path)) throw new DataProblem('is a file of the system');
        assertBytes(file.size);
        pictures[at] = { pixels: await decodeImage(await file.unpack(), side), path: file.path };
        read++;
      } catch (error) {
        if (!(error instanceof DataProblem)) throw error;
        problems[at] = error.sentence;
      }
      progress(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (read > most)
    throw new DataProblem(
      say('{name} holds more than {n} images; at most {most} were expected', {
        name: own(name),
        n: most,
        most,
      }),
    );
  const leftOuts = new LeftOuts();
  for (const [at, problem] of problems.entries())
    if (problem !== null) leftOuts.add((files[at] as PackedFile).path, problem);
  return { pictures: pictures.filter((each) => each !== null), leftOut: leftOuts.all() };
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

/** Names that were cut may have become the same. */
const distinct = (names: readonly string[]): string[] =>
  names.map((name, i) => (names.indexOf(name) === i ? name : `${name} ${i + 1}`));

/** Shuffled, so that every stretch of the set has all classes. */
function joined(pictures: readonly Picture[], { nameOf }: Classes, { side, colour }: ImageForm): ImageSet {
  const classes = [...new Set(nameOf)].sort(inOrder);
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const channels = colour === 'colour' || (colour === 'auto' && !pictures.every(isGrey)) ? 3 : 1;
  const size = side * side * channels;
  const [count, order] = [pictures.length, new RandomStream(seed, 'own').permutation(pictures.length)];
  const images = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  order.forEach((from, at) => {
    const { pixels } = pictures[from] as Picture;
    images.set(channels === 3 ? pixels : greyOf(pixels), at * size);
    labels[at] = numbers.get(nameOf[from] as string) as number;
  });
  const shown = distinct(classes.map((name) => cutText(name, limits.ownClassName)));
  return { kind: 'images', count, height: side, width: side, channels, images, labels, classes: shown };
}

/** Why too few images could be read. */
function shortageOf(read: number, files: number, archive: string, [first]: readonly LeftOut[]): Sentence {
  const name = own(archive);
  if (files === 0) return say('{name} holds no images, it is empty', { name });
  const reason =
    first &&
    say("{path} can't be read: it {reason}", { path: own(first.names[0] ?? ''), reason: first.reason });
  if (read === 0 && reason && files === 1) return reason;
  if (read === 0)
    return say('None of the {n} files in {name} is an image that can be read. {reason}', {
      ...{ n: files, name },
      reason: reason ?? '',
    });
  const advice = reason
    ? say('Drop many at once, or a zip archive of them. The first of the others: {reason}', { reason })
    : 'Drop many at once, or a zip archive of them';
  const [least] = limits.ownImages;
  return say(
    '{name} holds {n} {n|image|images} that can be read; at least {least} are needed to learn from. {advice}',
    { name, n: read, least, advice },
  );
}

/**
 * Images as they are learned: the middle square of each, resized; folders become classes. What can't be read is left
 * out and told, whatever it is called.
 * @throws DataProblem if too few or too many remain.
 */
export async function readImages(
  { files, names }: Pick<Archive, 'files' | 'names'>,
  name: string,
  form: ImageForm,
  progress: (done: number, total: number) => void,
): Promise<ReadImages> {
  const { pictures, leftOut } = await decoded(files, name, form.side, progress);
  if (pictures.length < limits.ownImages[0])
    throw new DataProblem(shortageOf(pictures.length, files.length, name, leftOut));
  const fallback = cleanName(path.basename(name, path.extname(name))) || 'Images';
  const paths = pictures.map((each) => each.path);
  const classes = classesOf(paths, fallback, form.classes);
  const { choices, chosen, isClear } = classes;
  return {
    set: joined(pictures, classes, form),
    leftOut,
    choices: { folders: [...choices], chosen, isClear, names },
  };
}
