import * as Y from 'yjs';
import { jsonOf, type RootJson } from './root';
import { type Content, isRoot, type RootName, rootOf } from './roots';

/**
 * Shared controls by their names, which are places in the document: `meta/title`, `projection/perplexity`,
 * `recipe/gan/epochs`, `recipe/gan/hiddenUnits/0` (one layer), `explore/stylegan/t`. A name stands for all below it, too.
 */

/** What a control may be dragged to. */
export type ControlValue = number | string;

/** Live values of held controls, which the document doesn't have yet, by the controls' names. */
export type LiveValues = ReadonlyMap<string, ControlValue>;

export const isControl = (name: string): boolean =>
  /^([^/]+)\/./.test(name) && isRoot(name.split('/')[0] ?? '');

/** Whether two names overlap: they are the same, or one lies below the other. */
export function overlap(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.startsWith(short) && (long.length === short.length || long[short.length] === '/');
}

function partsOf(control: string): { readonly root: RootName; readonly path: readonly string[] } {
  const cut = control.indexOf('/');
  const [root, rest] = [control.slice(0, cut), control.slice(cut + 1)];
  if (!isRoot(root)) throw new RangeError(`${control} is no control`);
  return { root, path: rootOf(root).pathOf?.(rest) ?? rest.split('/') };
}

function put(json: unknown, [key, ...rest]: readonly string[], value: ControlValue): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.map((each, i) => (String(i) === key ? put(each, rest, value) : each));
  const object: RootJson = typeof json === 'object' && json !== null ? { ...json } : {};
  return { ...object, [key]: put(object[key], rest, value) };
}

/** The root map `name` as plain values, or some of its entries; those of `live` in place of its own. */
export function liveJson(doc: Y.Doc, name: RootName, live: LiveValues, keys?: Iterable<string>): RootJson {
  let json = jsonOf(doc.getMap(name), keys);
  for (const [control, value] of live) {
    const { root, path } = partsOf(control);
    if (root === name) json = put(json, path, value) as RootJson;
  }
  return json;
}

/**
 * What the document says, values of `live` in place of its own. @param content what it says without them.
 * @throws DocumentError for a value that the document must not have
 */
export function liveContent(doc: Y.Doc, content: Content, live: LiveValues): Content {
  const parts = [...live.keys()].map(partsOf);
  let all = content;
  for (const name of new Set(parts.map(({ root }) => root))) {
    const keys = new Set(parts.flatMap(({ root, path }) => (root === name ? (path[0] ?? []) : [])));
    const root = rootOf(name);
    const known = name === 'recipe' ? content : content[name];
    const read = root.reread
      ? root.reread(liveJson(doc, name, live, keys), known)
      : root.read(liveJson(doc, name, live));
    all = { ...all, ...(name === 'recipe' ? (read as object) : { [name]: read }) };
  }
  return all;
}

function stepInto(container: unknown, key: string): unknown {
  if (container instanceof Y.Map) return container.get(key);
  return container instanceof Y.Array ? container.get(Number(key)) : undefined;
}

/** Sets a control's value, if it has another one; a layer that someone has just removed stays removed. */
export function setControl(doc: Y.Doc, control: string, value: ControlValue, origin: unknown): void {
  const { root, path } = partsOf(control);
  const parent = path.slice(0, -1).reduce<unknown>(stepInto, doc.getMap(root));
  const key = path.at(-1);
  if (!(parent instanceof Y.Map) || key === undefined || parent.get(key) === value) return;
  doc.transact(() => parent.set(key, value), origin);
}
