import type { Kysely, Transaction } from 'kysely';
import { limits } from '@/lib/protocol/limits';
import type { PastRun } from '@/lib/protocol/reel';
import type { StoredPastRun } from '../storage';
import { hashesOf } from './files';
import { columnsIn, runIdOf, viewOf } from './runRows';
import type { RunColumns, Tables } from './tables';

const pastRunOf = (row: Parameters<typeof viewOf>[0] & Pick<RunColumns, 'checkpoint_step'>): PastRun => ({
  ...viewOf(row),
  weights: row.checkpoint_step,
});

/** The earlier runs of a playground, newest first. */
export async function listPastRuns(db: Kysely<Tables>, playground: string): Promise<PastRun[]> {
  const rows = db.selectFrom('past_runs').select(['spec', 'status', 'assets', 'checkpoint_step']);
  const found = await rows.where('playground', '=', playground).orderBy('sequence', 'desc').execute();
  return found.map(pastRunOf);
}

const rowOf = (db: Kysely<Tables>, playground: string, run: string) =>
  db
    .selectFrom('past_runs')
    .selectAll()
    .where('playground', '=', playground)
    .where('id', '=', run)
    .executeTakeFirst();

/** An earlier run with its history; null for one that isn't kept. */
export async function findPastRun(
  db: Kysely<Tables>,
  playground: string,
  run: string,
): Promise<StoredPastRun | null> {
  const row = await rowOf(db, playground, run);
  return row ? { ...pastRunOf(row), history: new Uint8Array(row.history ?? []) } : null;
}

/** Reels (by run) and blobs (by hash) that may no longer be used. */
interface Leftovers {
  readonly runs: string[];
  readonly hashes: string[];
}

/**
 * Makes the run of a playground's row, which is about to be replaced, an earlier one, if it has taken a step; beyond
 * `limits.earlierRuns` the oldest go.
 */
export async function keepAsPast(
  transaction: Transaction<Tables>,
  row: RunColumns & { playground: string },
): Promise<Leftovers> {
  const { playground } = row;
  const id = runIdOf(row);
  const { step = 0 } = JSON.parse(row.status) as { step?: number };
  if (row.history === null || step === 0) return { runs: [id], hashes: hashesOf(row) };
  await transaction
    .insertInto('past_runs')
    .values({ playground, id, ...columnsIn(row) })
    .execute();
  const rows = transaction
    .selectFrom('past_runs')
    .select(['sequence', 'id', 'assets_hash', 'subjects_hash', 'checkpoint_hash']);
  const all = await rows.where('playground', '=', playground).orderBy('sequence', 'desc').execute();
  const old = all.slice(limits.earlierRuns);
  for (const { sequence } of old)
    await transaction.deleteFrom('past_runs').where('sequence', '=', sequence).execute();
  return { runs: old.map((each) => each.id), hashes: old.flatMap(hashesOf) };
}

/**
 * Removes an earlier run from the table, to become the present one. @returns its columns; null for one that isn't kept.
 */
export async function takePastRun(
  transaction: Transaction<Tables>,
  playground: string,
  run: string,
): Promise<RunColumns | null> {
  const row = await rowOf(transaction, playground, run);
  if (!row) return null;
  await transaction.deleteFrom('past_runs').where('sequence', '=', row.sequence).execute();
  return columnsIn(row);
}

/**
 * Forgets the weights of a playground's oldest earlier runs until those of all fit into `limits.earlierWeightsBytes`;
 * the newest keeps its own whatever their size.
 * @param sizeOf bytes of a blob, by its hash. @returns the hashes of the weights that were forgotten.
 */
export async function thinWeights(
  db: Kysely<Tables>,
  playground: string,
  sizeOf: (hash: string) => Promise<number>,
): Promise<string[]> {
  const rows = await db
    .selectFrom('past_runs')
    .select(['sequence', 'checkpoint_hash'])
    .where('playground', '=', playground)
    .where('checkpoint_hash', 'is not', null)
    .orderBy('sequence', 'desc')
    .execute();
  const gone: string[] = [];
  let bytes = 0;
  for (const [i, { sequence, checkpoint_hash: hash }] of rows.entries()) {
    bytes += hash === null ? 0 : await sizeOf(hash);
    if (i === 0 || hash === null || bytes <= limits.earlierWeightsBytes) continue;
    const without = { checkpoint_step: null, checkpoint_hash: null };
    await db.updateTable('past_runs').set(without).where('sequence', '=', sequence).execute();
    gone.push(hash);
  }
  return gone;
}
