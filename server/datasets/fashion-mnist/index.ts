import { access, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { datasetOf } from '@/lib/catalog/datasets';
import { DatasetError, type ImageSet, type LoadOptions } from '../dataset';
import { download, type RemoteFile } from '../download';
import { parseIdx } from '../idx';
import { exclusively } from '../lock';

/*
 * Fashion-MNIST (Han Xiao, Kashif Rasul, Roland Vollgraf, 2017, arXiv:1708.07747), by Zalando Research, MIT
 * licence: 60,000 training and 10,000 test images of 28 x 28 grey pixels in 10 classes.
 */
const images: RemoteFile = {
  name: 'train-images-idx3-ubyte.gz',
  bytes: 26_421_880,
  md5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
};
const labels: RemoteFile = {
  name: 'train-labels-idx1-ubyte.gz',
  bytes: 29_515,
  md5: '25c81989df183df01b3e8a0aad5dffbe',
};
/** Sizes and checksums as published. The test images are kept beside the others, for measuring at the very end. */
const publishedFiles: readonly RemoteFile[] = [
  images,
  labels,
  { name: 't10k-images-idx3-ubyte.gz', bytes: 4_422_102, md5: 'bef4ecab320f06d8554ea6380940ec79' },
  { name: 't10k-labels-idx1-ubyte.gz', bytes: 5_148, md5: 'bb300cfdad3c16e7a12a480ee83cd310' },
];

/** HTTPS first; the published address is plain HTTP, where the checksum alone protects. */
const publishedAddresses = [
  'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
];

/** Downloads what is missing. @returns the folder with the files. */
export async function fetchFiles(
  files: readonly RemoteFile[],
  addresses: readonly string[],
  { dataDir, progress }: Omit<LoadOptions, 'source'>,
): Promise<string> {
  const folder = path.join(dataDir, 'datasets', 'fashion-mnist');
  const label = 'Downloading Fashion-MNIST';
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const wait = () => progress({ label: 'Waiting for another run that downloads Fashion-MNIST' });
  await exclusively(path.join(folder, 'download.lock'), wait, async () => {
    let done = 0;
    for (const file of files) {
      const received = (bytes: number) => progress({ label, done: done + bytes, total, unit: 'bytes' });
      await download(file, addresses, folder, received);
      done += file.bytes;
    }
  });
  return folder;
}

/** The folder with the files: `source` itself, or a folder of the data set's name in it. */
async function localFolder(source: string): Promise<string> {
  for (const folder of [path.join(source, 'fashion-mnist'), source]) {
    const found = await access(path.join(folder, images.name)).then(
      () => true,
      () => false,
    );
    if (found) return folder;
  }
  throw new DatasetError(
    `${images.name} was expected in ${source} or in ${path.join(source, 'fashion-mnist')}`,
  );
}

async function readLocal(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: Error) => {
    throw new DatasetError(`${file} can't be read (${error.message})`);
  });
}

/**
 * Parses the training files in a folder; their headers say how many images there are.
 * @throws DatasetError for truncated files, wrong magic numbers or counts, unknown classes.
 */
async function readFolder(folder: string): Promise<ImageSet> {
  const [height, width, channels] = datasetOf('fashion-mnist').shape;
  const classes = datasetOf('fashion-mnist').classes.length;
  const pictures = await parseIdx(images.name, await readLocal(path.join(folder, images.name)), 3);
  const classOf = await parseIdx(labels.name, await readLocal(path.join(folder, labels.name)), 1);
  const [count = 0, rows, columns] = pictures.shape;
  if (count < 2) throw new DatasetError(`${images.name} should hold at least 2 images but holds ${count}`);
  if (rows !== height || columns !== width)
    throw new DatasetError(
      `${images.name} should hold images of ${height} x ${width} pixels, not ${rows} x ${columns}`,
    );
  if (classOf.data.length !== count)
    throw new DatasetError(`${labels.name} should hold ${count} labels but holds ${classOf.data.length}`);
  const stranger = classOf.data.find((label) => label >= classes);
  if (stranger !== undefined)
    throw new DatasetError(`${labels.name} should hold classes below ${classes} but has a ${stranger}`);
  return { count, height, width, channels, images: pictures.data, labels: classOf.data };
}

const isAddress = (source: string) => /^https?:\/\//.test(source);

/** A mirror may hold the files in a folder of the data set's name or at its root. */
function mirrorAddresses(source: string): string[] {
  const root = source.endsWith('/') ? source : `${source}/`;
  return [`${root}fashion-mnist/`, root];
}

/**
 * The training images. A local folder is used as it is; anything else is downloaded into the data folder
 * once. A downloaded file that turns out to be bad is removed, so that the next run fetches it again.
 */
export async function loadFashionMnist(options: LoadOptions): Promise<ImageSet> {
  const { source, progress } = options;
  if (source && !isAddress(source)) {
    progress({ label: 'Reading Fashion-MNIST' });
    return readFolder(await localFolder(source));
  }
  const addresses = source ? mirrorAddresses(source) : publishedAddresses;
  const folder = await fetchFiles(publishedFiles, addresses, options);
  progress({ label: 'Reading Fashion-MNIST' });
  return readCache(folder);
}

/** As `readFolder`, but removes a bad file from the cache, and nothing else. */
export async function readCache(folder: string): Promise<ImageSet> {
  try {
    return await readFolder(folder);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    const bad = [images, labels].filter((file) => error.message.startsWith(file.name));
    for (const file of bad) await rm(path.join(folder, file.name), { force: true });
    throw new DatasetError(`${error.message}. The cached file was removed; train again to download it anew`);
  }
}
