import { useMemo } from 'react';
import {
  defaultProjection,
  type ProjectionKey,
  type ProjectionSettings,
  projectionSchema,
} from '@/lib/catalog/projections';
import { setProjection } from '@/lib/room/edit';
import { useHold, useHolder, useShared } from './recipe';

/** How the room has codings become points; the catalog's defaults until the document is there. */
export function useProjection(): ProjectionSettings {
  const text = useShared((doc) => JSON.stringify(doc.getMap('projection').toJSON()));
  return useMemo(() => {
    const parsed = projectionSchema.safeParse({ ...defaultProjection, ...JSON.parse(text ?? '{}') });
    return parsed.success ? parsed.data : defaultProjection;
  }, [text]);
}

/** One of its settings: who holds it, and how it is changed for all. */
export function useProjectionSetting(key: ProjectionKey) {
  const control = `projection/${key}`;
  const holder = useHolder(control);
  const hold = useHold(control);
  return {
    holder,
    change: (value: number | string) => hold.change((doc, origin) => setProjection(doc, key, value, origin)),
  };
}
