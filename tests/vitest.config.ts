import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { defineConfig } from 'vitest/config';
import type { InlineConfig, Reporter, SerializedError, TestModule } from 'vitest/node';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Kinds whose files follow one another in a process: each finds modules loaded, and leaves the process as it found it. */
const light = ['unit', 'contract'];
/** Kinds that load native libraries, which change how a process computes. */
const native = ['parity'];
/** Kinds that start servers and workers. */
const heavy = ['integration', 'stress'];
/** Kinds that share a server and a browser. */
const pages = ['e2e'];
/** Files that run at a time: two processors rest while files wait, for a process that starts or a page that answers. */
const TOGETHER = 3;

/** The mode of `npm run test:long`: `*.long.test.ts` and nothing else. */
const LONG = 'long';

const filesOf = (kinds: readonly string[], name: string) =>
  kinds.map((kind) => `tests/${kind}/**/${name}.test.{ts,tsx}`);

/**
 * Ends a whole run with what failed, a line each (`FAILED file > test: why`), and one plain line for the whole, `N passed, N failed` (and `, N skipped` if any were).
 * A file that can't be loaded and an error outside of any test, e.g. in a hook, count as one failure each.
 */
class TallyReporter implements Reporter {
  /** @param hint what there is besides, told before the lines. */
  constructor(private readonly hint: string) {}

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const failures = unhandled.map((error) => `outside of any test: ${firstLine(error)}`);
    let passed = 0;
    let skipped = 0;
    for (const file of modules) {
      const tell = (name: string, error: SerializedError | undefined) =>
        failures.push(`${[file.relativeModuleId, name].filter(Boolean).join(' > ')}: ${firstLine(error)}`);
      for (const error of file.errors()) tell('', error);
      for (const suite of file.children.allSuites())
        for (const error of suite.errors()) tell(suite.fullName, error);
      for (const test of file.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'skipped') skipped += 1;
        else tell(test.fullName, errors?.[0]);
      }
    }
    const lines = [this.hint, ...failures.map((failure) => `FAILED ${failure}`)];
    const rest = skipped > 0 ? `, ${skipped} skipped` : '';
    process.stdout.write(`\n${lines.join('\n')}\n${passed} passed, ${failures.length} failed${rest}\n`);
  }
}

const firstLine = (error: SerializedError | undefined): string =>
  stripVTControlCharacters(error?.message ?? 'it did not end').split('\n', 1)[0] ?? '';

export default defineConfig(({ mode }) => {
  const isLong = mode === LONG;
  const files = (kinds: readonly string[]) =>
    isLong
      ? { include: filesOf(kinds, '*.long') }
      : { include: filesOf(kinds, '*'), exclude: filesOf(kinds, '*.long') };
  // Beyond what the busiest machine needs: a limit ends a test that hangs, it measures nothing.
  const patienceMs = isLong ? 900_000 : 300_000;
  const project = (
    name: string,
    kinds: readonly string[],
    groupOrder: number,
    more: Partial<InlineConfig> = {},
  ) => ({
    extends: true as const,
    test: {
      name,
      ...files(kinds),
      provide: { isLong },
      maxWorkers: TOGETHER,
      testTimeout: patienceMs,
      hookTimeout: patienceMs,
      sequence: { groupOrder },
      ...more,
    },
  });
  const hint = isLong
    ? 'These were the long tests; the others: npm test'
    : 'Screenshots and long trainings are apart: npm run test:long';
  return {
    root,
    resolve: { alias: { '@': root } },
    test: {
      environment: 'node',
      pool: 'forks',
      // From its modules, as in server/tools/build.mjs: its CommonJS build lacks the gradients.
      server: { deps: { inline: [/@tensorflow/] } },
      reporters: ['default', new TallyReporter(hint)],
      projects: [
        project('light', light, 0, { isolate: false }),
        project('native', native, 0),
        project('heavy', heavy, 1),
        project('pages', pages, 1, {
          isolate: false,
          globalSetup: ['tests/support/worldSetup.ts'],
        }),
      ],
    },
  };
});
