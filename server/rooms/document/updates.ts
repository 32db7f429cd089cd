import * as Y from 'yjs';
import { limits } from '@/lib/protocol/limits';
import { rootOf } from '@/lib/room/roots';
import { own, say } from '@/lib/text/sentence';
import { Refused } from '../refused';
import { type Home, Homes, kindsOf } from './content';

/** Ids that one update may use up; a merged stretch of deleted content is one struct of many ids. */
const maxIdsPerUpdate = 1_000_000;

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

function decode(update: Uint8Array) {
  try {
    return Y.decodeUpdate(update);
  } catch {
    throw new Refused('malformed', 'These bytes are not a Yjs update');
  }
}

function checkItem(item: Y.Item, homes: Homes, isKnown: (id: Y.ID) => boolean): Home {
  const references = [item.origin, item.rightOrigin, item.parent as unknown];
  if (!references.filter((each) => each instanceof Y.ID).every(isKnown))
    throw new Refused('invalid-edit', 'The edit refers to something that this server does not know');
  const home = homes.of(item);
  const allowed: readonly string[] = home ? rootOf(home).content : [];
  if (home && !kindsOf(item.content).every((kind) => allowed.includes(kind)))
    throw new Refused('invalid-edit', 'The edit brings content of a kind that the document does not have');
  return home;
}

/** @returns the clock after the last struct. */
function checkStructs(structs: readonly Struct[], doc: Y.Doc, client: number): number {
  const start = Y.getState(doc.store, client);
  let end = start;
  let next: number | null = null;
  const homes = new Homes(doc, client, start);
  for (const struct of structs) {
    if (struct.id.client !== client)
      throw new Refused(
        'invalid-edit',
        say('Edits of client {client} expected, got one of {other}', {
          client: own(String(client)),
          other: own(String(struct.id.client)),
        }),
      );
    if (struct instanceof Y.Skip || struct.id.clock > end || (next !== null && struct.id.clock !== next))
      throw new Refused(
        'invalid-edit',
        say('An edit before {clock} is missing; {known} are known', { clock: struct.id.clock, known: end }),
      );
    const known = (id: Y.ID) => id.clock < (id.client === client ? end : Y.getState(doc.store, id.client));
    next = struct.id.clock + struct.length;
    homes.add(next, struct instanceof Y.Item ? checkItem(struct, homes, known) : null);
    end = Math.max(end, next);
  }
  if (!Number.isSafeInteger(end) || end - start > maxIdsPerUpdate)
    throw new Refused(
      'too-large',
      say('An edit may use {most} ids, got {count}', { most: maxIdsPerUpdate, count: end - start }),
    );
  return end;
}

/**
 * Checks an update before it touches the document: size, author, no gaps, nothing unknown referred to,
 * only content that the document has.
 * @throws Refused; the document is unchanged.
 */
export function checkUpdate(doc: Y.Doc, client: number, update: Uint8Array): void {
  if (update.length > limits.updateBytes)
    throw new Refused(
      'too-large',
      say('An edit has at most {most} bytes, got {count}', {
        most: limits.updateBytes,
        count: update.length,
      }),
    );
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
