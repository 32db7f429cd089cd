import { useMemo } from 'react';
import {
  defaultProjection,
  type ProjectionKey,
  type ProjectionSettings,
  projectionSchema,
} from '@/lib/catalog/projections';
import { setProjection } from '@/lib/room/edit';
import { controls, useControl } from './control';
import { useShared } from './recipe';

/** The room's projection settings; the catalog's defaults until the document is there. */
export function useProjection(): ProjectionSettings {
  const text = useShared((read) => JSON.stringify(read('projection')));
  return useMemo(() => {
    const parsed = projectionSchema.safeParse({ ...defaultProjection, ...JSON.parse(text ?? '{}') });
    return parsed.success ? parsed.data : defaultProjection;
  }, [text]);
}

/** One of these settings, who holds it, and a function that changes it for all. */
export function useProjectionSetting(key: ProjectionKey) {
  const { holder, change } = useControl(controls.projection(key));
  return {
    holder,
    change: (value: string) => change((doc, origin) => setProjection(doc, key, value, origin)),
  };
}
