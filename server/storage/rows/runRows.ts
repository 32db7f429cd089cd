import * as z from 'zod/mini';
import { assetsSchema } from '@/lib/protocol/messages';
import { type ReelTopic, reelTopics } from '@/lib/protocol/topics';
import { migrateRunSpec } from '@/lib/room/migrate';
import { runSpecSchema, runStatusSchema } from '@/lib/runs/status';
import type { StoredRun } from '../storage';
import type { RunColumns } from './tables';

/** A run as columns, which the table of present runs and that of earlier ones share, and back. */

const liveSchema = z.object({ values: z.record(z.string(), z.number()), isApart: z.boolean() });

const bytesOf = (value: Uint8Array | ArrayBuffer): Uint8Array => new Uint8Array(value);
const maybeBytes = (value: Uint8Array | ArrayBuffer | null) => (value === null ? null : bytesOf(value));

/** The newest frames of a run, whose columns have their topics' names. */
const framesOf = (row: Readonly<Record<ReelTopic, Uint8Array | ArrayBuffer | null>>) =>
  Object.fromEntries(reelTopics.map((topic) => [topic, maybeBytes(row[topic])])) as Record<
    ReelTopic,
    Uint8Array | null
  >;

/** The id of the run in a row. */
export const runIdOf = (row: Pick<RunColumns, 'spec'>): string => String(JSON.parse(row.spec).id);

/** A run as columns. */
export function columnsOf(run: StoredRun): RunColumns {
  return {
    spec: JSON.stringify(run.spec),
    status: JSON.stringify(run.status),
    live: run.live && JSON.stringify(run.live),
    assets: run.assets && JSON.stringify(run.assets),
    assets_hash: run.assets?.hash ?? null,
    history: run.history,
    ...framesOf(run),
    subjects: run.subjects?.frame ?? null,
    subjects_hash: run.subjects?.hash ?? null,
    checkpoint_step: run.checkpoint?.step ?? null,
    checkpoint_hash: run.checkpoint?.hash ?? null,
  };
}

/** A row's columns without those of its table alone, to be written to the other table. */
export function columnsIn(row: RunColumns): RunColumns {
  const { spec, status, live, assets, assets_hash, subjects_hash, checkpoint_step, checkpoint_hash } = row;
  const frames = {
    history: maybeBytes(row.history),
    ...framesOf(row),
    subjects: maybeBytes(row.subjects),
  };
  return {
    spec,
    status,
    live,
    assets,
    assets_hash,
    ...frames,
    subjects_hash,
    checkpoint_step,
    checkpoint_hash,
  };
}

/** What people see of the run in a row. @throws ZodError or SyntaxError if it can't be read. */
export const viewOf = (row: Pick<RunColumns, 'spec' | 'status' | 'assets'>) => ({
  spec: runSpecSchema.parse(migrateRunSpec(JSON.parse(row.spec))),
  status: runStatusSchema.parse(JSON.parse(row.status)),
  assets: row.assets === null ? null : assetsSchema.parse(JSON.parse(row.assets)),
});

/** The run in a row. @throws ZodError or SyntaxError if it can't be read. */
export function runOf(row: RunColumns): StoredRun {
  const { checkpoint_step: step, checkpoint_hash: hash } = row;
  return {
    ...viewOf(row),
    live: row.live === null ? null : liveSchema.parse(JSON.parse(row.live)),
    history: maybeBytes(row.history),
    ...framesOf(row),
    subjects: row.subjects && { frame: bytesOf(row.subjects), hash: row.subjects_hash },
    checkpoint: step === null || hash === null ? null : { step, hash },
  };
}
