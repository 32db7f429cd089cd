import * as Y from 'yjs';
import type { Recipe } from '@/lib/catalog/models';
import { limits } from '@/lib/protocol/limits';
import { type ControlValue, setControl } from '@/lib/room/controls';
import { setRecipe } from '@/lib/room/edit';
import { migrateDocument } from '@/lib/room/migrate';
import { ownDataIn } from '@/lib/room/recipe';
import { DocumentError } from '@/lib/room/root';
import { type Content, changedPaths, keysOf, type Path, readDocument, seedDocument } from '@/lib/room/roots';
import { say } from '@/lib/text/sentence';
import { Refused } from '../refused';

/** A new playground's document as its first Yjs update. @param recipe the default one if `null`. */
export function firstUpdate(recipe: Recipe | null = null): Uint8Array {
  const doc = new Y.Doc();
  seedDocument(doc);
  if (recipe) setRecipe(doc, recipe, null);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** The maps and arrays that the server created, by path. Edits may fill them but not replace them. */
function containersOf(doc: Y.Doc): ReadonlyMap<string, unknown> {
  const models = [...doc.getMap('recipe')].filter(([, value]) => value instanceof Y.Map);
  const containers = models.flatMap(([model, settings]): [string, unknown][] => {
    const arrays = [...(settings as Y.Map<unknown>)].filter(([, value]) => value instanceof Y.Array);
    return [
      [model, settings],
      ...arrays.map(([key, value]): [string, unknown] => [`${model}/${key}`, value]),
    ];
  });
  return new Map(containers);
}

/** What an update brought that is new, and the paths that it has changed. */
export interface Change {
  readonly update: Uint8Array;
  readonly paths: readonly Path[];
}

/** A playground's document in memory, always equal to its log of updates. */
export class LoadedDocument {
  readonly doc = new Y.Doc();
  /** Updates in the log since the last compaction. */
  updates: number;
  /** The document as read and checked after the last change. */
  content: Content;
  /** The update that migrated a document of an earlier schema; it must be stored before any edit. */
  readonly migration: Uint8Array | null;
  private readonly containers: ReadonlyMap<string, unknown>;
  /** An upper bound of the encoded document's bytes. */
  private bytes: number;

  /** @throws DocumentError if the updates don't make a whole, valid document. */
  constructor(updates: readonly Uint8Array[]) {
    for (const update of updates) Y.applyUpdate(this.doc, update);
    this.checkComplete();
    const stored = Y.encodeStateVector(this.doc);
    this.migration = migrateDocument(this.doc) ? this.encode(stored) : null;
    this.content = readDocument(this.doc);
    this.containers = containersOf(this.doc);
    this.updates = updates.length;
    this.bytes = this.encode().length;
  }

  /**
   * Applies an update that `checkUpdate` let pass.
   * @returns what was new in it and what it has changed, or `null` if nothing was new.
   * @throws Refused if the document isn't valid any more; then it must be dropped and loaded anew.
   */
  apply(update: Uint8Array): Change | null {
    return this.change(() => Y.applyUpdate(this.doc, update));
  }

  /** Sets a control; as `apply`. `null` where it has that value already. */
  set(control: string, value: ControlValue): Change | null {
    return this.change(() => setControl(this.doc, control, value, null));
  }

  private change(act: () => void): Change | null {
    let change: Change | null = null;
    const listen = (update: Uint8Array, _: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      change = { update, paths: changedPaths(transaction) };
    };
    this.doc.on('update', listen);
    try {
      act();
      this.checkComplete();
      if (change) this.take(change);
    } catch (error) {
      if (error instanceof DocumentError) throw new Refused('invalid-edit', error.sentence);
      throw error;
    } finally {
      this.doc.off('update', listen);
    }
    return change;
  }

  private take({ update, paths }: Change): void {
    const keys = keysOf(paths);
    this.content = readDocument(this.doc, this.content, keys);
    for (const [root, ...place] of paths) if (root === 'recipe') this.checkContainer(place);
    this.checkSize(update.length);
    this.updates += 1;
  }

  /** The whole document, or what `stateVector` lacks. */
  encode(stateVector?: Uint8Array): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Y.encodeStateAsUpdate(this.doc, stateVector));
  }

  /** Data sets of people's own that the document names, with the models that learn from them. */
  ownData(): ReturnType<typeof ownDataIn> {
    return ownDataIn(this.doc);
  }

  stateVector(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Y.encodeStateVector(this.doc));
  }

  /** The clock of a client: how many of its edits are known. */
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

  /** @param path below `recipe` at which something has changed. @throws Refused if a container was replaced. */
  private checkContainer([model = '', key]: readonly string[]): void {
    const settings = this.doc.getMap('recipe').get(model);
    const now = key === undefined || !(settings instanceof Y.Map) ? settings : settings.get(key);
    const seeded = this.containers.get(key === undefined ? model : `${model}/${key}`);
    if (seeded !== undefined && seeded !== now)
      throw new Refused('invalid-edit', 'The edit replaces a part of the document that must stay');
  }

  private checkSize(added: number): void {
    this.bytes += added;
    if (this.bytes > limits.documentBytes) this.bytes = this.encode().length;
    if (this.bytes > limits.documentBytes)
      throw new Refused(
        'too-large',
        say("A playground's document has at most {most} bytes", { most: limits.documentBytes }),
      );
  }
}
