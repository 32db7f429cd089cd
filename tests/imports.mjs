import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import { ResolverFactory } from 'oxc-resolver';
import { root } from '../server/tools/setup.mjs';

const room = 'app/_room app/_ui lib react';
const view = `app/_view app/_hooks ${room} lucide-react`;

/**
 * Who may import whom: a folder, or a file, and what it may import besides itself; `*` is each folder there on its
 * own. The longest row that a file lies in counts; tests need none. `node:` stands for what Node brings along; what is not
 * in the project is a package.
 */
export const rows = [
  ['lib', 'yjs zod'],
  ['app', 'app lib react next lucide-react uqr'],
  ['app/_ui', 'lib react next @fontsource-variable/noto-sans-kr lucide-react'],
  ['app/_room', 'lib fflate protobufjs socket.io-client yjs zod'],
  ['app/_hooks', `${room} yjs`],
  ['app/_view', `app/_hooks ${room} lucide-react`],
  ['app/_view/film', `${view} mediabunny modern-gif`],
  // The first page is light: neither a room nor Yjs comes with it.
  [
    'app/_home',
    'app/_hooks/useStore.ts app/_room/recent.ts app/_ui lib/address.ts lib/catalog lib/random.ts lib/text react lucide-react',
  ],
  ['app/_features/*', view],
  ['app/_features/recipe', `app/_home ${view}`],
  ['app/_features/cloud', `${view} three`],
  ['app/_features/curves', `${view} uplot`],
  ['app/_features/compare', `app/_features/curves ${view} uplot`],
  ['app/_features/time', `app/_features/compare app/_features/curves app/_features/film ${view} uplot`],
  ['server/main.ts', 'server lib node: next sirv'],
  ['server/env.ts', 'server/engine/program.ts lib node: zod'],
  [
    'server/http',
    'server/rooms server/datasets/made.ts server/storage/storage.ts lib node: find-my-way proxy-addr sharp zod',
  ],
  [
    'server/sockets',
    'server/rooms server/http/ingress.ts server/processes/runs/runs.ts lib node: socket.io zod',
  ],
  ['server/rooms', 'server/processes/runs/runs.ts server/storage/storage.ts lib node: yjs zod'],
  ['server/processes', 'server/wire server/engine/program.ts server/engine/threads.ts lib node: zod'],
  ['server/wire', 'server/engine/program.ts lib zod'],
  [
    'server/worker',
    'server/wire server/engine server/models server/datasets server/projections server/processes/runs/runs.ts lib node: zod',
  ],
  ['server/engine', 'lib node: @tensorflow long protobufjs zod'],
  // The only one: it tells ONNX Runtime to report to nobody.
  ['server/engine/onnx/runtime.ts', 'onnxruntime-node'],
  ['server/models', 'server/engine/program.ts server/engine/trace lib @tensorflow'],
  ['server/datasets', 'lib node: libsql bmp-ts chardet iconv-lite sharp yauzl zod'],
  ['server/projections', 'lib ml-matrix'],
  ['server/storage', 'lib node: kysely libsql zod'],
  ['server/tools', 'server/env.ts server/datasets server/engine lib node: esbuild node-api-headers'],
];

const sources = /\.(ts|tsx|mjs)$/;
const resolver = new ResolverFactory({
  tsconfig: { configFile: join(root, 'tsconfig.json') },
  extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
  conditionNames: ['node', 'import', 'types'],
});

/** What a file asks for, types too. */
function requestsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const { staticImports, staticExports, dynamicImports } = parseSync(file, text).module;
  const fixed = [...staticImports, ...staticExports.flatMap(({ entries }) => entries)];
  const asked = dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start, end));
  return new Set([
    ...fixed.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    // One whose name is made while running leads to no file that is known here.
    ...asked.flatMap((each) => /^'([^']+)'$/.exec(each)?.[1] ?? []),
  ]);
}

/** A file of the project by its path in it, a package by its name, or `node:`. */
function targetOf(file, request) {
  if (isBuiltin(request)) return 'node:';
  if (!/^(\.|@\/)/.test(request)) return /^(@[^/]+\/)?[^/]+/.exec(request)[0];
  const { path, error } = resolver.sync(dirname(join(root, file)), request);
  return path ? relative(root, path) : `${request} (${error})`;
}

const isWithin = (path, place) => path === place || path.startsWith(`${place}/`);

/** What of `file` a row's place stands for. */
function ownPlace(file, place) {
  if (!place.endsWith('/*')) return isWithin(file, place) ? place : null;
  const above = place.slice(0, -1);
  return file.startsWith(above) ? above + file.slice(above.length).split('/')[0] : null;
}

/**
 * What a file imports though its row in the table does not have it, a line each.
 * @param {string} file
 * @param {readonly string[]} targets
 * @returns {string[]}
 */
export function forbidden(file, targets) {
  const row = rows
    .map(([place, allowed]) => ({ own: ownPlace(file, place), allowed, length: place.length }))
    .filter(({ own }) => own !== null)
    .sort((a, b) => b.length - a.length)[0];
  if (!row) return file.startsWith('tests/') ? [] : [`${file}: lies in no row of the table of imports`];
  const { own, allowed } = row;
  const places = [own, ...allowed.split(' ')];
  return targets
    .filter((target) => !places.some((place) => isWithin(target, place)))
    .map((target) => `${file}: imports ${target}; ${own} may import ${allowed}`);
}

/**
 * Circles of imports, each by its files in order; where there are any, at least one is found.
 * @param {ReadonlyMap<string, readonly string[]>} graph
 * @returns {string[]}
 */
export function circles(graph) {
  const found = [];
  const seen = new Set();
  const path = [];
  const visit = (file) => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(' -> '));
    if (at >= 0 || seen.has(file)) return;
    seen.add(file);
    path.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    path.pop();
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

const begin = '<!-- imports -->';
const end = '<!-- /imports -->';

/** ARCHITECTURE.md with the rows as they are now between its two marks. @param {string} text */
export function withRows(text) {
  const lines = rows.map(([place, allowed]) => `| \`${place}\` | ${allowed} |`);
  const table = ['| | may import |', '| --- | --- |', ...lines].join('\n');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`ARCHITECTURE.md has no place for the rows: ${begin} ${end}`);
  return `${before}${begin}\n${table}\n${end}${after}`;
}

/** @returns what stands against the table, and what imports itself over others, types included; a line each. */
export function importFindings() {
  const files = ['app', 'lib', 'server', 'tests']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && sources.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const graph = new Map(
    files.map((file) => [file, [...requestsOf(file)].map((request) => targetOf(file, request))]),
  );
  const broken = [...graph].flatMap(([file, targets]) => forbidden(file, targets));
  return [...broken, ...circles(graph).map((each) => `imports in a circle: ${each}`)];
}
