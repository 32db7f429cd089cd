import type { DatasetId } from '@/lib/catalog/datasets';
import type { DataOf, LoadOptions } from './dataset';
import { fashionMnist, loadFashionMnist } from './fashion-mnist';
import { readGlyphs, readVerses } from './made';
import type { Published } from './published';
import { loadShakespeare, shakespeare } from './shakespeare';

type Loaders = { readonly [Id in DatasetId]: (options: LoadOptions) => Promise<DataOf<Id>> };

const loaders: Loaders = {
  glyphs: readGlyphs,
  'fashion-mnist': loadFashionMnist,
  verses: readVerses,
  shakespeare: loadShakespeare,
};

/** Where data sets that the server doesn't make itself come from. */
export const published: Partial<Record<DatasetId, Published>> = {
  'fashion-mnist': fashionMnist,
  shakespeare,
};

/**
 * Loads a data set of the catalog.
 * @throws DownloadError if it can't be fetched, DatasetError if its files are wrong.
 */
export function loadDataset<Id extends DatasetId>(id: Id, options: LoadOptions): Promise<DataOf<Id>> {
  return loaders[id](options);
}
