import { useMemo } from 'react';
import * as Y from 'yjs';
import type { ModelId } from '@/lib/catalog/models';
import type { Attempt } from '@/lib/concepts/cards';
import { setProjection, setValues } from '@/lib/room/edit';
import { useRoom } from './context';

/** What a concept's card asks for: values of `model` that are set for all, as one undo step, and views made large. */
export function useAttempts(model: ModelId) {
  const room = useRoom();
  return useMemo(() => {
    const { document, wantedView } = room;
    const isSet = ({ values, method }: Attempt): boolean =>
      document.read((doc) => {
        if (method) return (doc.getMap('projection').get('method') ?? 'pca') === method;
        const recipe = doc.getMap('recipe');
        const present = recipe.get(model);
        if (!values || recipe.get('model') !== model || !(present instanceof Y.Map)) return false;
        return Object.entries(values).every(([key, value]) => present.get(key) === value);
      }) ?? false;
    const onTry = ({ values, method, view }: Attempt): void => {
      if (view) wantedView.set(view);
      if (!values && !method) return;
      document.closeUndoStep();
      document.edit((doc, origin) => {
        if (values) setValues(doc, model, values, origin);
        if (method) setProjection(doc, 'method', method, origin);
      });
      document.closeUndoStep();
    };
    return { isSet, onTry, subscribe: document.subscribe };
  }, [room, model]);
}
