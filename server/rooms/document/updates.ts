import * as Y from 'yjs';
import { limits } from '@/lib/protocol/limits';
import { Refused } from '../refused';

/** Ids that one update may use up; a merged stretch of deleted content is one struct of many ids. */
const maxIdsPerUpdate = 1_000_000;

const roots = new Set(['meta', 'recipe', 'choice', 'projection', 'explore']);

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

function decode(update: Uint8Array) {
  try {
    return Y.decodeUpdate(update);
  } catch {
    throw new Refused('malformed', 'These bytes are not a Yjs update');
  }
}

/** Numbers, texts, layers (a map) and what was deleted since: all that an edit may bring. */
function isAllowedContent(content: Y.Item['content']): boolean {
  if (content instanceof Y.ContentAny)
    return content.arr.every((value) => typeof value === 'number' || typeof value === 'string');
  if (content instanceof Y.ContentType) return content.type instanceof Y.Map;
  return content instanceof Y.ContentDeleted;
}

function checkItem(item: Y.Item, isKnown: (id: Y.ID) => boolean): void {
  const parent: unknown = item.parent;
  if (typeof parent === 'string' && !roots.has(parent))
    throw new Refused('invalid-edit', `Unknown part of the document: ${parent.slice(0, 64)}`);
  const references = [item.origin, item.rightOrigin, parent].filter((each) => each instanceof Y.ID);
  if (!references.every(isKnown))
    throw new Refused('invalid-edit', 'The edit refers to something that this server does not know');
  if (!isAllowedContent(item.content))
    throw new Refused('invalid-edit', 'The edit brings content of a kind that the document does not have');
}

/** @returns the clock after the last struct. */
function checkStructs(structs: readonly Struct[], doc: Y.Doc, client: number): number {
  const start = Y.getState(doc.store, client);
  let end = start;
  let next: number | null = null;
  for (const struct of structs) {
    if (struct.id.client !== client)
      throw new Refused('invalid-edit', `Edits of client ${client} expected, got one of ${struct.id.client}`);
    if (struct instanceof Y.Skip || struct.id.clock > end || (next !== null && struct.id.clock !== next))
      throw new Refused('invalid-edit', `An edit before ${struct.id.clock} is missing; ${end} are known`);
    const known = (id: Y.ID) => id.clock < (id.client === client ? end : Y.getState(doc.store, id.client));
    if (struct instanceof Y.Item) checkItem(struct, known);
    next = struct.id.clock + struct.length;
    end = Math.max(end, next);
  }
  if (!Number.isSafeInteger(end) || end - start > maxIdsPerUpdate)
    throw new Refused('too-large', `An edit may use ${maxIdsPerUpdate} ids, got ${end - start}`);
  return end;
}

/**
 * Checks an update before it touches the document: size, author, no gaps, nothing unknown referred to,
 * only content that the document has.
 * @throws Refused; the document is unchanged.
 */
export function checkUpdate(doc: Y.Doc, client: number, update: Uint8Array): void {
  if (update.length > limits.updateBytes)
    throw new Refused('too-large', `An edit has at most ${limits.updateBytes} bytes, got ${update.length}`);
  const { structs, ds } = decode(update);
  const end = checkStructs(structs, doc, client);
  for (const [author, deletions] of ds.clients) {
    const known = author === client ? end : Y.getState(doc.store, author);
    if (deletions.some(({ clock, len }) => clock + len > known))
      throw new Refused('invalid-edit', 'The edit deletes something that this server does not know');
  }
}

/** The clock of each client. @throws Refused */
export function decodeStateVector(bytes: Uint8Array): Map<number, number> {
  try {
    return Y.decodeStateVector(bytes);
  } catch {
    throw new Refused('malformed', 'These bytes are not a Yjs state vector');
  }
}
