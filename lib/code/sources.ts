import { type DatasetId, datasetOf } from '../catalog/datasets';
import type { Recipe } from '../catalog/models';
import { isOwn, ownHashOf } from '../catalog/ownData';
import type { ImageRecipe, RecipeOf } from './program';

/** Where programs get their data from. */

type ImageSource =
  /** Keras has a loader for it; elsewhere its file of training images, gzipped IDX, is read. */
  | { readonly kind: 'fashion-mnist'; readonly idx: string }
  /** uint8 [count, height, width, channels] in NumPy's format, which this server hands out. */
  | { readonly kind: 'npy'; readonly file: string; readonly address: string }
  /** What somebody brought, packed as in server/datasets/own/content.ts. */
  | { readonly kind: 'packed'; readonly file: string; readonly address: string };

interface TextSource {
  readonly file: string;
  readonly address: string;
  /** One that pages of other sites may read, too. */
  readonly openAddress: string;
  /** Only this server has the text. */
  readonly isOwn: boolean;
}

/** Files of the data sets that the server makes itself, under `/api/datasets/`. */
export const datasetFiles = {
  glyphs: 'glyphs.npy',
  verses: 'verses.txt',
} as const satisfies Partial<Record<DatasetId, string>>;

/** What a recipe's data are called in prose and in a file's name. */
export const dataName = ({ dataset }: Recipe): { readonly label: string; readonly file: string } =>
  isOwn(dataset)
    ? { label: 'Your own data', file: 'own-data' }
    : { label: datasetOf(dataset).label, file: dataset };

/** Where the server has what people brought, by its hash. */
function brought(hash: string, site: string, extension: string) {
  return { file: `own-${hash.slice(0, 12)}.${extension}`, address: `${site}/api/blobs/${hash}` };
}

const addressOf = (site: string, file: string): string => `${site}/api/datasets/${file}`;

const FASHION_MNIST = 'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion';

const SHAKESPEARE =
  'https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt';

/** @param site the address of the server that the playground is on, e.g. `http://localhost:3000`. */
export function imageSource({ dataset }: Pick<ImageRecipe, 'dataset'>, site: string): ImageSource {
  if (isOwn(dataset)) return { kind: 'packed', ...brought(ownHashOf(dataset), site, 'bin') };
  switch (dataset) {
    case 'fashion-mnist':
      return { kind: 'fashion-mnist', idx: `${FASHION_MNIST}/train-images-idx3-ubyte.gz` };
    case 'glyphs':
      return { kind: 'npy', file: datasetFiles.glyphs, address: addressOf(site, datasetFiles.glyphs) };
  }
}

export function textSource({ dataset }: Pick<RecipeOf<'char-rnn'>, 'dataset'>, site: string): TextSource {
  if (isOwn(dataset)) {
    const own = brought(ownHashOf(dataset), site, 'txt');
    return { ...own, openAddress: own.address, isOwn: true };
  }
  switch (dataset) {
    case 'shakespeare':
      return {
        file: 'shakespeare.txt',
        address: 'https://homl.info/shakespeare',
        openAddress: SHAKESPEARE,
        isOwn: false,
      };
    case 'verses': {
      const address = addressOf(site, datasetFiles.verses);
      return { file: datasetFiles.verses, address, openAddress: address, isOwn: true };
    }
  }
}
