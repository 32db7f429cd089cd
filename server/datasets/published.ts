import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type DatasetId, datasetOf } from '@/lib/catalog/datasets';
import { own, say } from '@/lib/text/sentence';
import { DatasetError, type LoadOptions } from './dataset';
import { download, type RemoteFile } from './download';
import { exclusively } from './lock';

/** A data set as its publisher offers it. */
export interface Published {
  readonly id: DatasetId;
  /** All its files; a folder that has the first one is taken for the data set's. */
  readonly files: readonly [RemoteFile, ...RemoteFile[]];
  /** Where a file is published, the best place first. */
  addresses(file: RemoteFile): readonly string[];
}

/** Whether `source` is a folder rather than the address of a mirror. */
export const isLocal = (source: string | undefined): source is string =>
  source !== undefined && !/^https?:\/\//.test(source);

/** Where downloads go. */
const cacheOf = ({ id }: Published, dataDir: string) => path.join(dataDir, 'datasets', id);

/** The folder that has the data set's first file at present, if any: in a local source, else in the cache. */
export async function findFolder(
  published: Published,
  { dataDir, source }: Pick<LoadOptions, 'dataDir' | 'source'>,
): Promise<string | undefined> {
  const local = isLocal(source);
  const folders = local ? [path.join(source, published.id), source] : [cacheOf(published, dataDir)];
  for (const folder of folders) {
    const found = await access(path.join(folder, published.files[0].name)).then(
      () => true,
      () => false,
    );
    if (found) return folder;
  }
  return undefined;
}

/** A mirror may hold the files in a folder of the data set's name or at its root. */
function mirrorAddresses({ id }: Published, source: string, { name }: RemoteFile): readonly string[] {
  const root = source.endsWith('/') ? source : `${source}/`;
  return [`${root}${id}/${name}`, root + name];
}

/** Downloads what is missing or broken into `folder`. */
async function fetchFiles(published: Published, folder: string, options: LoadOptions): Promise<void> {
  const { source, progress } = options;
  const { label: name } = datasetOf(published.id);
  const label = say('Downloading {name}', { name });
  const total = published.files.reduce((sum, file) => sum + file.bytes, 0);
  const wait = () => progress({ label: say('Waiting for another run that downloads {name}', { name }) });
  await exclusively(path.join(folder, 'download.lock'), wait, async () => {
    let done = 0;
    for (const file of published.files) {
      const received = (bytes: number) => progress({ label, done: done + bytes, total, unit: 'bytes' });
      const addresses = source ? mirrorAddresses(published, source, file) : published.addresses(file);
      await download(file, addresses, folder, received);
      done += file.bytes;
    }
  });
}

/**
 * The folder with a data set's files. A local `source` is used as it is, whatever it holds; anything else is
 * downloaded into the data folder once, and again if a file there is not the published one any more.
 * @throws DatasetError if a local source lacks the first file, DownloadError if a file can't be fetched.
 */
export async function folderOf(published: Published, options: LoadOptions): Promise<string> {
  const { dataDir, source } = options;
  if (isLocal(source)) {
    const found = await findFolder(published, options);
    if (found !== undefined) return found;
    const { id, files } = published;
    throw new DatasetError(
      say('{name} was expected in {path} or in {outside}', {
        name: own(files[0].name),
        path: own(source),
        outside: own(path.join(source, id)),
      }),
    );
  }
  const folder = cacheOf(published, dataDir);
  await fetchFiles(published, folder, options);
  return folder;
}

/** @throws DatasetError if the file can't be read. */
export async function readLocal(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: Error) => {
    throw new DatasetError(
      say("{name} can't be read ({reason})", { name: own(file), reason: own(error.message) }),
    );
  });
}
