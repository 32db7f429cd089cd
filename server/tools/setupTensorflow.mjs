import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, readJson, root, SetupError, setUp } from './setup.mjs';

/**
 * `npm run setup:tensorflow -- --from FOLDER`: compiles the native binding of tfjs-node, unchanged, against a TensorFlow
 * of this machine, so that the executor `tensorflow` runs on what that one runs on.
 *
 * The result lies in dist/tensorflow: it fits this machine and this tree, and nothing that is kept as data needs it.
 */
const target = join(root, 'dist', 'tensorflow', 'tfjs_binding.node');

/** Has the binding's sources; the version and hash that package-lock.json names are compiled. */
const sourcePackage = '@tensorflow/tfjs-node-gpu';

const usage = `Usage: npm run setup:tensorflow -- --from FOLDER
FOLDER is that of a Python package, which this prints:
  python -c "import tensorflow; print(tensorflow.__path__[0])"
or that of an unpacked libtensorflow, with lib and include in it.`;

/** Relative to where npm was called. */
function folderGiven() {
  try {
    const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;
    if (from) return resolve(process.env.INIT_CWD ?? '.', from);
  } catch (error) {
    throw new SetupError(`${error.message}\n${usage}`);
  }
  throw new SetupError(usage);
}

/** Libraries as the Python package has them, and as libtensorflow. */
const layouts = [
  ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  ['lib/libtensorflow.so.2', 'lib/libtensorflow_framework.so.2'],
];

/** Headers and libraries of a TensorFlow. @throws SetupError if the folder holds none. */
function tensorflowIn(folder) {
  const refusal = (reason) => new SetupError(`No TensorFlow in ${folder}: ${reason}.\n${usage}`);
  const include = join(folder, 'include');
  const libraries = layouts
    .map((names) => names.map((name) => join(folder, name)))
    .find((files) => files.every((file) => existsSync(file)));
  if (!existsSync(folder)) throw refusal('there is no such folder');
  if (!libraries) throw refusal(`it has neither ${layouts.map(([name]) => name).join(' nor ')}`);
  if (!existsSync(join(include, 'tensorflow/c/c_api.h'))) throw refusal('the headers in include are missing');
  return { include, libraries };
}

/** Runs a program to its end. @returns what it printed. @throws SetupError with its messages if it fails. */
function run(failure, program, args) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  if (error?.code === 'ENOENT') throw new SetupError(`${failure}: ${program} is not installed`);
  if (error || status !== 0)
    throw new SetupError(`${failure}: ${error?.message ?? (stderr || stdout).trim()}`);
  return stdout;
}

/** Fetches the binding's sources into `folder`. @returns where they are. */
function fetchSources(folder) {
  const { version, integrity } = readJson('package-lock.json').packages[`node_modules/${sourcePackage}`];
  const failure = `The sources of ${sourcePackage} ${version} could not be fetched`;
  const npm = [
    'pack',
    `${sourcePackage}@${version}`,
    '--json',
    '--loglevel=error',
    '--pack-destination',
    folder,
  ];
  const [packed] = JSON.parse(run(failure, 'npm', npm));
  if (packed.integrity !== integrity)
    throw new SetupError(`${failure}: they are not those that package-lock.json names`);
  run(failure, 'tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
  return join(folder, 'package', 'binding');
}

async function compile(sources, { include, libraries }, output) {
  const { default: headers } = await import('node-api-headers');
  run('The binding could not be compiled', process.env.CXX ?? 'g++', [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-w', '-DNAPI_VERSION=8'],
    ...[`-I${include}`, `-I${headers.include_dir}`],
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(sources, file)),
    ...libraries,
    ...[`-Wl,-rpath,${dirname(libraries[0])}`, '-o', output],
  ]);
}

/** Loads the binding in a process of its own. @returns what it found. */
function examine(binding) {
  const script = `const { TF_Version, isUsingGpuDevice } = require(process.argv[1]);
    console.log(JSON.stringify({ version: TF_Version, gpu: isUsingGpuDevice() }));`;
  return JSON.parse(run('The compiled binding does not load', process.execPath, ['-e', script, binding]));
}

async function main() {
  if (process.platform !== 'linux')
    throw new SetupError(
      `This compiles on Linux only; elsewhere "npm ci" fetches a binding of ${sourcePackage}, if there is one`,
    );
  const tensorflow = tensorflowIn(folderGiven());
  await setUp();
  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(join(dirname(target), 'new-'));
  try {
    console.error('Compiling the binding ...');
    const output = join(folder, 'tfjs_binding.node');
    await compile(fetchSources(folder), tensorflow, output);
    const { version, gpu } = examine(output);
    renameSync(output, target);
    console.error(
      `TensorFlow ${version} ${gpu ? 'on the GPU' : 'on the CPU: it found no GPU that it can use'}.`,
    );
    console.error('It is used with COLATENT_EXECUTOR=tensorflow, or if it turns out to be the fastest.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main().catch(fail);
