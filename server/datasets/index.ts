import type { DatasetId } from '@/lib/catalog/datasets';
import type { DataOf, ImageSet, LoadOptions } from './dataset';
import { fashionMnist, loadFashionMnist } from './fashion-mnist';
import { generateGlyphs } from './glyphs';
import type { Published } from './published';
import { loadShakespeare, shakespeare } from './shakespeare';
import { generateVerses } from './verses';

/** Glyphs are the same every time, so one drawing serves a whole process. */
let glyphs: ImageSet | null = null;

/** Draws what needs drawing before anybody asks for it. */
export function warmDatasets(): void {
  glyphs ??= generateGlyphs();
}

type Loaders = { readonly [Id in DatasetId]: (options: LoadOptions) => Promise<DataOf<Id>> };

const loaders: Loaders = {
  glyphs: async ({ progress }) => {
    progress({ label: 'Drawing glyphs' });
    glyphs ??= generateGlyphs();
    return glyphs;
  },
  'fashion-mnist': loadFashionMnist,
  verses: async ({ progress }) => {
    progress({ label: 'Writing verses' });
    return { kind: 'text', text: generateVerses() };
  },
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
