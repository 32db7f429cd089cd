import { useCallback, useSyncExternalStore } from 'react';
import { defaultModel, modelOf } from '@/lib/catalog/models';
import type { SourceId } from '@/lib/catalog/sources';
import { useFrameStore, useRun } from './context';

/** The source of the points that are shown; before the first ones, the model's first source. */
export function useCloudSource(): SourceId {
  const frames = useFrameStore();
  const model = useRun()?.spec.recipe.model ?? defaultModel;
  const subscribe = useCallback((listener: () => void) => frames.overhear('points', listener), [frames]);
  const read = () => frames.get('points')?.source ?? modelOf(model).sources[0];
  return useSyncExternalStore(subscribe, read, () => modelOf(model).sources[0]);
}
