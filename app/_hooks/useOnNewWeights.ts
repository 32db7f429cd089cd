import { useEffect } from 'react';
import { useFrameStore } from './context';

/** Milliseconds between two calls: each question to the model costs the training some time. */
const PERIOD_MS = 1000;

/** Calls `refresh`, at most once a second, when the run shows something new: its weights have changed. @param refresh a stable function; `null` for nothing. */
export function useOnNewWeights(refresh: (() => void) | null): void {
  const frames = useFrameStore();
  useEffect(() => {
    if (!refresh) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, PERIOD_MS);
    };
    const ends = [frames.newest.images.subscribe(soon), frames.newest.text.subscribe(soon)];
    return () => {
      for (const end of ends) end();
      clearTimeout(timer);
    };
  }, [frames, refresh]);
}
