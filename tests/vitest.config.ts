import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Real images beside the repository, for tests that train on them; the variable names another place. */
const images = fileURLToPath(new URL('../../shared/data', import.meta.url));
if (!process.env.COLATENT_DATASETS && existsSync(images)) process.env.COLATENT_DATASETS = images;

/** Kinds of tests that may share the processor; they run before the others. */
const light = ['unit', 'contract', 'parity'];
/** Kinds that start servers, workers and browsers: one file at a time. */
const heavy = ['integration', 'stress', 'e2e'];

const files = (kinds: string[]) => kinds.map((kind) => `tests/${kind}/**/*.test.{ts,tsx}`);

/**
 * Ends a whole run with one plain line, `N passed, N failed` (and `, N skipped` if any were).
 * A file that can't be loaded and an error outside of any test, e.g. in a hook, count as one failure each.
 */
class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let skipped = 0;
    let failed = unhandled.length;
    for (const file of modules) {
      failed += file.errors().length;
      for (const suite of file.children.allSuites()) failed += suite.errors().length;
      for (const test of file.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'skipped') skipped += 1;
        else failed += 1;
      }
    }
    process.stdout.write(
      `\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    );
  }
}

export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    environment: 'node',
    pool: 'forks',
    // From its modules, as in server/build.mjs: its CommonJS build lacks the gradients.
    server: { deps: { inline: [/@tensorflow/] } },
    reporters: ['default', new TallyReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'light',
          include: files(light),
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'heavy',
          include: files(heavy),
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
