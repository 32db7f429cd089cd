import { useEffect, useState } from 'react';
import { prefersReducedMotion } from '@/app/_view/animation';

/** Characters a second: about as fast as one can follow. */
const RATE = 90;

/**
 * How many of `available` characters of a text are shown: from `from` on one after the other, at a steady pace;
 * with reduced motion all at once. `key` names the text: another one begins anew.
 */
export function useReveal(key: unknown, available: number, from = 0): number {
  const [state, setState] = useState({ key, count: from });
  if (state.key !== key) setState({ key, count: from });
  const count = state.key === key ? state.count : from;
  const isBehind = count < available && !prefersReducedMotion();
  useEffect(() => {
    if (!isBehind) return;
    let last = performance.now();
    let due = 0;
    let frame = 0;
    const advance = (now: number) => {
      // A hidden tab gets no frames; what it missed isn't made up for in one leap.
      due += (Math.min(now - last, 100) * RATE) / 1000;
      last = now;
      const whole = Math.floor(due);
      due -= whole;
      if (whole > 0)
        setState((before) =>
          before.key === key ? { key, count: Math.min(available, before.count + whole) } : before,
        );
      frame = requestAnimationFrame(advance);
    };
    frame = requestAnimationFrame(advance);
    return () => cancelAnimationFrame(frame);
  }, [isBehind, key, available]);
  return prefersReducedMotion() ? available : Math.min(count, available);
}
