import * as Y from 'yjs';
import type { Recipe } from '@/lib/catalog/models';
import { limits } from '@/lib/protocol/limits';
import { readChoice } from '@/lib/room/choice';
import { setRecipe } from '@/lib/room/edit';
import { readExplore } from '@/lib/room/explore';
import { migrateDocument } from '@/lib/room/migrate';
import { readProjection } from '@/lib/room/projection';
import { DocumentError, ownDataIn, readDocument, seedDocument } from '@/lib/room/schema';
import { Refused } from '../refused';

export type Content = ReturnType<typeof readContent>;

const readContent = (doc: Y.Doc) => ({
  ...readDocument(doc),
  choice: readChoice(doc),
  projection: readProjection(doc),
  explore: readExplore(doc),
});

/** A new playground's whole document as its first update, with the default recipe or another one. */
export function firstUpdate(recipe: Recipe | null = null): Uint8Array {
  const doc = new Y.Doc();
  seedDocument(doc);
  if (recipe) setRecipe(doc, recipe, null);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** The maps and arrays that the server seeded. Editing may fill them but not replace them. */
function containersOf(doc: Y.Doc): unknown[] {
  const models = [...doc.getMap('recipe').values()].filter((value) => value instanceof Y.Map);
  return models.flatMap((model) => [
    model,
    ...[...model.values()].filter((value) => value instanceof Y.Array),
  ]);
}

/** A playground's document in memory, always as its log of updates says. */
export class LoadedDocument {
  readonly doc = new Y.Doc();
  /** Updates in the log that no compaction has joined yet. */
  updates: number;
  /** The document as read and checked after the last change. */
  content: Content;
  /** What brought a document of an earlier schema to the present one; it must be stored before any edit. */
  readonly migration: Uint8Array | null;
  private readonly containers: unknown[];
  /** An upper bound of the encoded document's bytes. */
  private bytes: number;

  /** @throws DocumentError if the updates don't make a whole, valid document. */
  constructor(updates: readonly Uint8Array[]) {
    for (const update of updates) Y.applyUpdate(this.doc, update);
    this.checkComplete();
    const stored = Y.encodeStateVector(this.doc);
    this.migration = migrateDocument(this.doc) ? this.encode(stored) : null;
    this.content = readContent(this.doc);
    this.containers = containersOf(this.doc);
    this.updates = updates.length;
    this.bytes = this.encode().length;
  }

  /**
   * Applies an update that `checkUpdate` let pass.
   * @returns what was new in it, or `null` if nothing was.
   * @throws Refused if the document isn't valid any more; then it must be dropped and loaded anew.
   */
  apply(update: Uint8Array): Uint8Array | null {
    let added: Uint8Array | null = null;
    const listen = (news: Uint8Array) => {
      added = news;
    };
    this.doc.on('update', listen);
    try {
      Y.applyUpdate(this.doc, update);
      this.checkComplete();
      this.content = readContent(this.doc);
    } catch (error) {
      if (error instanceof DocumentError) throw new Refused('invalid-edit', error.message);
      throw error;
    } finally {
      this.doc.off('update', listen);
    }
    this.checkContainers();
    this.checkSize(update.length);
    this.updates += 1;
    return added;
  }

  /** The whole document, or what `stateVector` lacks. */
  encode(stateVector?: Uint8Array): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Y.encodeStateAsUpdate(this.doc, stateVector));
  }

  /** The data sets that people brought which models learn from. */
  ownData(): ReturnType<typeof ownDataIn> {
    return ownDataIn(this.doc);
  }

  stateVector(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Y.encodeStateVector(this.doc));
  }

  /** Edits known of a client. */
  clock(client: number): number {
    return Y.getState(this.doc.store, client);
  }

  destroy(): void {
    this.doc.destroy();
  }

  private checkComplete(): void {
    const { pendingStructs, pendingDs } = this.doc.store;
    if (pendingStructs || pendingDs) throw new DocumentError('An earlier part of the document is missing');
  }

  private checkContainers(): void {
    const now = containersOf(this.doc);
    if (now.length !== this.containers.length || now.some((each) => !this.containers.includes(each)))
      throw new Refused('invalid-edit', 'The edit replaces a part of the document that must stay');
  }

  private checkSize(added: number): void {
    this.bytes += added;
    if (this.bytes > limits.documentBytes) this.bytes = this.encode().length;
    if (this.bytes > limits.documentBytes)
      throw new Refused('too-large', `A playground's document has at most ${limits.documentBytes} bytes`);
  }
}
