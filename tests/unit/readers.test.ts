import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createReaders } from '@/server/processes/readers';

test('R40 a sender that is too slow is let go, and told; one that has sent all is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'colatent-readers-'));
  const readers = createReaders({ file: '', folder, slowest: { bytes: 100_000, ms: 50 } });
  const patient = createReaders({ file: '', folder });
  const signal = new AbortController().signal;
  const common = { name: 'slow.zip', parties: [], signal };
  async function* drips() {
    for (;;) {
      yield new Uint8Array(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  await expect(readers.receive({ ...common, body: drips() })).rejects.toThrow('slow.zip came too slowly');
  expect(await readdir(folder)).toEqual([]);
  async function* whole() {
    yield new Uint8Array(10);
  }
  const received = await patient.receive({ ...common, body: whole() });
  expect(await readdir(folder)).toHaveLength(1);
  await received.discard();
  expect(await readdir(folder)).toEqual([]);
  await readers.close();
  await patient.close();
  await rm(folder, { recursive: true });
});
