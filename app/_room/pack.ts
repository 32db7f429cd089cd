import { Zip, ZipPassThrough } from 'fflate';
import { limits } from '@/lib/protocol/limits';
import { own, SentenceError, say } from '@/lib/text/sentence';
import type { Dropped } from './room';

/** A file with the folders above it, such as `pets/cats/1.png`. */
export interface Found {
  readonly path: string;
  readonly file: File;
}

/** What is sent to the server: one file, and what people call it. */
export interface Parcel {
  readonly name: string;
  readonly body: Blob;
}

/** Files that can't be sent; says what was expected. */
export class PackError extends SentenceError {
  override readonly name = 'PackError';
}

const isEntry = (dropped: Dropped): dropped is FileSystemEntry => 'isDirectory' in dropped;

/** A folder is read in portions, the last one empty. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return children;
    children.push(...some);
  }
}

async function filesIn(dropped: Dropped): Promise<Found[]> {
  if (!isEntry(dropped)) return [{ path: dropped.webkitRelativePath || dropped.name, file: dropped }];
  const path = dropped.fullPath.replace(/^\//, '');
  if (dropped.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (dropped as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path, file }];
  }
  const children = await childrenOf(dropped as FileSystemDirectoryEntry);
  return (await Promise.all(children.map(filesIn))).flat();
}

/** One file goes as it is, several in an archive that leaves them as they are: the server looks at what is in them. */
export async function pack(
  dropped: readonly Dropped[],
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Parcel> {
  const found = (await Promise.all(dropped.map(filesIn))).flat();
  const [first] = found;
  if (!first) throw new PackError('There are no files in it');
  if (found.length === 1) return checked({ name: first.file.name, body: first.file });
  assertFits(found);
  const [top = ''] = first.path.split('/');
  return checked({
    name: `${first.path.includes('/') ? top : 'files'}.zip`,
    body: await zip(found, progress, signal),
  });
}

const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);

const tooLarge = () =>
  new PackError(
    say('At most {files} files and {size} MB can be brought at once', {
      files: limits.ownArchiveFiles,
      size: megabytes(limits.ownArchiveBytes),
    }),
  );

/** @throws PackError that names the largest file: it may be one that nobody meant to bring. */
function assertFits(found: readonly Found[]): void {
  if (found.length > limits.ownArchiveFiles) throw tooLarge();
  const size = found.reduce((sum, { file }) => sum + file.size, 0);
  if (size <= limits.ownArchiveBytes) return;
  const { path, file } = found.reduce((a, b) => (b.file.size > a.file.size ? b : a));
  throw new PackError(
    say(
      'Together they have {size} MB, at most {most} MB can be brought at once. The largest is {path} with {largest} MB',
      {
        size: megabytes(size),
        most: megabytes(limits.ownArchiveBytes),
        path: own(path),
        largest: megabytes(file.size),
      },
    ),
  );
}

/** The server would refuse it, only later. */
function checked(parcel: Parcel): Parcel {
  if (parcel.body.size > limits.ownArchiveBytes) throw tooLarge();
  return parcel;
}

async function zip(
  files: readonly Found[],
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const archive = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part as Uint8Array<ArrayBuffer>);
  });
  for (const [i, { path, file }] of files.entries()) {
    signal.throwIfAborted();
    progress(i, files.length);
    const entry = new ZipPassThrough(path);
    archive.add(entry);
    entry.push(new Uint8Array(await file.arrayBuffer()), true);
  }
  archive.end();
  return new Blob(parts, { type: 'application/zip' });
}
