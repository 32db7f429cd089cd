import { limits } from '@/lib/protocol/limits';
import { own, say } from '@/lib/text/sentence';
import type { PackedFile } from './archive';
import { isImageFile } from './decode';
import { DataProblem, megabytes } from './problem';
import type { TextFile, Texts } from './text';

/** Files that systems leave beside one's own. */
const isHidden = (path: string) =>
  path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** What archives hold that are documents themselves. */
const documentParts = new Set(['[Content_Types].xml', 'mimetype', 'META-INF/container.xml']);

/** `2.txt` comes before `10.txt`. */
const inOrder = new Intl.Collator('en', { numeric: true });

/**
 * The texts of an archive in the order of their names; `null` if it holds enough images to learn from, or more of them
 * than of other files.
 * @throws DataProblem for a document of a word processor or an electronic book, and for too much text.
 */
export async function textsIn(
  files: readonly PackedFile[],
  name: string,
  progress: (done: number, total: number) => void,
): Promise<Texts | null> {
  if (files.some(({ path }) => documentParts.has(path)))
    throw new DataProblem(
      say('{name} {reason}', {
        name: own(name),
        reason: say('is {kind}. {advice}', {
          kind: 'a document of a word processor or an electronic book',
          advice: 'Save it as plain text',
        }),
      }),
    );
  const seen = files.filter(({ path }) => !isHidden(path)).sort((a, b) => inOrder.compare(a.path, b.path));
  const [enough] = limits.ownImages;
  const texts: TextFile[] = [];
  const images: string[] = [];
  let size = 0;
  for (const [i, file] of seen.entries()) {
    const bytes = await contentOf(file);
    if (await isPicture(bytes)) images.push(file.path);
    else {
      size += Math.max(bytes.length, file.size > limits.ownImageBytes ? file.size : 0);
      if (bytes.length > 0 && size <= limits.ownTextBytes) texts.push({ name: file.path, bytes });
    }
    if (images.length >= enough) return null;
    progress(i + 1, seen.length);
  }
  if (images.length >= texts.length) return null;
  if (size > limits.ownTextBytes)
    throw new DataProblem(
      say('{name} holds more than {size} of text in {n} files', {
        name: own(name),
        size: megabytes(limits.ownTextBytes),
        n: texts.length,
      }),
    );
  return { files: texts, others: images };
}

/** An image by its bytes; among files a drawing as SVG is one. */
const isPicture = async (bytes: Buffer): Promise<boolean> =>
  bytes.length > 0 &&
  (/<svg[\s>]/i.test(bytes.toString('latin1', 0, 1024)) || (await isImageFile(bytes, bytes.subarray(0, 64))));

/** A file's bytes; empty for one that is too large or damaged, which is reported when it is read as an image. */
const contentOf = async (file: PackedFile): Promise<Buffer> =>
  file.size > limits.ownImageBytes ? Buffer.alloc(0) : file.unpack().catch(() => Buffer.alloc(0));
