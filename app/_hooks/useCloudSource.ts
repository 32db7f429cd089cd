import { useCallback, useSyncExternalStore } from 'react';
import { type SourceId, sourcesOf } from '@/lib/catalog/sources';
import { useFrameStore, useRun } from './context';

/** What the points that are shown were made from; before the first, the model's first source. */
export function useCloudSource(): SourceId {
  const frames = useFrameStore();
  const model = useRun()?.spec.recipe.model ?? 'autoencoder';
  const subscribe = useCallback((listener: () => void) => frames.subscribe('points', listener), [frames]);
  const read = () => frames.get('points')?.source ?? sourcesOf[model][0];
  return useSyncExternalStore(subscribe, read, () => sourcesOf[model][0]);
}
