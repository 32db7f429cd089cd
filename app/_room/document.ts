import * as Y from 'yjs';
import { rootNames, roots } from '@/lib/room/roots';
import { createSignal, createStore } from './store';

/** Origin of transactions that came from the server: never sent back, never undone here. */
const REMOTE = Symbol('remote');

/** A change of the document, in one transaction with the given origin. */
export type Edit = (doc: Y.Doc, origin: unknown) => void;

/**
 * The playground's shared document on this page, with this person's undo history. After a refused edit
 * `clear` starts over from an empty document, so holders of a `Y.Doc` must ask for it anew.
 */
export class SharedDocument {
  /** Whether the server's state is in; before, there is nothing to read or edit. */
  readonly ready = createStore(false);
  private readonly changed = createSignal();
  private doc = new Y.Doc();
  private undoManager = this.trackUndo();

  /** @param send receives every update made on this page. */
  constructor(private readonly send: (update: Uint8Array) => void) {
    this.listen();
  }

  readonly subscribe = this.changed.subscribe;

  /** Reads a part of the document; `undefined` until it is there. */
  read<T>(select: (doc: Y.Doc) => T): T | undefined {
    return this.ready.get() ? select(this.doc) : undefined;
  }

  /** Changes the document with this page as the origin. Does nothing until the document is there. */
  edit(change: Edit): void {
    if (this.ready.get()) change(this.doc, this);
  }

  /** Ends the present undo step: edits from here on are taken back separately. */
  closeUndoStep(): void {
    this.undoManager.stopCapturing();
  }

  undo(): void {
    this.undoManager.undo();
    this.closeUndoStep();
  }

  redo(): void {
    this.undoManager.redo();
    this.closeUndoStep();
  }

  canUndo(): boolean {
    return this.undoManager.canUndo();
  }

  canRedo(): boolean {
    return this.undoManager.canRedo();
  }

  get client(): number {
    return this.doc.clientID;
  }

  stateVector(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Y.encodeStateVector(this.doc));
  }

  /** Takes the server's state in, and writes as `client` from now on. */
  join(client: number, update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, REMOTE);
    // After the update: Yjs takes another id as soon as it hears of edits under its own.
    this.doc.clientID = client;
    this.ready.set(true);
    this.changed.notify();
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, REMOTE);
  }

  /** What a server with `stateVector` lacks, as one update. */
  missing(stateVector: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, stateVector);
  }

  /** Forgets everything, the undo history too. */
  clear(): void {
    this.undoManager.destroy();
    this.doc.destroy();
    this.doc = new Y.Doc();
    this.undoManager = this.trackUndo();
    this.listen();
    this.ready.set(false);
    this.changed.notify();
  }

  private listen(): void {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE) this.send(update);
    });
    this.doc.on('afterTransaction', this.changed.notify);
  }

  private trackUndo(): Y.UndoManager {
    const undoable = rootNames.filter((name) => roots[name].isUndoable).map((name) => this.doc.getMap(name));
    const manager = new Y.UndoManager(undoable, {
      trackedOrigins: new Set([this]),
      // Steps end where a gesture ends (closeUndoStep), however long it takes.
      captureTimeout: Number.POSITIVE_INFINITY,
    });
    manager.on('stack-item-added', this.changed.notify);
    manager.on('stack-item-popped', this.changed.notify);
    return manager;
  }
}
