import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, bundle } from '../server/tools/build.mjs';
import { fail, root, setUp } from '../server/tools/setup.mjs';

/** `npm run bench -- NAME ...`: one JSON line a measurement on standard output, everything else on standard error. */
const benches = {
  training: {
    builds: ['server'],
    usage: 'training [--peers PYTHON] [--models A,B] [--batch N] [--device NAME] [--json FILE]',
  },
  starting: { builds: ['server'], usage: 'starting [--models A,B] [--json FILE]' },
  sampling: { builds: ['server'], usage: 'sampling [--json FILE]' },
  learning: { builds: ['server'], usage: 'learning [--models A,B] [--steps N] [--json FILE]' },
  presets: { builds: ['server'], usage: 'presets [--presets A,B] [--steps N] [--json FILE]' },
  gallery: {
    builds: ['server'],
    usage: 'gallery [--models A,B]   (draws the thumbnails of the gallery anew)',
  },
  growth: { builds: ['server'], usage: 'growth [--json FILE]' },
  streaming: { builds: ['server', 'pages'], usage: 'streaming [--json FILE]' },
  projecting: { builds: ['server'], usage: 'projecting [--peers PYTHON] [--json FILE]' },
  drawing: { builds: ['server', 'pages'], usage: 'drawing [--json FILE]' },
  crowd: { builds: ['server', 'pages'], usage: 'crowd [--json FILE]' },
  exploring: { builds: ['server', 'pages'], usage: 'exploring [--json FILE]' },
  latency: { builds: ['server', 'pages'], usage: 'latency [--json FILE]' },
  resting: { builds: ['server', 'pages'], usage: 'resting [--json FILE]' },
  loading: { builds: ['server', 'pages'], usage: 'loading [--json FILE]' },
};

const name = process.argv[2];
if (!Object.hasOwn(benches, name)) {
  const usages = Object.values(benches).map(({ usage }) => `  npm run bench -- ${usage}`);
  console.error(`Which benchmark?\n${usages.join('\n')}`);
  process.exit(1);
}

const here = pathToFileURL(join(root, 'tests/bench/bench.ts')).href;
const define = { 'import.meta.url': JSON.stringify(here) };

/** A benchmark's own code as one file; the server's code that it measures is in it. */
async function compile(bench) {
  const outfile = join(root, 'dist', 'bench', `${bench}.mjs`);
  await bundle({ entryPoints: [`tests/bench/${bench}.ts`], outfile, define });
  return outfile;
}

/** The eager peer shares TensorFlow.js with the package of its native backend, whose gradients are in its main file. */
async function compileEagerPeer() {
  const core = '@tensorflow/tfjs-core';
  await bundle({
    entryPoints: ['tests/bench/peers/eager.ts'],
    outfile: join(root, 'dist', 'bench', 'eager.cjs'),
    format: 'cjs',
    banner: {},
    define,
    external: undefined,
    packages: 'external',
    alias: { '@': root, [`${core}/dist/register_all_gradients`]: core },
  });
}

try {
  await setUp({ dev: true });
  await build(benches[name].builds);
  process.setSourceMapsEnabled(true);
  if (name === 'training') await Promise.all([compile('peers/ours'), compileEagerPeer()]);
  if (name === 'crowd') await compile('crowdClients');
  await import(pathToFileURL(await compile(name)).href);
} catch (error) {
  fail(error);
}
