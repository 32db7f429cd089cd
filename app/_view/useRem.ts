import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  addEventListener('resize', listener);
  document.addEventListener('fullscreenchange', listener);
  return () => {
    removeEventListener('resize', listener);
    document.removeEventListener('fullscreenchange', listener);
  };
}

/** CSS pixels of a rem, which grows with the screen; for what isn't laid out by style sheets. */
export function useRem(): number {
  return useSyncExternalStore(
    subscribe,
    () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    () => 16,
  );
}
