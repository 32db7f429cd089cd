import { useEffect } from 'react';
import type { Playback } from '@/app/_hooks/path';
import { onDemand } from '@/app/_view/animation';

/** Draws where the playhead is: once where it stands, in each of the browser's frames while it moves. */
export function useGliding({ position, isPlaying }: Playback, draw: (position: number) => void): void {
  useEffect(() => {
    draw(position());
    if (!isPlaying) return;
    const gliding = onDemand(() => {
      draw(position());
      return true;
    });
    gliding.request();
    return gliding.stop;
  });
}
