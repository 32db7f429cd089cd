import { join } from 'node:path';
import { build } from '../server/tools/build.mjs';
import { fail, root, runQuietly, setUp } from '../server/tools/setup.mjs';
import { findChromium } from './support/chromium.mjs';

/** `npm test [-- FILTER ...]` and `npm run test:long`: set up what tests need, then run them; filters and flags go to Vitest. */
async function prepare() {
  await setUp({ dev: true });
  await build();
  if (await findChromium()) return;
  console.error('Installing a browser for the tests ...');
  await runQuietly('No Chromium or Chrome is installed, and Playwright could not install one', [
    'node_modules/playwright/cli.js',
    'install',
    'chromium',
  ]);
}

try {
  await prepare();
} catch (error) {
  fail(error);
}
process.argv.splice(2, 0, 'run', '--root', root, '--config', join(root, 'tests/vitest.config.ts'));
await import(join(root, 'node_modules/vitest/vitest.mjs'));
