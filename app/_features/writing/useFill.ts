import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { fittingSize } from './fill';

/** Pixels of the smallest letters. */
const LEAST = 14;
/** Letters grow again only where they can by this factor: texts that follow one another shouldn't make them tremble. */
const WORTH = 1.2;

function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

const useIsFullScreen = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => document.fullscreenElement !== null,
    () => false,
  );

/** Width of what a page stands in, and its own height, in pixels; `null` where letters don't grow. */
function useBox(page: RefObject<HTMLElement | null>): { width: number; height: number } | null {
  const isFull = useIsFullScreen();
  const [box, setBox] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    const element = page.current;
    const around = element?.parentElement;
    if (!isFull || !element || !around) return setBox(null);
    const measure = () => {
      const [width, height] = [around.clientWidth, element.clientHeight];
      setBox((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(around);
    observer.observe(element);
    return () => observer.disconnect();
  }, [page, isFull]);
  return box;
}

/** In full screen, the size of letters at which a text fills its page; `undefined` elsewhere. */
export function useFill(page: RefObject<HTMLElement | null>, text: string): number | undefined {
  const box = useBox(page);
  const last = useRef<{ box: typeof box; size: number }>({ box: null, size: 0 });
  if (!box || text === '') return undefined;
  const fitting = fittingSize(text, box.width, box.height, LEAST);
  const { size } = last.current;
  const isKept = last.current.box === box && fitting >= size && fitting < WORTH * size;
  last.current = { box, size: isKept ? size : fitting };
  return last.current.size;
}
