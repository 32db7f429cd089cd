import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Plain Node without dependencies: it runs in a fresh clone, before anything is installed. */

/** The repository's folder, with a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Something that the person at the keyboard can mend; `fail` prints its message alone. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** Prints what went wrong (one line if a person can mend it) and ends the process with status 1. */
export function fail(error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
}

/** @throws SetupError if this Node is older than `engines` in package.json asks for. */
function requireNode() {
  const { engines } = readJson('package.json');
  const [major, minor] = engines.node.replace('>=', '').split('.').map(Number);
  const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number);
  if (ourMajor > major || (ourMajor === major && ourMinor >= minor)) return;
  throw new SetupError(
    `Colatent needs Node ${major}.${minor} or newer, this is ${process.version}: see https://nodejs.org/en/download`,
  );
}

/** @param {string} file below the root */
export function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

/** Whether node_modules holds what package-lock.json says; development packages may be missing unless `dev`. */
function isInstalled(dev) {
  const installed = join('node_modules', '.package-lock.json');
  if (!existsSync(join(root, installed))) return false;
  const present = readJson(installed).packages;
  return Object.entries(readJson('package-lock.json').packages).every(([path, wanted]) => {
    if (path === '' || (wanted.dev && !dev)) return true;
    const found = present[path];
    return found
      ? found.version === wanted.version
      : Boolean(wanted.optional || wanted.peer || wanted.devOptional);
  });
}

/** Milliseconds between two signs of life of a lock's holder, and without one until it counts as dead. */
const lockBeatMs = 1000;
const lockStaleMs = 15_000;

/** Runs `task` while no other process of this tree runs one under the lock; waits its turn. */
export async function withLock(task) {
  const lock = join(root, 'dist', 'setup.lock');
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (let waits = 0; !take(lock); waits++) {
    if (waits === 1) console.error('Another process sets this folder up; waiting for it ...');
    await sleep(200);
  }
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), lockBeatMs);
  try {
    return await task();
  } finally {
    clearInterval(beat);
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > lockStaleMs) rmSync(lock, { force: true });
  return false;
}

/** Runs a Node script of the tree with its output on standard error. @throws SetupError if it fails. */
export function runQuietly(failure, args) {
  return runProgram(failure, process.execPath, args);
}

/** Runs a program with its output on standard error, in our environment and `extra`. */
function runProgram(failure, program, args, { extra = {}, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...extra };
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 2, 2], env, shell });
    child.once('error', (error) => reject(new SetupError(`${failure}: ${error.message}`)));
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new SetupError(`${failure} (${signal ?? `exit status ${code}`}): its messages are above`));
    });
  });
}

/**
 * Checks Node and installs the dependencies if they are missing or are not those of package-lock.json.
 * @param {{ dev?: boolean }} options `dev`: development packages too
 */
export async function setUp({ dev = false } = {}) {
  requireNode();
  if (isInstalled(dev)) return;
  await withLock(async () => {
    if (isInstalled(dev)) return;
    console.error('Installing the dependencies ...');
    await runProgram('The dependencies could not be installed', 'npm', ['ci', '--loglevel=error'], {
      // CUDA and TensorFlow's libraries have set-up commands of their own: here, the one is not downloaded, and the
      // optional package that would download the other gives up at once and is left out.
      extra: {
        npm_config_onnxruntime_node_install: 'skip',
        TFJS_NODE_BASE_URI: process.env.TFJS_NODE_BASE_URI ?? 'skip:',
      },
      shell: process.platform === 'win32',
    });
  });
}
