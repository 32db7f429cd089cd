export interface OnDemand {
  /** Asks for a frame; asking again before it comes changes nothing. */
  request(): void;
  stop(): void;
}

/** Draws in animation frames, only when asked. `draw` returns whether another frame must follow. */
export function onDemand(draw: (now: number) => boolean): OnDemand {
  let frame: number | null = null;
  const run = (now: number) => {
    frame = null;
    if (draw(now)) request();
  };
  const request = () => {
    frame ??= requestAnimationFrame(run);
  };
  const stop = () => {
    if (frame !== null) cancelAnimationFrame(frame);
    frame = null;
  };
  return { request, stop };
}

export function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
