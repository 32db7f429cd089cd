import { useMemo } from 'react';
import * as Y from 'yjs';
import type { ModelId } from '@/lib/catalog/models';
import type { Attempt } from '@/lib/concepts/cards';
import { setValues } from '@/lib/room/edit';
import { useRoom } from './context';

/** What a concept's card asks for: values of `model` that are set for all, as one undo step, and views made large. */
export function useAttempts(model: ModelId) {
  const room = useRoom();
  return useMemo(() => {
    const { document, wantedView } = room;
    const isSet = ({ values }: Attempt): boolean =>
      document.read((doc) => {
        const recipe = doc.getMap('recipe');
        const present = recipe.get(model);
        if (!values || recipe.get('model') !== model || !(present instanceof Y.Map)) return false;
        return Object.entries(values).every(([key, value]) => present.get(key) === value);
      }) ?? false;
    const onTry = ({ values, view }: Attempt): void => {
      if (view) wantedView.set(view);
      if (!values) return;
      document.closeUndoStep();
      document.edit((doc, origin) => setValues(doc, model, values, origin));
      document.closeUndoStep();
    };
    return { isSet, onTry, subscribe: document.subscribe };
  }, [room, model]);
}
