import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with the real data that the repository brings: 1,200 images, 199,994 characters. */
export const dataFolder = fileURLToPath(new URL('../data', import.meta.url));

/** A published data set's folder in the place that `COLATENT_DATASETS` names; `null` if there is none with `file`. */
export function publishedFolder(dataset: string, file: string): string | null {
  const named = process.env.COLATENT_DATASETS;
  if (!named) return null;
  const folder = [join(named, dataset), named].find((each) => existsSync(join(each, file)));
  return folder ?? null;
}
