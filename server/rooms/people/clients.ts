import { randomInt } from 'node:crypto';
import type { LoadedDocument } from '../document/document';
import type { Roster } from './roster';
import type { Session } from './sessions';

/** A session counts if its page still knows all that it wrote; otherwise its edits would reuse ids. */
export function stillKnown(
  session: Session | null,
  known: ReadonlyMap<number, number>,
  document: LoadedDocument,
): Session | null {
  return session && (known.get(session.client) ?? 0) >= document.clock(session.client) ? session : null;
}

/** A Yjs client id under which nobody is here or has ever written. */
export function freshClient(roster: Roster, document: LoadedDocument): number {
  for (;;) {
    const client = randomInt(1, 2 ** 32);
    if (!roster.get(client) && document.clock(client) === 0) return client;
  }
}
