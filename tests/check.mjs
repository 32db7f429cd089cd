import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, setUp } from '../server/tools/setup.mjs';

/** `npm run check [-- --write]`: every rule that a machine can hold. One line a check that is fine, all its findings else. */
const limits = { lines: 350, functionLines: 60 };

/** Words that must not stand in the sources; in pieces, so that this file may name them. */
const banned = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['biome-', 'ignore'],
  ['@ts-', 'ignore'],
  ['@ts-', 'expect-error'],
  ['@ts-', 'nocheck'],
  ['eslint-', 'disable'],
].map((pieces) => pieces.join(''));

const bin = (path, ...args) => [process.execPath, join(root, 'node_modules', path), ...args];

const programs = [
  ['format, lint', bin('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')],
  ['types', bin('typescript/bin/tsc', '-p', '.')],
  ['unused files, exports, dependencies', bin('knip/bin/knip.js', '--config', '.knip.json')],
];

/** @returns what the program said if it failed, else an empty text. */
function run([program, ...args]) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => said.push(text));
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? '' : `${said.join('')}(exit status ${code})`));
  });
}

function findings(file) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const found = [];
  if (lines.length > limits.lines) found.push(`${file}: ${lines.length} lines, at most ${limits.lines}`);
  lines.forEach((line, i) => {
    const word = banned.find((each) => line.includes(each));
    if (word) found.push(`${file}:${i + 1}: ${word}`);
  });
  return found;
}

const sourcesIn = (folders) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|css|py)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length)),
  );

function houseRules() {
  const sources = sourcesIn(['app', 'lib', 'server', 'tests']);
  return [...sources.flatMap(findings), ...alike(sources)].join('\n');
}

/** Tests are told in one go. */
const functionLengths = (longFunctions) =>
  sourcesIn(['app', 'lib', 'server'])
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
    .flatMap((file) => longFunctions(file, readFileSync(join(root, file), 'utf8'), limits.functionLines))
    .join('\n');

/** Where file systems ignore case, an import of one of two such modules may find the other. */
function alike(sources) {
  const known = new Map();
  return sources
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
    .flatMap((file) => {
      const name = file.replace(/\.\w+$/, '').toLowerCase();
      const other = known.get(name);
      known.set(name, file);
      return other ? [`${file}: but for case and ending called as ${other}`] : [];
    });
}

/** What ARCHITECTURE.md prints of the table of imports; `--write` brings it up to date. */
function printedRows(withRows) {
  const file = join(root, 'ARCHITECTURE.md');
  const text = readFileSync(file, 'utf8');
  const wanted = withRows(text);
  if (wanted === text) return [];
  if (!process.argv.includes('--write'))
    return ['ARCHITECTURE.md prints another table of imports: npm run check -- --write'];
  writeFileSync(file, wanted);
  return [];
}

function report(name, problems) {
  console.log(problems === '' ? `${name}: fine` : `${name}: FAILED\n${problems}`);
  if (problems !== '') process.exitCode = 1;
}

await setUp({ dev: true }).catch(fail);
for (const [name, command] of programs) report(name, await run(command));
// Its parser comes with what was just set up.
const { importFindings, withRows } = await import('./imports.mjs');
report('imports: who may import whom, circles', [...importFindings(), ...printedRows(withRows)].join('\n'));
report('file lengths, leftovers, suppressions', houseRules());
const { longFunctions } = await import('./functions.mjs');
report('function lengths', functionLengths(longFunctions));
