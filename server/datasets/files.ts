import type { datasetFiles } from '@/lib/code/sources';
import { generateGlyphs } from './glyphs';
import { writeNpy } from './npy';
import { generateVerses } from './verses';

/** Files that people may take away, of the data sets that the server makes itself. */
type DatasetFile = (typeof datasetFiles)[keyof typeof datasetFiles];

const makers: Readonly<Record<DatasetFile, () => Uint8Array<ArrayBuffer>>> = {
  'glyphs.npy': () => {
    const { count, height, width, channels, images } = generateGlyphs();
    return writeNpy(images, [count, height, width, channels]);
  },
  'verses.txt': () => new TextEncoder().encode(generateVerses()),
};

export const isDatasetFile = (name: string): name is DatasetFile => Object.hasOwn(makers, name);

/** Takes a second or so: not for a thread that has to answer. */
export const makeDatasetFile = (name: DatasetFile): Uint8Array<ArrayBuffer> => makers[name]();
