import { useEffect, useState, useSyncExternalStore } from 'react';
import { useRun } from '../_client/context';
import { prefersReducedMotion } from './animation';

/** Which part of a network works: nothing, the data being loaded, all of it, or one side of two. */
export type Working = 'nothing' | 'data' | 'all' | 'real' | 'generated';

/** Milliseconds that each side of two stays lit: a step takes its turns far faster than anyone could see. */
const TURN_MS = 1800;

const subscribeToMotion = (listener: () => void) => {
  const query = matchMedia('(prefers-reduced-motion: reduce)');
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** What works now, from the run's state; while two networks train, their turns in slow motion. */
export function useWorking(hasTwoSides: boolean): Working {
  const state = useRun()?.status.state;
  const still = useSyncExternalStore(subscribeToMotion, prefersReducedMotion, () => true);
  const [turn, setTurn] = useState<'real' | 'generated'>('real');
  const takesTurns = state === 'training' && hasTwoSides && !still;
  useEffect(() => {
    if (!takesTurns) return;
    const timer = setInterval(() => setTurn((now) => (now === 'real' ? 'generated' : 'real')), TURN_MS);
    return () => clearInterval(timer);
  }, [takesTurns]);
  if (state === 'starting') return 'data';
  if (state !== 'training') return 'nothing';
  return takesTurns ? turn : 'all';
}
