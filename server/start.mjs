import { fail, setUp } from './setup.mjs';

/** `npm start`: sets a fresh clone up, then becomes the server; with `--doctor`, it examines this machine instead. */
try {
  await setUp();
  const { build } = await import('./build.mjs');
  await build();
  process.setSourceMapsEnabled(true);
} catch (error) {
  fail(error);
}
process.env.NODE_ENV ??= 'production';
await import(process.argv.includes('--doctor') ? '../dist/doctor.js' : '../dist/main.js');
