import path from 'node:path';
import { datasetOf } from '@/lib/catalog/datasets';
import { own, say } from '@/lib/text/sentence';
import { DatasetError, type ImageSet, type LoadOptions } from '../dataset';
import type { RemoteFile } from '../download';
import { parseIdx } from '../idx';
import { folderOf, type Published, readLocal } from '../published';

const images: RemoteFile = {
  name: 'train-images-idx3-ubyte.gz',
  bytes: 26_421_880,
  checksum: ['md5', '8d4fb7e6c68d591d4c3dfef9ec88bf0d'],
};
const labels: RemoteFile = {
  name: 'train-labels-idx1-ubyte.gz',
  bytes: 29_515,
  checksum: ['md5', '25c81989df183df01b3e8a0aad5dffbe'],
};
/** HTTPS first; the published address is plain HTTP, where the checksum alone protects. */
const addresses = [
  'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
];

/**
 * Fashion-MNIST (Han Xiao, Kashif Rasul, Roland Vollgraf, 2017, arXiv:1708.07747), by Zalando Research, MIT
 * licence: 60,000 training and 10,000 test images of 28 x 28 grey pixels in 10 classes. Sizes and checksums as
 * published. The test images are kept beside the others, for measuring at the very end.
 */
export const fashionMnist: Published = {
  id: 'fashion-mnist',
  files: [
    images,
    labels,
    {
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 4_422_102,
      checksum: ['md5', 'bef4ecab320f06d8554ea6380940ec79'],
    },
    {
      name: 't10k-labels-idx1-ubyte.gz',
      bytes: 5_148,
      checksum: ['md5', 'bb300cfdad3c16e7a12a480ee83cd310'],
    },
  ],
  addresses: ({ name }) => addresses.map((address) => address + name),
};

/**
 * Parses the training files in a folder; their headers say how many images there are.
 * @throws DatasetError for truncated files, wrong magic numbers or counts, unknown classes.
 */
async function readFolder(folder: string): Promise<ImageSet> {
  const { shape, classes } = datasetOf('fashion-mnist');
  const [height, width, channels] = shape;
  const pictures = await parseIdx(images.name, await readLocal(path.join(folder, images.name)), 3);
  const classOf = await parseIdx(labels.name, await readLocal(path.join(folder, labels.name)), 1);
  const [count = 0, rows = 0, columns = 0] = pictures.shape;
  if (count < 2)
    throw new DatasetError(
      say('{name} should hold at least 2 images but holds {count}', { name: own(images.name), count }),
    );
  if (rows !== height || columns !== width)
    throw new DatasetError(
      say('{name} should hold images of {height} x {width} pixels, not {rows} x {columns}', {
        name: own(images.name),
        ...{ height, width, rows, columns },
      }),
    );
  if (classOf.data.length !== count)
    throw new DatasetError(
      say('{name} should hold {count} labels but holds {found}', {
        name: own(labels.name),
        count,
        found: classOf.data.length,
      }),
    );
  const stranger = classOf.data.find((label) => label >= classes.length);
  if (stranger !== undefined)
    throw new DatasetError(
      say('{name} should hold classes below {most} but has a {found}', {
        name: own(labels.name),
        most: classes.length,
        found: stranger,
      }),
    );
  const set = { count, height, width, channels, images: pictures.data, labels: classOf.data };
  return { kind: 'images', ...set, classes };
}

/** The training images, from the folder that `folderOf` finds. */
export async function loadFashionMnist(options: LoadOptions): Promise<ImageSet> {
  const folder = await folderOf(fashionMnist, options);
  options.progress({ label: 'Reading Fashion-MNIST' });
  return readFolder(folder);
}
