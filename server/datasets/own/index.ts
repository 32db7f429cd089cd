import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type OwnDataId, type OwnImagesId, type OwnTextId, ownHashOf } from '@/lib/catalog/ownData';
import { DatasetError, type ImageSet, type LoadOptions, type TextSet } from '../dataset';
import { unpackImages } from './content';

type Options = Pick<LoadOptions, 'dataDir' | 'progress'>;

async function contentOf(id: OwnDataId, { dataDir, progress }: Options): Promise<Uint8Array> {
  progress({ label: 'Reading the data set' });
  return readFile(path.join(dataDir, 'blobs', ownHashOf(id))).catch(() => {
    throw new DatasetError("This playground's own data set is gone. Bring it again, or choose another one");
  });
}

/** Images that somebody brought. @throws DatasetError if their file is gone or damaged. */
export async function loadOwnImages(id: OwnImagesId, options: Options): Promise<ImageSet> {
  return unpackImages(await contentOf(id, options));
}

/** A text that somebody brought. @throws DatasetError if its file is gone. */
export async function loadOwnText(id: OwnTextId, options: Options): Promise<TextSet> {
  return { kind: 'text', text: new TextDecoder().decode(await contentOf(id, options)) };
}
