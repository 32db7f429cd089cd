import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blob } from './storage';

const hashPattern = /^[0-9a-f]{64}$/;

/** Blobs as files of a folder, named by their SHA-256 in hex. A file under its final name is always whole. */
export class BlobFolder {
  private constructor(private readonly folder: string) {}

  /** Opens the folder and removes all files but those that `used` names. */
  static async open(folder: string, used: ReadonlySet<string>): Promise<BlobFolder> {
    await mkdir(folder, { recursive: true });
    const strays = (await readdir(folder)).filter((name) => !used.has(name));
    await Promise.all(strays.map((name) => rm(join(folder, name), { force: true })));
    return new BlobFolder(folder);
  }

  /** Keeps a blob: writes, syncs and renames, so that a crash leaves either all of it or nothing. */
  async put({ hash, bytes }: Blob): Promise<void> {
    const temporary = join(this.folder, `${randomUUID()}.part`);
    try {
      const file = await open(temporary, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, join(this.folder, hash));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await this.syncFolder();
  }

  /** The bytes of a blob; null for an unknown one, or for what is no hash. */
  async get(hash: string): Promise<Uint8Array | null> {
    if (!hashPattern.test(hash)) return null;
    try {
      return await readFile(join(this.folder, hash));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Bytes of a blob; 0 for an unknown one. */
  async size(hash: string): Promise<number> {
    return (await stat(join(this.folder, hash)).catch(() => null))?.size ?? 0;
  }

  /** Forgets a blob, if it is there. */
  async remove(hash: string): Promise<void> {
    await rm(join(this.folder, hash), { force: true });
  }

  /** A rename is durable once its folder is synced; Windows neither needs nor allows that. */
  private async syncFolder(): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(this.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
