import * as Y from 'yjs';

type StackItem = Y.UndoManager['undoStack'][number];

/** What one may take back, and what one may make again; the next one last. */
export interface History {
  readonly undo: readonly StackItem[];
  readonly redo: readonly StackItem[];
}

/** Further changes are merged into the last step: a copy of it stays as it is. */
function copied(stack: readonly StackItem[]): StackItem[] {
  const last = stack.at(-1);
  return last ? [...stack.slice(0, -1), { ...last, meta: new Map(last.meta) }] : [];
}

export const historyOf = ({ undoStack, redoStack }: Y.UndoManager): History => ({
  undo: copied(undoStack),
  redo: copied(redoStack),
});

export function restoreHistory(manager: Y.UndoManager, { undo, redo }: History): void {
  manager.undoStack = copied(undo);
  manager.redoStack = copied(redo);
}

const stateOf = (doc: Y.Doc): Map<number, number> => Y.decodeStateVector(Y.encodeStateVector(doc));

/** Whether a document with `stateVector` has all that an update adds; of one that only deletes it can't be told. */
export function isKnown(update: Uint8Array, stateVector: Uint8Array): boolean {
  const known = Y.decodeStateVector(stateVector);
  const { to } = Y.parseUpdateMeta(update);
  return to.size > 0 && [...to].every(([client, clock]) => clock <= (known.get(client) ?? 0));
}

/** As what items came back when a deletion was undone is in no update, but steps to undo need it. */
function keepRestored(from: Y.Doc, to: Y.Doc): void {
  const state = stateOf(to);
  const isThere = ({ client, clock }: Y.ID) => clock < (state.get(client) ?? 0);
  to.transact((transaction) => {
    for (const struct of [...from.store.clients.values()].flat()) {
      if (!(struct instanceof Y.Item) || !struct.redone || !isThere(struct.id) || !isThere(struct.redone))
        continue;
      const item = Y.getItemCleanStart(transaction, struct.id);
      Y.getItemCleanEnd(transaction, to.store, struct.lastId);
      item.redone = struct.redone;
    }
  });
}

/**
 * The document without what the last updates brought, for steps to undo from before them to work in. What was deleted is
 * there again until a server tells what is, for some of it was deleted by what isn't there any more.
 * @param doc has kept what was deleted.
 */
export function without(doc: Y.Doc, updates: readonly Uint8Array[]): Y.Doc {
  const { structs } = Y.decodeUpdate(Y.mergeUpdates([...updates]));
  const state = stateOf(doc);
  for (const { id } of structs) state.set(id.client, Math.min(id.clock, state.get(id.client) ?? 0));
  const snapshot = Y.createSnapshot(Y.createDeleteSet(), state);
  const rewound = Y.createDocFromSnapshot(doc, snapshot, new Y.Doc({ gc: false }));
  keepRestored(doc, rewound);
  return rewound;
}
