import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { liveKeys, type Recipe } from '@/lib/catalog/models';
import type { LoweredCache } from '@/server/engine/executors';
import type { ProgramDefinition } from '@/server/engine/program';

/** Bytes of all cached models; beyond, the least recently used go. */
const cacheBytes = 256 * 1024 * 1024;
/** Part of every key: a hash of the code, set by the build. Without a build nothing is cached. */
const version = () => process.env.COLATENT_BUILD ?? '';

/**
 * What decides a compiled model: the recipe without its live values, which are inputs; the data's size shows in
 * the shapes.
 */
function keyOf({ model, values }: Recipe, { state, steps }: ProgramDefinition): string {
  const live = liveKeys(model);
  const frozen = Object.entries(values).filter(([key]) => !live.has(key) && key !== 'seed');
  return JSON.stringify([version(), model, frozen, state, steps.train.inputs]);
}

class FolderCache implements LoweredCache {
  constructor(
    private readonly folder: string,
    private readonly recipe: string,
  ) {}

  async load(name: string): Promise<Uint8Array | null> {
    const file = this.fileOf(name);
    const bytes = await readFile(file).catch(() => null);
    if (bytes) await utimes(file, new Date(), new Date()).catch(() => undefined);
    return bytes;
  }

  /** Failures to write are ignored: they cost time, never a run. */
  async store(name: string, model: Uint8Array): Promise<void> {
    const file = this.fileOf(name);
    try {
      await mkdir(this.folder, { recursive: true });
      const part = `${file}.${randomUUID()}`;
      await writeFile(part, model);
      await rename(part, file);
      await this.trim();
    } catch {}
  }

  private fileOf(name: string): string {
    const hash = createHash('sha256').update(this.recipe).update('\0').update(name);
    return join(this.folder, `${hash.digest('hex')}.onnx`);
  }

  private async trim(): Promise<void> {
    const names = await readdir(this.folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const file = join(this.folder, name);
        const { size, mtimeMs } = await stat(file);
        return { file, size, mtimeMs };
      }),
    );
    let left = cacheBytes;
    for (const { file, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      left -= size;
      if (left < 0) await rm(file, { force: true });
    }
  }
}

/** Caches lowered models in the data folder, so that a second start needs no compilation. */
export function loweredCache(
  dataDir: string,
  recipe: Recipe,
  definition: ProgramDefinition,
): LoweredCache | undefined {
  if (version() === '') return undefined;
  return new FolderCache(join(dataDir, 'compiled'), keyOf(recipe, definition));
}
