import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { readJson, root, runQuietly, withLock } from './setup.mjs';

/** Output (without folder and extension) and source of each process that the server consists of. */
const entries = {
  main: 'server/main.ts',
  worker: 'server/worker/entries/main.ts',
  generator: 'server/worker/entries/generator.ts',
  reader: 'server/worker/entries/reader.ts',
  makeDatasets: 'server/tools/makeDatasets.ts',
  doctor: 'server/tools/doctor.ts',
};

/** The two halves of a build: what they read, what they write, and how. */
const halves = {
  server: {
    inputs: ['server', 'lib'],
    outputs: [...Object.keys(entries).map((name) => `dist/${name}.js`), 'dist/datasets'],
    // The print names the code in what it keeps for later starts.
    make: async (print) => {
      await bundle({
        entryPoints: entries,
        outdir: 'dist',
        define: { 'process.env.COLATENT_BUILD': JSON.stringify(print) },
      });
      await runQuietly('The data sets could not be made', ['dist/makeDatasets.js']);
    },
  },
  pages: {
    inputs: ['app', 'lib', 'next.config.js', '.postcssrc.json', 'tsconfig.json'],
    outputs: ['.next/BUILD_ID'],
    make: async () => {
      await runQuietly('The pages could not be built', ['node_modules/next/dist/bin/next', 'build']);
      await compressUnder('.next/static');
    },
  },
};

/**
 * Inlined: of tfjs-core the main file is CommonJS and the gradients are modules, and only a bundler makes them one; of the
 * others a process needs a small part, and loading them as they are is half of what a worker takes to start.
 */
const inlined = ['@tensorflow/tfjs-core', 'zod', 'ml-matrix', 'protobufjs'];
/** Stays outside: tfjs-core asks for it only when something is to be fetched, and nothing is. */
const never = ['node-fetch'];

/**
 * Bundles Node programs into single ES modules; packages stay in node_modules.
 * @param options of esbuild: entry points, where the output goes.
 */
export async function bundle(options) {
  const { build } = await import('esbuild');
  const { dependencies, devDependencies } = readJson('package.json');
  const packages = Object.keys({ ...dependencies, ...devDependencies });
  await build({
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: [...packages.filter((name) => !inlined.includes(name)), ...never],
    alias: { '@': root },
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`,
    },
    sourcemap: 'linked',
    // Without the sources' texts: each process reads its map as it starts, and stacks need places alone.
    sourcesContent: false,
    logLevel: 'warning',
    ...options,
  });
}

async function filesUnder(path) {
  const children = await readdir(join(root, path), { withFileTypes: true, recursive: true }).catch(
    (error) => {
      if (error.code === 'ENOTDIR') return null;
      throw error;
    },
  );
  if (!children) return [path];
  return children
    .filter((child) => child.isFile())
    .map((child) => join(child.parentPath, child.name).slice(root.length));
}

/** Lays beside each script and style what browsers take compressed, as small as it gets: once, instead of at each visit. */
async function compressUnder(path) {
  for (const name of await filesUnder(path)) {
    if (!/\.(js|css)$/.test(name)) continue;
    const bytes = await readFile(join(root, name));
    await Promise.all([
      promisify(brotliCompress)(bytes).then((small) => writeFile(join(root, `${name}.br`), small)),
      promisify(gzip)(bytes, { level: 9 }).then((small) => writeFile(join(root, `${name}.gz`), small)),
    ]);
  }
}

/** SHA-256 over names and contents of everything that a half of the build depends on. */
async function fingerprint(inputs) {
  const lists = await Promise.all([...inputs, 'package-lock.json', 'server/tools/build.mjs'].map(filesUnder));
  const names = [...new Set(lists.flat())].sort();
  const contents = await Promise.all(names.map((name) => readFile(join(root, name))));
  const hash = createHash('sha256')
    .update(process.version)
    .update(`\0${process.env.COLATENT_BASE_PATH ?? ''}`);
  names.forEach((name, i) => {
    hash.update(`\0${name}\0`).update(contents[i]);
  });
  return hash.digest('hex');
}

const stampOf = (half) => join(root, 'dist', `${half}.stamp`);

function isFresh(half, print) {
  const { outputs } = halves[half];
  if (!existsSync(stampOf(half)) || outputs.some((output) => !existsSync(join(root, output)))) return false;
  return readFileSync(stampOf(half), 'utf8') === print;
}

/**
 * Builds what has changed since the last build; does nothing otherwise. Needs the dependencies.
 * @param {('server' | 'pages')[]} wanted
 */
export async function build(wanted = ['server', 'pages']) {
  const stale = async () => {
    const prints = await Promise.all(wanted.map((half) => fingerprint(halves[half].inputs)));
    return wanted
      .map((half, i) => ({ half, print: prints[i] }))
      .filter(({ half, print }) => !isFresh(half, print));
  };
  if ((await stale()).length === 0) return;
  await withLock(async () => {
    for (const { half, print } of await stale()) {
      console.error(`Building the ${half} ...`);
      await halves[half].make(print);
      mkdirSync(join(root, 'dist'), { recursive: true });
      writeFileSync(stampOf(half), print);
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
