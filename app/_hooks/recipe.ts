import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import * as Y from 'yjs';
import type { Edit } from '@/app/_room/document';
import { defaultModel, type ModelId, modelIds, type Recipe } from '@/lib/catalog/models';
import type { Person } from '@/lib/protocol/messages';
import { recipeFrom } from '@/lib/room/recipe';
import { DocumentError } from '@/lib/room/root';
import { usePeople, useRoom } from './context';

/** Milliseconds after the last key that a typed-in control stays held. */
const TYPING_MS = 1500;

/** A part of the document as a plain string or number, so that only its own changes render. */
export function useShared<T extends string | number | boolean>(select: (doc: Y.Doc) => T): T | undefined {
  const { document } = useRoom();
  const read = () => document.read(select);
  return useSyncExternalStore(document.subscribe, read, read);
}

export function useTitle(): string | undefined {
  return useShared((doc) => String(doc.getMap('meta').get('title')));
}

/** What the present model learns from. */
export function useDataset(): string | undefined {
  const model = useModel();
  return useShared((doc) => String(valueIn(doc, model, 'dataset')));
}

/** The present model with its data set and values; `null` while the document isn't there or isn't whole. */
export function useRecipe(): Recipe | null {
  const model = useModel();
  const text = useShared((doc) => JSON.stringify(doc.getMap('recipe').get(model)));
  return useMemo(() => {
    try {
      return text === undefined ? null : recipeFrom(model, JSON.parse(text));
    } catch (error) {
      // Two people may have removed the last two layers at once; the server settles it.
      if (error instanceof DocumentError) return null;
      throw error;
    }
  }, [model, text]);
}

export function useModel(): ModelId {
  const model = useShared((doc) => String(doc.getMap('recipe').get('model')));
  return modelIds.find((id) => id === model) ?? defaultModel;
}

function valueIn(doc: Y.Doc, model: ModelId, key: string): unknown {
  const values = doc.getMap('recipe').get(model);
  return values instanceof Y.Map ? values.get(key) : undefined;
}

/** The value of a number or choice; `undefined` until the document is there. */
export function useValue(key: string): number | string | undefined {
  const model = useModel();
  return useShared((doc) => {
    const value = valueIn(doc, model, key);
    return typeof value === 'number' || typeof value === 'string' ? value : '';
  });
}

/** The widths of a layers parameter; the same array as long as they stay the same. */
export function useLayers(key: string): readonly number[] | undefined {
  const model = useModel();
  const text = useShared((doc) => {
    const layers = valueIn(doc, model, key);
    return layers instanceof Y.Array ? layers.map((each: Y.Map<number>) => each.get('units')).join() : '';
  });
  if (text === undefined) return undefined;
  return text === '' ? [] : text.split(',').map(Number);
}

/** Undo and redo of this person's own edits, and whether there is something to take back. */
export function useUndo() {
  const { document } = useRoom();
  const canUndo = useDocumentFlag(() => document.canUndo());
  const canRedo = useDocumentFlag(() => document.canRedo());
  return { canUndo, canRedo, undo: () => document.undo(), redo: () => document.redo() };
}

function useDocumentFlag(read: () => boolean): boolean {
  const { document } = useRoom();
  return useSyncExternalStore(document.subscribe, read, read);
}

/** Somebody else who holds a control at this moment. */
export function useHolder(key: string): Person | null {
  const { presence, you } = useRoom();
  const read = () => presence.holderOf(key);
  const holder = useSyncExternalStore(presence.onHold, read, read);
  const people = usePeople();
  if (holder === null || holder === you.get()?.client) return null;
  return people.find((person) => person.client === holder) ?? null;
}

/** Takes and returns the lease of a control. From taking it to letting go is one undo step. */
export function useHold(key: string) {
  const { presence, document } = useRoom();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = useCallback(() => {
    clearTimeout(timer.current);
    if (presence.release(key)) document.closeUndoStep();
  }, [presence, document, key]);
  const take = useCallback(() => {
    clearTimeout(timer.current);
    if (presence.hold(key)) document.closeUndoStep();
  }, [presence, document, key]);
  /** Holds while somebody types, and a moment longer. */
  const touch = useCallback(() => {
    take();
    timer.current = setTimeout(release, TYPING_MS);
  }, [take, release]);
  /** A change at once: an undo step of its own, even while the control is held for typing. */
  const change = useCallback(
    (edit: Edit) => {
      document.closeUndoStep();
      take();
      document.edit(edit);
      release();
    },
    [document, take, release],
  );
  useEffect(() => release, [release]);
  return { take, touch, release, change };
}
