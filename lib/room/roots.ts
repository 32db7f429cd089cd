import * as Y from 'yjs';
import { own, say } from '../text/sentence';
import { choice } from './choice';
import { explore } from './explore';
import { meta } from './meta';
import { path } from './path';
import { pins } from './pins';
import { playhead } from './playhead';
import { projection } from './projection';
import { recipe } from './recipe';
import { DocumentError, jsonOf, type Root } from './root';

/** The shared document of a playground: its root maps, a file each. What must agree about them is read from here. */
export const roots = { meta, choice, recipe, projection, explore, pins, path, playhead };

export type RootName = keyof typeof roots;
export const rootNames = Object.keys(roots) as RootName[];
/** A row of the table, of whatever it reads. */
export const rootOf = (name: RootName): Root<unknown> => roots[name];
export const isRoot = (name: string): name is RootName => Object.hasOwn(roots, name);

type ContentOf<Name extends RootName> = ReturnType<(typeof roots)[Name]['read']>;
/** Roots whose changes the log records. */
export type LoggedRoot = {
  [Name in RootName]: (typeof roots)[Name]['isLogged'] extends true ? Name : never;
}[RootName];
/** All that people have decided; the recipe of the chosen model stands beside those of all. */
export type Content = {
  readonly [Name in Exclude<RootName, 'recipe'>]: ContentOf<Name>;
} & ContentOf<'recipe'>;

/** The keys of each root under which something has changed. */
export type ChangedKeys = ReadonlyMap<RootName, ReadonlySet<string>>;

/** Fills an empty document; only the server calls this, once a playground. */
export function seedDocument(doc: Y.Doc): void {
  doc.transact(() => seedRoots(doc));
}

/** Adds what the document lacks. */
export function seedRoots(doc: Y.Doc): void {
  for (const name of rootNames) rootOf(name).seed?.(doc.getMap(name));
}

/**
 * Reads and checks the document: every root, key, type and range; of what was read before, only what has changed since.
 * @throws DocumentError naming the first thing that is wrong.
 */
export function readDocument(
  doc: Y.Doc,
  before: Content | null = null,
  changed: ChangedKeys = new Map(),
): Content {
  const stranger = [...doc.share.keys()].find((name) => !isRoot(name));
  if (stranger !== undefined)
    throw new DocumentError(say('Unknown part of the document: {name}', { name: own(stranger) }));
  const read = <Of>(name: RootName, root: Root<Of>, known: Of | undefined): Of => {
    const keys = changed.get(name);
    if (known !== undefined && !keys) return known;
    const map = doc.getMap(name);
    return known !== undefined && root.reread
      ? root.reread(jsonOf(map, keys), known)
      : root.read(jsonOf(map));
  };
  return {
    ...read('recipe', recipe, before ?? undefined),
    meta: read('meta', meta, before?.meta),
    choice: read('choice', choice, before?.choice),
    projection: read('projection', projection, before?.projection),
    explore: read('explore', explore, before?.explore),
    pins: read('pins', pins, before?.pins),
    path: read('path', path, before?.path),
    playhead: read('playhead', playhead, before?.playhead),
  };
}

/** A place in the document, from its root on. */
export type Path = readonly [root: RootName, ...rest: string[]];

type SharedType = Y.Map<unknown> | Y.Array<unknown> | Y.Text;

function pathOf(type: SharedType): string[] {
  const item = type._item;
  if (!item) return [Y.findRootTypeKey(type)];
  const parent = item.parent as SharedType;
  return [...pathOf(parent), item.parentSub ?? String(placeOf(item))];
}

/** Which one of its array an item is, from 0. */
function placeOf(item: Y.Item): number {
  let place = 0;
  for (let left = item.left; left; left = left.left) if (!left.deleted) place += left.length;
  return place;
}

/** What a transaction has changed: entries of maps, and arrays as a whole. */
export function changedPaths({ changed }: Y.Transaction): Path[] {
  const paths = [...changed].flatMap(([type, keys]) => {
    const path = pathOf(type as SharedType);
    return [...keys].map((key) => (key === null ? path : [...path, key]));
  });
  return paths.filter((path): path is [RootName, ...string[]] => isRoot(path[0] ?? ''));
}

export function keysOf(paths: readonly Path[]): ChangedKeys {
  const keys = new Map<RootName, Set<string>>();
  for (const [root, key = ''] of paths) keys.set(root, (keys.get(root) ?? new Set()).add(key));
  return keys;
}
