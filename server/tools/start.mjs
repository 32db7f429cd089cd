import { fail, setUp } from './setup.mjs';

/**
 * `npm start`: sets a fresh clone up, then becomes the server; with `--doctor`, it examines this machine instead.
 * `npm run dev`: the same with pages that Next builds as they are asked for, and again as their files change.
 */
const isDevelopment = process.argv.includes('--develop');
try {
  await setUp();
  const { build } = await import('./build.mjs');
  await build(isDevelopment ? ['server'] : ['server', 'pages']);
  process.setSourceMapsEnabled(true);
} catch (error) {
  fail(error);
}
if (isDevelopment) {
  process.env.NODE_ENV = 'development';
  // Next's tools report to their makers unless told otherwise.
  process.env.NEXT_TELEMETRY_DISABLED = '1';
}
process.env.NODE_ENV ??= 'production';
if (process.env.npm_lifecycle_event) endWithParent();
await import(process.argv.includes('--doctor') ? '../../dist/doctor.js' : '../../dist/main.js');

/** Whoever ends `npm start` ends its shell, which doesn't pass signals on; so the shell's end counts as one. */
function endWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
