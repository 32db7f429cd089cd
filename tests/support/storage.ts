import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { openSqlite } from '@/server/storage/sqlite';
import type { Storage } from '@/server/storage/storage';

/** Every implementation of the port: how it opens a folder, which it finds again when it opens it anew. */
export const storageImplementations: Record<string, (folder: string) => Promise<Storage>> = {
  sqlite: openSqlite,
};

/** A storage on a folder of its own for each test. */
class Fixture {
  private held: Storage | null = null;

  constructor(
    readonly folder: string,
    private readonly open: (folder: string) => Promise<Storage>,
  ) {}

  get storage(): Storage {
    if (!this.held) throw new Error('The storage is closed');
    return this.held;
  }

  async reopen(): Promise<void> {
    await this.held?.close();
    this.held = await this.open(this.folder);
  }

  async remove(): Promise<void> {
    await this.held?.close();
    await rm(this.folder, { recursive: true });
  }

  /** Another opening of the same folder. */
  again = (): Promise<Storage> => this.open(this.folder);
  at = (place: string): Promise<Storage> => this.open(place);
  reelFolders = (): Promise<string[]> => readdir(join(this.folder, 'reels'));
  blobFiles = (): Promise<string[]> => readdir(join(this.folder, 'blobs'));
}

export function withStorage(open: (folder: string) => Promise<Storage>) {
  return test.extend<{ fixture: Fixture }>({
    fixture: async ({ task }, use) => {
      const folder = await mkdtemp(join(tmpdir(), `colatent-${task.id}-`));
      const fixture = new Fixture(folder, open);
      await fixture.reopen();
      await use(fixture);
      await fixture.remove();
    },
  });
}
