import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { limits } from '@/lib/protocol/limits';
import { DataProblem, megabytes, number } from './problem';

/** A file inside an archive, not unpacked yet. */
export interface PackedFile {
  /** Its path inside the archive, such as `pets/cats/1.png`. */
  readonly path: string;
  /** Bytes that it unpacks to. */
  readonly size: number;
  /** @throws DataProblem if it isn't whole. */
  unpack(): Promise<Buffer>;
}

export interface Archive {
  readonly files: readonly PackedFile[];
  close(): void;
}

/** Bytes below which a file may be packed as well as it likes. */
const smallBytes = 1024 * 1024;
/** The kind of a file in the upper half of its attributes, as Unix has it. */
const kindMask = 0o170000;
const linkKind = 0o120000;

/** What the zip library found wrong, in words for whoever brought the archive. */
function problemOf(name: string, error: Error): DataProblem {
  const [, outside] =
    /(?:invalid relative path|absolute path|invalid characters in fileName): (.*)/.exec(error.message) ?? [];
  if (outside !== undefined)
    return new DataProblem(
      `${name} names a file outside of its own folder: ${outside}. Pack it again, with paths inside it only`,
    );
  return new DataProblem(
    `${name} is not a whole zip archive (${error.message}). It may have been cut off: pack or upload it again`,
  );
}

/** @throws DataProblem for what no honest archive of images has. */
function check(name: string, entry: Entry): void {
  const { fileName, uncompressedSize, compressedSize, externalFileAttributes } = entry;
  if (((externalFileAttributes >>> 16) & kindMask) === linkKind)
    throw new DataProblem(
      `${name} has a link, ${fileName}, where files were expected. Pack the files themselves`,
    );
  if (entry.isEncrypted())
    throw new DataProblem(`${name} is encrypted (${fileName}). Pack it without a password`);
  if (uncompressedSize > smallBytes && uncompressedSize > limits.ownArchiveRatio * compressedSize)
    throw new DataProblem(
      `${fileName} in ${name} unpacks from ${number(compressedSize)} bytes to ${megabytes(uncompressedSize)}: ` +
        `at most ${limits.ownArchiveRatio} times as much was expected`,
    );
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    // Yields exactly as many bytes as the entry says, or fails.
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  } catch (error) {
    throw new DataProblem(`${entry.fileName} can't be unpacked (${(error as Error).message})`);
  }
  return Buffer.concat(parts);
}

async function listed(name: string, zip: ZipFile): Promise<PackedFile[]> {
  if (zip.entryCount > limits.ownArchiveFiles)
    throw new DataProblem(
      `${name} holds ${number(zip.entryCount)} files; at most ${number(limits.ownArchiveFiles)} were expected`,
    );
  const files: PackedFile[] = [];
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    check(name, entry);
    total += entry.uncompressedSize;
    if (total > limits.ownUnpackedBytes)
      throw new DataProblem(`${name} unpacks to more than ${megabytes(limits.ownUnpackedBytes)}`);
    const { fileName: path, uncompressedSize: size } = entry;
    if (!path.endsWith('/')) files.push({ path, size, unpack: () => unpack(zip, entry) });
  }
  return files;
}

/**
 * Opens a zip archive and looks at all its entries; nothing is unpacked, and nothing is ever written by its names.
 * @throws DataProblem if it isn't whole, or if an entry is a link, encrypted, packed too well, or outside of its folder.
 */
export async function openArchive(file: string, name: string): Promise<Archive> {
  let zip: ZipFile | null = null;
  try {
    zip = await openPromise(file, { lazyEntries: true, autoClose: false });
    const files = await listed(name, zip);
    const opened = zip;
    return { files, close: () => opened.close() };
  } catch (error) {
    zip?.close();
    throw error instanceof DataProblem ? error : problemOf(name, error as Error);
  }
}
