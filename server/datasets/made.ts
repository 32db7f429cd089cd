import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { datasetFiles } from '@/lib/code/sources';
import type { ImageSet, TextSet } from './dataset';
import { glyphSet } from './glyphs';
import { readNpy } from './npy';

const { resolve } = createRequire(import.meta.url);

/**
 * Where the build made a data set of the project's own (tools/makeDatasets.ts): runs learn from it, and people may take it
 * away. package.json says the folder, for built programs and for tests.
 */
export const madeFile = (name: string): string => resolve(`#datasets/${name}`);

export async function readGlyphs(): Promise<ImageSet> {
  return glyphSet(readNpy(await readFile(madeFile(datasetFiles.glyphs))));
}

export async function readVerses(): Promise<TextSet> {
  return { kind: 'text', text: await readFile(madeFile(datasetFiles.verses), 'utf8') };
}
