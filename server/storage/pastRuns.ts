import type { Kysely, Transaction } from 'kysely';
import { limits } from '@/lib/protocol/limits';
import { assetsSchema } from '@/lib/protocol/messages';
import type { PastRun } from '@/lib/protocol/reel';
import { migrateRunSpec } from '@/lib/room/migrate';
import { runSpecSchema, runStatusSchema } from '@/lib/runs/status';
import type { StoredPastRun } from './storage';
import type { Tables } from './tables';

type RunRow = Tables['runs'];
type PastRow = Pick<RunRow, 'spec' | 'status' | 'assets'>;

const pastRunOf = (row: PastRow): PastRun => ({
  spec: runSpecSchema.parse(migrateRunSpec(JSON.parse(row.spec))),
  status: runStatusSchema.parse(JSON.parse(row.status)),
  assets: row.assets === null ? null : assetsSchema.parse(JSON.parse(row.assets)),
});

export const runIdOf = (row: Pick<RunRow, 'spec'>): string => String(JSON.parse(row.spec).id);

/** Runs that went before, newest first. */
export async function listPastRuns(db: Kysely<Tables>, playground: string): Promise<PastRun[]> {
  const rows = db.selectFrom('past_runs').select(['spec', 'status', 'assets']);
  const found = await rows.where('playground', '=', playground).orderBy('sequence', 'desc').execute();
  return found.map(pastRunOf);
}

export async function findPastRun(
  db: Kysely<Tables>,
  playground: string,
  run: string,
): Promise<StoredPastRun | null> {
  const rows = db.selectFrom('past_runs').selectAll().where('playground', '=', playground);
  const row = await rows.where('id', '=', run).executeTakeFirst();
  return row ? { ...pastRunOf(row), history: new Uint8Array(row.history) } : null;
}

/** What nothing points to any more. */
export interface Leftovers {
  readonly runs: string[];
  readonly hashes: string[];
}

/** Makes the playground's run, which is about to be replaced, an earlier one, if it has trained. */
export async function keepAsPast(transaction: Transaction<Tables>, row: RunRow): Promise<Leftovers> {
  const { playground, spec, status, assets, assets_hash, history } = row;
  const id = runIdOf(row);
  const { step = 0 } = JSON.parse(status) as { step?: number };
  if (history === null || step === 0) return { runs: [id], hashes: [] };
  const past = { playground, id, spec, status, assets, assets_hash, history: new Uint8Array(history) };
  await transaction.insertInto('past_runs').values(past).execute();
  const rows = transaction.selectFrom('past_runs').select(['sequence', 'id', 'assets_hash']);
  const all = await rows.where('playground', '=', playground).orderBy('sequence', 'desc').execute();
  const old = all.slice(limits.earlierRuns);
  for (const { sequence } of old)
    await transaction.deleteFrom('past_runs').where('sequence', '=', sequence).execute();
  return {
    runs: old.map((each) => each.id),
    hashes: old.flatMap((each) => each.assets_hash ?? []),
  };
}
