import { useMemo, useSyncExternalStore } from 'react';
import type { ReadRoot } from '@/app/_room/shared';
import { defaultModel, type ModelId, modelIds, type Recipe } from '@/lib/catalog/models';
import { recipeFrom } from '@/lib/room/recipe';
import { DocumentError, type RootJson } from '@/lib/room/root';
import { useRoom } from './context';

/** A plain value read from the shared document; the component renders again only when it changes. */
export function useShared<T extends string | number | boolean>(select: (read: ReadRoot) => T): T | undefined {
  const { shared } = useRoom();
  const read = () => shared.read(select);
  return useSyncExternalStore(shared.subscribe, read, read);
}

export function useTitle(): string | undefined {
  return useShared((read) => String(read('meta').title));
}

/** The id of the present model's data set. */
export function useDataset(): string | undefined {
  const model = useModel();
  return useShared((read) => String(valueIn(read, model, 'dataset')));
}

/** The present model with its data set and values; `null` while the document isn't there or isn't whole. */
export function useRecipe(): Recipe | null {
  const model = useModel();
  const text = useShared((read) => JSON.stringify(read('recipe')[model]));
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
  const model = useShared((read) => String(read('recipe').model));
  return modelIds.find((id) => id === model) ?? defaultModel;
}

function valueIn(read: ReadRoot, model: ModelId, key: string): unknown {
  return (read('recipe')[model] as RootJson | undefined)?.[key];
}

/** The value of a number or choice; `undefined` until the document is there. */
export function useValue(key: string): number | string | undefined {
  const model = useModel();
  return useShared((read) => {
    const value = valueIn(read, model, key);
    return typeof value === 'number' || typeof value === 'string' ? value : '';
  });
}

/** The widths of a layers parameter; the same array as long as they stay the same. */
export function useLayers(key: string): readonly number[] | undefined {
  const model = useModel();
  const text = useShared((read) => {
    const layers = valueIn(read, model, key);
    return Array.isArray(layers) ? layers.map(({ units }) => units).join() : '';
  });
  if (text === undefined) return undefined;
  return text === '' ? [] : text.split(',').map(Number);
}

/** Undo and redo of this person's own edits, and whether there is anything to undo or redo. */
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
