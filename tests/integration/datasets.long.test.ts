import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datasetOf } from '@/lib/catalog/datasets';
import { loadShakespeare, shakespeare } from '@/server/datasets/shakespeare/index';
import { publishedFolder } from '../support/data';
import { sendRange, serve } from '../support/fileServer';

const [input] = shakespeare.files;
const published = publishedFolder('shakespeare', input.name);

test.skipIf(published === null)('Shakespeare as published is fetched, checked and read', async () => {
  const server = await serve(sendRange(await readFile(join(published as string, input.name))));
  const dataDir = await mkdtemp(join(tmpdir(), 'colatent-datasets-'));
  const { text } = await loadShakespeare({ dataDir, source: server.address, progress: () => undefined });
  await server.close();
  await rm(dataDir, { recursive: true });
  expect(text).toHaveLength(1_115_394);
  expect(text.startsWith('First Citizen:\nBefore we proceed any further, hear me speak.\n')).toBe(true);
  const { vocabulary } = datasetOf('shakespeare');
  expect({ lower: new Set(text.toLowerCase()).size, 'as-is': new Set(text).size }).toEqual(vocabulary);
});
