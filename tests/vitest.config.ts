import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Kinds of tests that may share the processor; they run before the others. */
const light = ['unit', 'contract', 'parity'];
/** Kinds that start servers, workers and browsers: one file at a time. */
const heavy = ['integration', 'stress', 'e2e'];

/** The mode of `npm run test:long`: `*.long.test.ts` and nothing else. */
const LONG = 'long';

const filesOf = (kinds: readonly string[], name: string) =>
  kinds.map((kind) => `tests/${kind}/**/${name}.test.{ts,tsx}`);

/**
 * Ends a whole run with one plain line, `N passed, N failed` (and `, N skipped` if any were).
 * A file that can't be loaded and an error outside of any test, e.g. in a hook, count as one failure each.
 */
class TallyReporter implements Reporter {
  /** @param hint what there is besides, told before the line. */
  constructor(private readonly hint: string) {}

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
      `\n${this.hint}\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    );
  }
}

export default defineConfig(({ mode }) => {
  const isLong = mode === LONG;
  const files = (kinds: readonly string[]) =>
    isLong
      ? { include: filesOf(kinds, '*.long') }
      : { include: filesOf(kinds, '*'), exclude: filesOf(kinds, '*.long') };
  const hint = isLong
    ? 'These were the long tests; the others: npm test'
    : 'Screenshots and long trainings are apart: npm run test:long';
  return {
    root,
    resolve: { alias: { '@': root } },
    test: {
      environment: 'node',
      pool: 'forks',
      // From its modules, as in server/build.mjs: its CommonJS build lacks the gradients.
      server: { deps: { inline: [/@tensorflow/] } },
      reporters: ['default', new TallyReporter(hint)],
      projects: [
        {
          extends: true,
          test: {
            name: 'light',
            ...files(light),
            maxWorkers: 2,
            testTimeout: 60_000,
            hookTimeout: 60_000,
            sequence: { groupOrder: 0 },
          },
        },
        {
          extends: true,
          test: {
            name: 'heavy',
            ...files(heavy),
            fileParallelism: false,
            testTimeout: isLong ? 900_000 : 300_000,
            hookTimeout: 180_000,
            sequence: { groupOrder: 1 },
          },
        },
      ],
    },
  };
});
