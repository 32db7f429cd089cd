import { useMemo } from 'react';
import * as Y from 'yjs';
import type { ModelId } from '@/lib/catalog/models';
import type { ProjectionKey } from '@/lib/catalog/projections';
import type { Attempt } from '@/lib/concepts/cards';
import { setProjection, setValues } from '@/lib/room/edit';
import { useRoom } from './context';

/**
 * Carries out the attempts of concept cards: sets values of `model` for all in one undo step, and makes views
 * large.
 */
export function useAttempts(model: ModelId) {
  const room = useRoom();
  return useMemo(() => {
    const { document, wantedView } = room;
    const isSet = ({ values, projection }: Attempt): boolean =>
      document.read((doc) => {
        const settings = { method: 'pca', ...doc.getMap('projection').toJSON() } as Record<string, unknown>;
        if (projection) return Object.entries(projection).every(([key, value]) => settings[key] === value);
        const recipe = doc.getMap('recipe');
        const present = recipe.get(model);
        if (!values || recipe.get('model') !== model || !(present instanceof Y.Map)) return false;
        return Object.entries(values).every(([key, value]) => present.get(key) === value);
      }) ?? false;
    const onTry = ({ values, projection, view }: Attempt): void => {
      if (view) wantedView.set(view);
      if (!values && !projection) return;
      document.closeUndoStep();
      document.edit((doc, origin) => {
        if (values) setValues(doc, model, values, origin);
        for (const [key, value] of Object.entries(projection ?? {}))
          setProjection(doc, key as ProjectionKey, value, origin);
      });
      document.closeUndoStep();
    };
    return { isSet, onTry, subscribe: document.subscribe };
  }, [room, model]);
}
