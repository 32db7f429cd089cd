import type { Kysely } from 'kysely';
import { runIdOf } from './runRows';
import type { RunColumns, Tables } from './tables';

/** Which blobs and reels the rows of the database name; all others may go. */

/** The blobs that a run's row names. */
export const hashesOf = (
  row: Pick<RunColumns, 'assets_hash' | 'checkpoint_hash' | 'subjects_hash'> | undefined,
): string[] =>
  [row?.assets_hash, row?.checkpoint_hash, row?.subjects_hash].filter((hash) => typeof hash === 'string');

/** The blobs that a data set's row names: its content and its preview. */
export const filesOf = (row: Pick<Tables['own_data'], 'content_hash' | 'preview_hash'>): string[] => [
  row.content_hash,
  row.preview_hash,
];

const runHashes = ['assets_hash', 'checkpoint_hash', 'subjects_hash'] as const;

/** Whether any row names the blob of that hash. */
export async function isUsed(db: Kysely<Tables>, hash: string): Promise<boolean> {
  const [runs, past] = (['runs', 'past_runs'] as const).map((table) =>
    db
      .selectFrom(table)
      .select('playground')
      .where((row) => row.or(runHashes.map((column) => row(column, '=', hash)))),
  );
  const generators = db.selectFrom('generators').select('playground').where('hash', '=', hash);
  const ownData = db
    .selectFrom('own_data')
    .select('playground')
    .where((row) => row.or([row('content_hash', '=', hash), row('preview_hash', '=', hash)]));
  const found = [runs, past, generators, ownData].map((query) => query?.executeTakeFirst());
  return (await Promise.all(found)).some(Boolean);
}

/** All hashes of blobs, and all runs with a reel, that rows name. */
export async function usedBy(db: Kysely<Tables>): Promise<{ hashes: Set<string>; runs: Set<string> }> {
  const runs = await db
    .selectFrom('runs')
    .select(['spec', ...runHashes])
    .execute();
  const past = await db
    .selectFrom('past_runs')
    .select(['id', ...runHashes])
    .execute();
  const generators = await db.selectFrom('generators').select('hash').execute();
  const ownData = await db.selectFrom('own_data').select(['content_hash', 'preview_hash']).execute();
  return {
    hashes: new Set([
      ...runs.flatMap(hashesOf),
      ...past.flatMap(hashesOf),
      ...generators.map(({ hash }) => hash),
      ...ownData.flatMap(filesOf),
    ]),
    runs: new Set([...runs.map(runIdOf), ...past.map(({ id }) => id)]),
  };
}
