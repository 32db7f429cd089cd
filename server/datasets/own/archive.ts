import { type Entry, getFileNameLowLevel, openPromise, validateFileName, type ZipFile } from 'yauzl';
import { limits } from '@/lib/protocol/limits';
import type { NameEncoding, NamesFound } from '@/lib/protocol/ownData';
import { cleanName } from '@/lib/text/names';
import { own, say } from '@/lib/text/sentence';
import { decodedName, detectNames } from './fileNames';
import { DataProblem, megabytes } from './problem';

/** A file inside an archive, not unpacked yet. */
export interface PackedFile {
  /** Its path inside the archive, such as `pets/cats/1.png`, in NFC. */
  readonly path: string;
  /** Bytes that it unpacks to. */
  readonly size: number;
  /** @throws DataProblem if it isn't whole. */
  unpack(): Promise<Buffer>;
}

export interface Archive {
  readonly files: readonly PackedFile[];
  /** How names that don't say their encoding were read; `null` if all say it, or are ASCII. */
  readonly names: NamesFound | null;
  close(): void;
}

/** Bytes below which a file may be packed as well as it likes. */
const smallBytes = 1024 * 1024;
/** The kind of a file in the upper half of its attributes, as Unix has it. */
const kindMask = 0o170000;
const linkKind = 0o120000;
/** Of an entry's flags: the name is in UTF-8. */
const utf8Flag = 0x800;
/** The extra field with the name in UTF-8. */
const unicodePath = 0x7075;

/** The zip library's error, in words for the person who brought the archive. */
function problemOf(name: string, error: Error): DataProblem {
  return new DataProblem(
    say('{name} is not a whole zip archive ({reason}). It may have been cut off: pack or upload it again', {
      name: own(name),
      reason: own(error.message),
    }),
  );
}

/** @throws DataProblem for what no honest archive of images has. */
function check(archive: string, file: string, entry: Entry): void {
  const [name, path] = [own(archive), own(file)];
  const { uncompressedSize, compressedSize, externalFileAttributes } = entry;
  if (validateFileName(file) !== null)
    throw new DataProblem(
      say('{name} names a file outside of its own folder: {path}. Pack it again, with paths inside it only', {
        name,
        path,
      }),
    );
  if (((externalFileAttributes >>> 16) & kindMask) === linkKind)
    throw new DataProblem(
      say('{name} has a link, {path}, where files were expected. Pack the files themselves', { name, path }),
    );
  if (entry.isEncrypted())
    throw new DataProblem(say('{name} is encrypted ({path}). Pack it without a password', { name, path }));
  if (uncompressedSize > smallBytes && uncompressedSize > limits.ownArchiveRatio * compressedSize)
    throw new DataProblem(
      say(
        '{path} in {name} unpacks from {packed} bytes to {size}: at most {ratio} times as much was expected',
        {
          ...{ path, name },
          packed: compressedSize,
          size: megabytes(uncompressedSize),
          ratio: limits.ownArchiveRatio,
        },
      ),
    );
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    // Yields exactly as many bytes as the entry says, or fails.
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  } catch (error) {
    throw new DataProblem(say("can't be unpacked ({reason})", { reason: own((error as Error).message) }));
  }
  return Buffer.concat(parts);
}

/** @returns the path that an entry states to be in UTF-8; `null` if it states none, or what isn't. */
function statedPath({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string | null {
  if (extraFields.some(({ id }) => id === unicodePath)) {
    const inField = getFileNameLowLevel(0, fileNameRaw, extraFields, true);
    // What the field holds counts only for the name that it was made for.
    if (inField !== getFileNameLowLevel(0, fileNameRaw, [], true)) return inField;
  }
  return (generalPurposeBitFlag & utf8Flag) !== 0 ? decodedName(fileNameRaw, 'utf-8') : null;
}

const isBeyondAscii = (bytes: Uint8Array) => bytes.some((byte) => byte >= 0x80);

/** @param encoding of names that don't say it. */
function pathOf(entry: Entry, encoding: NameEncoding): string {
  const raw = entry.fileNameRaw;
  const path = statedPath(entry) ?? decodedName(raw, encoding) ?? raw.toString('utf-8');
  // What one sees of names is compared; a folder's path goes on ending in a slash.
  return path.replaceAll('\\', '/').split('/').map(cleanName).join('/');
}

async function entriesOf(name: string, zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > limits.ownArchiveFiles)
    throw new DataProblem(
      say('{name} holds {n} files; at most {most} were expected', {
        name: own(name),
        n: zip.entryCount,
        most: limits.ownArchiveFiles,
      }),
    );
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  return entries;
}

function listed(name: string, zip: ZipFile, entries: readonly Entry[], encoding: NameEncoding) {
  const files: PackedFile[] = [];
  let total = 0;
  for (const entry of entries) {
    const path = pathOf(entry, encoding);
    check(name, path, entry);
    total += entry.uncompressedSize;
    if (total > limits.ownUnpackedBytes)
      throw new DataProblem(
        say('{name} unpacks to more than {size}', {
          name: own(name),
          size: megabytes(limits.ownUnpackedBytes),
        }),
      );
    if (!path.endsWith('/'))
      files.push({ path, size: entry.uncompressedSize, unpack: () => unpack(zip, entry) });
  }
  return files;
}

/**
 * Opens a zip archive and looks at all its entries; nothing is unpacked, and nothing is ever written by its names.
 * @param encoding of names that don't say it; `auto` detects it.
 * @throws DataProblem if it isn't whole, or if an entry is a link, encrypted, packed too well, or outside of its folder.
 */
export async function openArchive(
  file: string,
  name: string,
  encoding: NameEncoding | 'auto' = 'auto',
): Promise<Archive> {
  let zip: ZipFile | null = null;
  try {
    zip = await openPromise(file, { lazyEntries: true, autoClose: false, decodeStrings: false });
    const opened = zip;
    const entries = await entriesOf(name, opened);
    const silent = entries.filter((each) => isBeyondAscii(each.fileNameRaw) && statedPath(each) === null);
    const detected = detectNames(silent.map(({ fileNameRaw }) => fileNameRaw));
    const names = detected && encoding !== 'auto' ? { encoding, isCertain: true } : detected;
    const files = listed(name, opened, entries, names?.encoding ?? 'utf-8');
    return { files, names, close: () => opened.close() };
  } catch (error) {
    zip?.close();
    throw error instanceof DataProblem ? error : problemOf(name, error as Error);
  }
}
