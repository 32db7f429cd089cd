import * as Y from 'yjs';
import { overlap } from '@/lib/room/controls';
import { changedPaths, rootNames, roots } from '@/lib/room/roots';
import { type History, historyOf, restoreHistory, without } from './rewind';
import { createSignal, createStore } from './store';

/** Origin of transactions that came from the server: never sent back, never undone here. */
const REMOTE = Symbol('remote');

/** A change of the document, in one transaction with the given origin. */
export type Edit = (doc: Y.Doc, origin: unknown) => void;

/** Something that this page's person did to the document: an edit, or Undo or Redo (`null`). */
export interface Step {
  readonly edit: Edit | null;
  readonly updates: Uint8Array[];
  /** What could be taken back before it. */
  readonly before: History;
}

/** The controls that others hold, and what happens to an edit of one of them. */
interface Leases {
  /** The controls that others hold. */
  held(): readonly string[];
  /** @param again makes the refused edit after all. */
  refuse(again: () => void, control: string): void;
}

type StackItem = Y.UndoManager['undoStack'][number];
/** Key under which an undo step notes the paths that it changed. */
const PLACES = 'places';

const placesIn = (transaction: Y.Transaction): string[] =>
  changedPaths(transaction).map((path) => path.join('/'));

/** Keeps what is deleted, so that it can come back. */
const emptyDoc = () => new Y.Doc({ gc: false });

/**
 * The playground's shared document on this page, with this person's undo history. After a refused step
 * `takeBack` replaces it, so holders of a `Y.Doc` must ask for it anew.
 */
export class SharedDocument {
  /** Whether the server's state is in; before, there is nothing to read or edit. */
  readonly ready = createStore(false);
  private readonly changed = createSignal();
  private doc = emptyDoc();
  private undoManager = this.trackUndo();

  /** What is being done. */
  private present: Step | null = null;
  /** Paths that the present transaction has changed. */
  private changes: readonly string[] = [];

  /** @param send receives every update made on this page, and what made it. */
  constructor(
    private readonly send: (update: Uint8Array, step: Step | null) => void,
    private readonly leases: Leases = { held: () => [], refuse: () => {} },
  ) {
    this.listen();
  }

  readonly subscribe = this.changed.subscribe;

  /** Reads a part of the document; `undefined` until it is there. */
  read<T>(select: (doc: Y.Doc) => T): T | undefined {
    return this.ready.get() ? select(this.doc) : undefined;
  }

  /**
   * Changes the document with this page as the origin.
   * @returns whether it did: not before the document is there, and not what somebody else holds.
   */
  edit(change: Edit): boolean {
    if (!this.ready.get()) return false;
    const control = this.leases.held().length > 0 ? this.heldIn(this.placesOf(change)) : undefined;
    if (control !== undefined) {
      this.leases.refuse(() => this.edit(change), control);
      return false;
    }
    this.take(change, () => change(this.doc, this));
    return true;
  }

  /** Ends the present undo step: edits from here on are taken back separately. */
  closeUndoStep(): void {
    this.undoManager.stopCapturing();
  }

  /** Takes back this person's last step, unless it is about what somebody else holds; that waits. */
  undo(): void {
    this.turn(
      this.undoManager.undoStack,
      () => this.undo(),
      () => this.undoManager.undo(),
    );
  }

  redo(): void {
    this.turn(
      this.undoManager.redoStack,
      () => this.redo(),
      () => this.undoManager.redo(),
    );
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

  /** Whether a server with `stateVector` lacks something. */
  isAheadOf(stateVector: Uint8Array): boolean {
    const known = Y.decodeStateVector(stateVector);
    const own = Y.decodeStateVector(this.stateVector());
    return [...own].some(([client, clock]) => clock > (known.get(client) ?? 0));
  }

  /** Takes the last steps back: once the server has spoken, all is as if they had never been made, what can be undone too. */
  takeBack(steps: readonly Step[]): void {
    const [first] = steps;
    const updates = steps.flatMap((step) => step.updates);
    if (first) this.replace(without(this.doc, updates), first.before);
    else this.clear();
  }

  /** Forgets everything, the undo history too. */
  clear(): void {
    this.replace(emptyDoc(), { undo: [], redo: [] });
  }

  private replace(doc: Y.Doc, history: History): void {
    const { client } = this;
    this.ready.set(false);
    this.undoManager.destroy();
    this.doc.destroy();
    this.doc = doc;
    doc.clientID = client;
    this.undoManager = this.trackUndo();
    restoreHistory(this.undoManager, history);
    this.listen();
    this.changed.notify();
  }

  private take(edit: Edit | null, act: () => void): void {
    this.present = { edit, updates: [], before: historyOf(this.undoManager) };
    act();
    this.present = null;
  }

  private turn(stack: readonly StackItem[], again: () => void, act: () => void): void {
    const places: readonly string[] = stack.at(-1)?.meta.get(PLACES) ?? [];
    const control = this.heldIn(places);
    if (control === undefined) this.take(null, act);
    else this.leases.refuse(again, control);
    this.closeUndoStep();
  }

  /** The first control held by somebody else that overlaps one of these paths. */
  private heldIn(places: readonly string[]): string | undefined {
    return this.leases.held().find((control) => places.some((place) => overlap(place, control)));
  }

  /** Paths that an edit would change. */
  private placesOf(change: Edit): readonly string[] {
    const trial = new Y.Doc();
    Y.applyUpdate(trial, Y.encodeStateAsUpdate(this.doc));
    let places: string[] = [];
    trial.on('beforeObserverCalls', (transaction) => {
      places = [...places, ...placesIn(transaction)];
    });
    change(trial, null);
    trial.destroy();
    return places;
  }

  private listen(): void {
    this.doc.on('beforeObserverCalls', (transaction) => {
      if (transaction.origin !== REMOTE) this.changes = placesIn(transaction);
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === REMOTE) return;
      this.present?.updates.push(update);
      this.send(update, this.present);
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
    const keep = ({ stackItem }: { stackItem: StackItem }) => {
      stackItem.meta.set(PLACES, [...(stackItem.meta.get(PLACES) ?? []), ...this.changes]);
    };
    manager.on('stack-item-added', keep);
    manager.on('stack-item-updated', keep);
    manager.on('stack-item-added', this.changed.notify);
    manager.on('stack-item-popped', this.changed.notify);
    return manager;
  }
}
