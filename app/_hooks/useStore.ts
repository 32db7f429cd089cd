import { useSyncExternalStore } from 'react';
import type { Store } from '@/app/_room/store';

/** The store's value; the component renders again only when it changes. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}
