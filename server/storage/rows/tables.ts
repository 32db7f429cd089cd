import type { Generated, Kysely, Migration } from 'kysely';

/** SQLite hands blobs out as ArrayBuffer and takes them in as Uint8Array. */
type Bytes = Uint8Array | ArrayBuffer;

/**
 * A run. `spec`, `status`, `assets` and `live` are JSON; `history`, `images`, `points`, `text` and `subjects` are
 * encoded frames; hashes name blobs.
 */
export interface RunColumns {
  spec: string;
  status: string;
  live: string | null;
  assets: string | null;
  assets_hash: string | null;
  history: Bytes | null;
  images: Bytes | null;
  points: Bytes | null;
  text: Bytes | null;
  subjects: Bytes | null;
  subjects_hash: string | null;
  checkpoint_step: number | null;
  checkpoint_hash: string | null;
}

/** The tables, as the last migration leaves them. */
export interface Tables {
  secrets: { name: string; key: Bytes };
  playgrounds: { id: string; created: number };
  /** The append-only log of each document, in the order of `sequence`. */
  updates: { sequence: Generated<number>; playground: string; update: Bytes };
  log: { playground: string; id: number; entry: string };
  /** At most one run a playground. */
  runs: RunColumns & { playground: string };
  /** Runs that were set aside or that another took the place of, in the order of `sequence`; all have a history. */
  past_runs: RunColumns & { sequence: Generated<number>; playground: string; id: string };
  /** At most one of somebody's own a playground; `view` is JSON. */
  generators: { playground: string; view: string; hash: string };
  /** Data sets of a playground's own, in the order of `sequence`; `view` is JSON, the hashes are its files'. */
  own_data: {
    sequence: Generated<number>;
    playground: string;
    id: string;
    view: string;
    content_hash: string;
    preview_hash: string;
  };
}

async function createTables(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('secrets')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('key', 'blob', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('playgrounds')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('created', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('updates')
    .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('playground', 'text', (column) => column.notNull().references('playgrounds.id'))
    .addColumn('update', 'blob', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('updates_of_playground')
    .on('updates')
    .columns(['playground', 'sequence'])
    .execute();
  await db.schema
    .createTable('log')
    .addColumn('playground', 'text', (column) => column.notNull().references('playgrounds.id'))
    .addColumn('id', 'integer', (column) => column.notNull())
    .addColumn('entry', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('log_key', ['playground', 'id'])
    .execute();
  await createRuns(db);
}

async function createRuns(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('runs')
    .addColumn('playground', 'text', (column) => column.primaryKey().references('playgrounds.id'))
    .addColumn('spec', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('assets', 'text')
    .addColumn('assets_hash', 'text')
    .addColumn('history', 'blob')
    .addColumn('images', 'blob')
    .addColumn('points', 'blob')
    .addColumn('checkpoint_step', 'integer')
    .addColumn('checkpoint_hash', 'text')
    .execute();
}

async function addText(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('runs').addColumn('text', 'blob').execute();
}

async function addGenerators(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('generators')
    .addColumn('playground', 'text', (column) => column.primaryKey().references('playgrounds.id'))
    .addColumn('view', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
}

async function addPastRuns(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('past_runs')
    .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('playground', 'text', (column) => column.notNull().references('playgrounds.id'))
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('spec', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('assets', 'text')
    .addColumn('assets_hash', 'text')
    .addColumn('history', 'blob', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('past_runs_of_playground')
    .on('past_runs')
    .columns(['playground', 'sequence'])
    .execute();
}

async function addOwnData(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('own_data')
    .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('playground', 'text', (column) => column.notNull().references('playgrounds.id'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('view', 'text', (column) => column.notNull())
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('preview_hash', 'text', (column) => column.notNull())
    .addUniqueConstraint('own_data_of_playground', ['playground', 'id'])
    .execute();
}

async function addSubjects(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('runs').addColumn('subjects', 'blob').execute();
  await db.schema.alterTable('runs').addColumn('subjects_hash', 'text').execute();
}

/** How earlier versions stored what was left out of images: how many files, and the reason for the first. */
interface FormerView {
  readonly kind: string;
  readonly skipped?: number;
  readonly reason?: string;
}

async function tellLeftOut(db: Kysely<Tables>): Promise<void> {
  for (const { sequence, view } of await db.selectFrom('own_data').select(['sequence', 'view']).execute()) {
    const { skipped = 0, reason = '', ...rest } = JSON.parse(view) as FormerView;
    if (rest.kind !== 'images') continue;
    const leftOut = skipped > 0 ? [{ reason, count: skipped, names: [] }] : [];
    const now = JSON.stringify({ ...rest, leftOut });
    await db.updateTable('own_data').set({ view: now }).where('sequence', '=', sequence).execute();
  }
}

async function addWhatGoesOn(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('runs').addColumn('live', 'text').execute();
  const blobs = ['images', 'points', 'text', 'subjects'];
  const texts = ['live', 'subjects_hash', 'checkpoint_hash'];
  for (const name of blobs) await db.schema.alterTable('past_runs').addColumn(name, 'blob').execute();
  for (const name of texts) await db.schema.alterTable('past_runs').addColumn(name, 'text').execute();
  await db.schema.alterTable('past_runs').addColumn('checkpoint_step', 'integer').execute();
}

/** Migrations, run in the order of their names; one that has shipped never changes. */
export const migrations: Record<string, Migration> = {
  '001-first': { up: createTables },
  '002-text': { up: addText },
  '003-generators': { up: addGenerators },
  '004-past-runs': { up: addPastRuns },
  '005-own-data': { up: addOwnData },
  '006-subjects': { up: addSubjects },
  '007-left-out': { up: tellLeftOut },
  '008-what-goes-on': { up: addWhatGoesOn },
};
