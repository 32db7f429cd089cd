import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two looks at a lock that another process holds. */
const pollMs = 200;

/**
 * Runs `work` while no other process runs work under the same lock file. The lock is SQLite's on that
 * file: the operating system gives it back when its holder dies, however that happens.
 * @param waiting called each time the lock was found taken.
 */
export async function exclusively<T>(file: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const { default: Database } = await import('libsql');
  const database = new Database(file);
  try {
    for (;;) {
      try {
        database.exec('BEGIN EXCLUSIVE');
        break;
      } catch (error) {
        if (!/busy|locked/i.test(String((error as { code?: string }).code ?? error))) throw error;
        waiting();
        await delay(pollMs);
      }
    }
    return await work();
  } finally {
    database.close();
  }
}
