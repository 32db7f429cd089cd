import { randomBytes } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  Kysely,
  Migrator,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
  type Transaction,
} from 'kysely';
import Database from 'libsql';
import { generatorViewSchema } from '@/lib/protocol/generator';
import { type LogEntry, logEntrySchema } from '@/lib/protocol/messages';
import { type OwnData, ownDataSchema } from '@/lib/protocol/ownData';
import type { PastRun } from '@/lib/protocol/reel';
import { BlobFolder } from './blobs';
import { ReelFolder } from './reels/reels';
import { hashesOf, isUsed, usedBy } from './rows/files';
import { addOwnData, removeOwnData } from './rows/ownData';
import { findPastRun, keepAsPast, listPastRuns, takePastRun, thinWeights } from './rows/pastRuns';
import { columnsIn, columnsOf, runIdOf, runOf } from './rows/runRows';
import { migrations, type RunColumns, type Tables } from './rows/tables';
import {
  type Blob,
  type Storage,
  StorageError,
  type StoredGenerator,
  type StoredPastRun,
  type StoredPlayground,
  type StoredRun,
} from './storage';

const bytesOf = (value: Uint8Array | ArrayBuffer): Uint8Array => new Uint8Array(value);

/** Rows in one SQLite file, blobs and reels in folders beside it. */
class SqliteStorage implements Storage {
  /**
   * The end of the last change of blobs: they change one call at a time, so that none goes between its writing and its
   * row.
   */
  private blobChanges: Promise<unknown> = Promise.resolve();

  /** The statements of every edit, compiled to SQL once; their values here are placeholders. */
  private readonly hot;

  constructor(
    private readonly database: Database.Database,
    private readonly db: Kysely<Tables>,
    private readonly blobs: BlobFolder,
    readonly reels: ReelFolder,
  ) {
    this.hot = {
      update: db.insertInto('updates').values({ playground: '', update: new Uint8Array() }).compile(),
      entry: db.replaceInto('log').values({ playground: '', id: 0, entry: '' }).compile(),
    };
  }

  async secret(): Promise<Uint8Array> {
    const fresh = { name: 'session', key: randomBytes(32) };
    await this.db
      .insertInto('secrets')
      .values(fresh)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const kept = this.db.selectFrom('secrets').select('key').where('name', '=', fresh.name);
    const row = await kept.executeTakeFirstOrThrow();
    return bytesOf(row.key);
  }

  async create(playground: string, firstUpdate: Uint8Array): Promise<void> {
    if (await this.has(playground)) throw new StorageError(`Playground ${playground} exists already`);
    await this.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('playgrounds').values({ id: playground, created: Date.now() }).execute();
      await transaction.insertInto('updates').values({ playground, update: firstUpdate }).execute();
    });
  }

  async has(playground: string): Promise<boolean> {
    const found = this.db.selectFrom('playgrounds').select('id').where('id', '=', playground);
    return (await found.executeTakeFirst()) !== undefined;
  }

  async load(playground: string, logEntries: number): Promise<StoredPlayground | null> {
    if (!(await this.has(playground))) return null;
    const ofPlayground = ['playground', '=', playground] as const;
    const [updates, log, run, generator, ownData] = await Promise.all([
      this.db
        .selectFrom('updates')
        .select('update')
        .where(...ofPlayground)
        .orderBy('sequence')
        .execute(),
      this.db
        .selectFrom('log')
        .select('entry')
        .where(...ofPlayground)
        .orderBy('id', 'desc')
        .limit(logEntries)
        .execute(),
      this.db
        .selectFrom('runs')
        .selectAll()
        .where(...ofPlayground)
        .executeTakeFirst(),
      this.db
        .selectFrom('generators')
        .select('view')
        .where(...ofPlayground)
        .executeTakeFirst(),
      this.db
        .selectFrom('own_data')
        .select('view')
        .where(...ofPlayground)
        .orderBy('sequence')
        .execute(),
    ]);
    try {
      return {
        updates: updates.map((row) => bytesOf(row.update)),
        log: log.reverse().map((row) => logEntrySchema.parse(JSON.parse(row.entry))),
        run: run ? runOf(run) : null,
        generator: generator ? generatorViewSchema.parse(JSON.parse(generator.view)) : null,
        ownData: ownData.map(({ view }) => ownDataSchema.parse(JSON.parse(view))),
      };
    } catch (error) {
      throw new StorageError(`Playground ${playground} can't be read: ${(error as Error).message}`);
    }
  }

  async append(playground: string, update: Uint8Array | null, entries: readonly LogEntry[]): Promise<void> {
    const { update: addUpdate, entry: addEntry } = this.hot;
    const rows = entries.map((entry) => [playground, entry.id, JSON.stringify(entry)]);
    await this.db.transaction().execute(async (transaction) => {
      if (update) await transaction.executeQuery({ ...addUpdate, parameters: [playground, update] });
      for (const parameters of rows) await transaction.executeQuery({ ...addEntry, parameters });
    });
  }

  async compact(playground: string, update: Uint8Array): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('updates').where('playground', '=', playground).execute();
      await transaction.insertInto('updates').values({ playground, update }).execute();
    });
  }

  saveRun(playground: string, run: StoredRun | null, blobs: readonly Blob[] = []): Promise<void> {
    return this.replaceRun(playground, blobs, async () => run && columnsOf(run));
  }

  async restoreRun(playground: string, run: string): Promise<StoredRun | null> {
    let restored: RunColumns | null = null;
    await this.replaceRun(playground, [], async (transaction, before) => {
      restored = await takePastRun(transaction, playground, run);
      return restored ?? before;
    });
    return restored && runOf(restored);
  }

  /**
   * Puts another run in the place of the present one, which becomes an earlier one unless it is the same.
   * @param blobs of the new run. @param next returns the new run's columns, of the present ones; null for no run.
   */
  private replaceRun(
    playground: string,
    blobs: readonly Blob[],
    next: (transaction: Transaction<Tables>, before: RunColumns | null) => Promise<RunColumns | null>,
  ): Promise<void> {
    const of = ['playground', '=', playground] as const;
    return this.changeBlobs(blobs, async () => {
      const left = await this.db.transaction().execute(async (transaction) => {
        const found = transaction.selectFrom('runs').selectAll();
        const before = await found.where(...of).executeTakeFirst();
        const run = await next(transaction, before ? columnsIn(before) : null);
        const removed = transaction.deleteFrom('runs').where(...of);
        if (run)
          await transaction
            .replaceInto('runs')
            .values({ playground, ...run })
            .execute();
        else await removed.execute();
        if (!before) return [];
        return run && runIdOf(before) === runIdOf(run) ? hashesOf(before) : keepAsPast(transaction, before);
      });
      if (Array.isArray(left)) return left;
      await Promise.all(left.runs.map((id) => this.reels.remove(id)));
      const thinned = await thinWeights(this.db, playground, (hash) => this.blobs.size(hash));
      return [...left.hashes, ...thinned];
    });
  }

  pastRuns(playground: string): Promise<PastRun[]> {
    return listPastRuns(this.db, playground);
  }

  pastRun(playground: string, run: string): Promise<StoredPastRun | null> {
    return findPastRun(this.db, playground, run);
  }

  saveGenerator(playground: string, generator: StoredGenerator | null, file?: Blob): Promise<void> {
    const of = ['playground', '=', playground] as const;
    return this.changeBlobs(file ? [file] : [], async () => {
      const before = await this.db
        .selectFrom('generators')
        .select('hash')
        .where(...of)
        .executeTakeFirst();
      if (generator) {
        const row = { playground, view: JSON.stringify(generator), hash: generator.hash };
        await this.db.replaceInto('generators').values(row).execute();
      } else
        await this.db
          .deleteFrom('generators')
          .where(...of)
          .execute();
      return before ? [before.hash] : [];
    });
  }

  addOwnData(playground: string, data: OwnData, files: readonly Blob[]): Promise<void> {
    return this.changeBlobs(files, () => addOwnData(this.db, playground, data));
  }

  removeOwnData(playground: string, id: OwnData['id']): Promise<void> {
    return this.changeBlobs([], () => removeOwnData(this.db, playground, id));
  }

  /**
   * Writes blobs, then changes rows, then removes the blobs that no row names any more.
   * @param change changes the rows, and returns the hashes that they named before.
   */
  private changeBlobs(blobs: readonly Blob[], change: () => Promise<string[]>): Promise<void> {
    const changed = this.blobChanges.then(async () => {
      for (const blob of blobs) await this.blobs.put(blob);
      for (const hash of await change()) if (!(await isUsed(this.db, hash))) await this.blobs.remove(hash);
    });
    this.blobChanges = changed.catch(() => undefined);
    return changed;
  }

  blob(hash: string): Promise<Uint8Array | null> {
    return this.blobs.get(hash);
  }

  async close(): Promise<void> {
    await this.blobChanges;
    await this.reels.close();
    unlock(this.database);
    await this.db.destroy();
  }
}

/**
 * Makes a folder and those above it. Unlike a recursive `mkdir` of Node 20, this ends in an error where one can't be
 * made.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

/** Opens the file and locks it until `unlock`; the system frees the lock if the process dies. @throws SqliteError */
function openDatabase(file: string): Database.Database {
  const database = new Database(file);
  try {
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'])
      database.pragma(pragma);
    // Only a lock that is taken after WAL was first read can be given back.
    database.prepare('SELECT 1 FROM sqlite_master').all();
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN IMMEDIATE; COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Prepared statements that are kept, about twice as many as the storage has; beyond, all are prepared anew. */
const keptStatements = 256;

/** The same database, which prepares each statement once: that takes longer than running most of them. */
function preparing(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (sql) => {
      if (kept.size >= keptStatements) kept.clear();
      const statement = kept.get(sql) ?? (database.prepare(sql) as unknown as SqliteStatement);
      kept.set(sql, statement);
      return statement;
    },
  };
}

/**
 * Frees the lock, which closing alone keeps until all statements are collected. Leaving WAL also leaves a single file.
 */
function unlock(database: Database.Database): void {
  database.exec('PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = DELETE');
}

/** What went wrong as one line for the operator. */
function oneLine(folder: string, error: unknown): StorageError {
  const { code, message } = error as { code?: string; message: string };
  const reason = String(code).startsWith('SQLITE_BUSY')
    ? 'another Colatent server uses it; stop that one, or name another folder'
    : `${message.split('\n')[0]}`;
  return new StorageError(`Can't use the data folder ${folder} (COLATENT_DATA): ${reason}`);
}

/**
 * Opens a data folder, or creates it. Only one process may hold it.
 * @param report hears of reels that could not be written: no caller waits for those.
 * @throws StorageError in one line: not writable, held by another server, or written by a newer version.
 */
export async function openSqlite(
  folder: string,
  report: (error: unknown) => void = console.error,
): Promise<Storage> {
  let database: Database.Database | undefined;
  try {
    await makeFolder(folder);
    database = openDatabase(join(folder, 'colatent.sqlite'));
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: preparing(database) }) });
    const provider = { getMigrations: async () => migrations };
    const { error } = await new Migrator({ db, provider }).migrateToLatest();
    if (error) throw error;
    const used = await usedBy(db);
    const blobs = await BlobFolder.open(join(folder, 'blobs'), used.hashes);
    const reels = await ReelFolder.open(join(folder, 'reels'), used.runs, report);
    return new SqliteStorage(database, db, blobs, reels);
  } catch (error) {
    database?.close();
    throw oneLine(folder, error);
  }
}
