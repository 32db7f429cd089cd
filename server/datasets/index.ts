import type { DatasetId } from '@/lib/catalog/datasets';
import type { ImageSet, LoadOptions } from './dataset';
import { loadFashionMnist } from './fashion-mnist';
import { generateGlyphs } from './glyphs';

type Loader = (options: LoadOptions) => Promise<ImageSet>;

/** Glyphs are the same every time, so one drawing serves a whole process. */
let glyphs: ImageSet | null = null;

/** Draws what needs drawing before anybody asks for it. */
export function warmDatasets(): void {
  glyphs ??= generateGlyphs();
}

const loaders: Record<DatasetId, Loader> = {
  glyphs: async ({ progress }) => {
    progress({ label: 'Drawing glyphs' });
    glyphs ??= generateGlyphs();
    return glyphs;
  },
  'fashion-mnist': loadFashionMnist,
};

/**
 * Loads a data set of the catalog.
 * @throws DownloadError if it can't be fetched, DatasetError if its files are wrong.
 */
export function loadDataset(id: DatasetId, options: LoadOptions): Promise<ImageSet> {
  return loaders[id](options);
}
