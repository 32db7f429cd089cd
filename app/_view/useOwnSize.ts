import { type CSSProperties, useSyncExternalStore } from 'react';
import { USUAL_SIZE } from './pixels';

function subscribe(listener: () => void): () => void {
  addEventListener('resize', listener);
  return () => removeEventListener('resize', listener);
}

/**
 * `--own`: CSS pixels of a picture whose pixels are the screen's, so that style sheets can show whole multiples of it.
 * @param batch whose width counts; the usual one until there is one.
 */
export function useOwnSize(batch: { readonly width: number } | null): CSSProperties {
  const ratio = useSyncExternalStore(
    subscribe,
    () => devicePixelRatio,
    () => 1,
  );
  return { '--own': `${(batch?.width ?? USUAL_SIZE) / ratio}px` } as CSSProperties;
}
