import { useEffect } from 'react';
import { useFrameStore } from '@/app/_hooks/context';

/** Milliseconds between two looks: everyone who looks costs the training some time. */
const LOOK_MS = 1000;

/** Calls `look`, which must stay the same (`null`: nobody looks), when the run shows something new, at most once a second: its weights have changed. */
export function useLook(look: (() => void) | null): void {
  const frames = useFrameStore();
  useEffect(() => {
    if (!look) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        look();
      }, LOOK_MS);
    };
    const ends = [frames.newest.images.subscribe(soon), frames.newest.text.subscribe(soon)];
    return () => {
      for (const end of ends) end();
      clearTimeout(timer);
    };
  }, [frames, look]);
}
