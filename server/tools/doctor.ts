import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type DatasetId, datasets } from '@/lib/catalog/datasets';
import { published } from '@/server/datasets';
import { sizeOf } from '@/server/datasets/download';
import { findFolder, isLocal } from '@/server/datasets/published';
import { probeExecutors } from '@/server/engine/executors';
import { executorIds } from '@/server/engine/program';
import { readEnvironment } from '@/server/env';

/** One thing that was examined. Colatent runs if every `needed` one works. */
interface Finding {
  readonly about: 'node' | 'data' | 'dataset' | 'executor';
  readonly id: string;
  readonly works: boolean;
  readonly needed: boolean;
  /** What was found. */
  readonly detail: string;
  /** What to do so that it works; empty if it does. */
  readonly hint: string;
}

async function dataFolder(folder: string): Promise<Finding> {
  const base = { about: 'data', id: folder, needed: true } as const;
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK);
    return { ...base, works: true, detail: 'can be read and written', hint: '' };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      ...base,
      works: false,
      detail,
      hint: 'Give this user rights to it, or name another: COLATENT_DATA=FOLDER',
    };
  }
}

async function dataset(id: DatasetId, dataDir: string, source: string | undefined): Promise<Finding> {
  const base = { about: 'dataset', id, needed: false } as const;
  const publication = published[id];
  if (!publication) return { ...base, works: true, detail: 'made by the server itself', hint: '' };
  const folder = await findFolder(publication, { dataDir, source });
  if (folder === undefined) {
    const hint = isLocal(source)
      ? `Put its files into ${join(source, id)}, or unset COLATENT_DATASETS to have them downloaded`
      : 'It is downloaded when a training first needs it; COLATENT_DATASETS may name a folder or mirror';
    return { ...base, works: false, detail: 'not here yet', hint };
  }
  const sizes = await Promise.all(publication.files.map(({ name }) => sizeOf(join(folder, name))));
  const count = sizes.filter((size) => size > 0).length;
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  const detail = `${count} ${count === 1 ? 'file' : 'files'}, ${megabytes.toFixed(1)} MB in ${folder}`;
  return { ...base, works: true, detail, hint: '' };
}

async function examine(): Promise<Finding[]> {
  const env = readEnvironment(process.env);
  const dataDir = resolve(env.COLATENT_DATA);
  const node: Finding = {
    about: 'node',
    id: process.version,
    works: true,
    needed: true,
    detail: process.execPath,
    hint: '',
  };
  const executors = await probeExecutors(executorIds);
  /** The one that is asked for must work; with `auto`, any will do. */
  const isNeeded = (id: string) =>
    env.COLATENT_EXECUTOR === id ||
    (env.COLATENT_EXECUTOR === 'auto' && !executors.some(({ works }) => works));
  return [
    node,
    await dataFolder(dataDir),
    ...executors.map((probe): Finding => ({ about: 'executor', needed: isNeeded(probe.id), ...probe })),
    ...(await Promise.all(datasets.map(({ id }) => dataset(id, dataDir, env.COLATENT_DATASETS)))),
  ];
}

function print(findings: readonly Finding[]): void {
  for (const { about, id, works, needed, detail, hint } of findings) {
    console.error(`${works ? 'ok     ' : needed ? 'BROKEN ' : 'missing'}  ${about} ${id}: ${detail}`);
    if (!works) console.error(`         ${hint}`);
  }
}

try {
  const findings = await examine();
  const ok = findings.every(({ works, needed }) => works || !needed);
  print(findings);
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ ok, findings })}\n`);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
