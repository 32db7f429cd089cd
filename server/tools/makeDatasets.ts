import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { datasetFiles } from '@/lib/code/sources';
import { generateGlyphs } from '@/server/datasets/glyphs';
import { writeNpy } from '@/server/datasets/npy';
import { generateVerses } from '@/server/datasets/verses';

/** Run by the build: the data sets that the project makes itself, as files in `datasets` beside the built program. */
const folder = fileURLToPath(new URL('./datasets', import.meta.url));
mkdirSync(folder, { recursive: true });
const keep = (name: string, content: string | Uint8Array) => writeFileSync(path.join(folder, name), content);

const { count, height, width, channels, images } = generateGlyphs();
keep(datasetFiles.glyphs, writeNpy(images, [count, height, width, channels]));
keep(datasetFiles.verses, generateVerses());
