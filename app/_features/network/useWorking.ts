import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLog, useRun } from '@/app/_hooks/context';
import { prefersReducedMotion } from '@/app/_view/animation';
import type { Network } from '@/lib/runs/status';

/** Which part of a network works: nothing, the data being loaded, all of it, or one side of two. */
export type Working = 'nothing' | 'data' | 'all' | 'real' | 'generated';

/** Milliseconds that each side of two stays lit: a step takes its turns far faster than anyone could see. */
const TURN_MS = 1800;
/** Milliseconds that what took a step by hand stays lit. */
const STEP_MS = 1500;

const sides: Readonly<Record<Network, Working>> = { generator: 'generated', discriminator: 'real' };

const subscribeToMotion = (listener: () => void) => {
  const query = matchMedia('(prefers-reduced-motion: reduce)');
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** What works now, from the run's state; while two networks train, their turns in slow motion. */
export function useWorking(hasTwoSides: boolean): Working {
  const state = useRun()?.status.state;
  const still = useSyncExternalStore(subscribeToMotion, prefersReducedMotion, () => true);
  const stepped = useStepped(state === 'paused' || state === 'finished');
  const [turn, setTurn] = useState<'real' | 'generated'>('real');
  const takesTurns = state === 'training' && hasTwoSides && !still;
  useEffect(() => {
    if (!takesTurns) return;
    const timer = setInterval(() => setTurn((now) => (now === 'real' ? 'generated' : 'real')), TURN_MS);
    return () => clearInterval(timer);
  }, [takesTurns]);
  if (state === 'starting') return 'data';
  if (state !== 'training') return stepped;
  return takesTurns ? turn : 'all';
}

/** The part that has just taken a step by hand: all, or one network. @param isDone whether the step is complete. */
function useStepped(isDone: boolean): Working {
  const last = useLog().findLast(({ what }) => what.kind === 'command' && what.command === 'step');
  const id = last?.id ?? 0;
  const [shown, setShown] = useState(id);
  const isNew = isDone && id > shown;
  useEffect(() => {
    if (!isNew) return;
    const timer = setTimeout(() => setShown(id), STEP_MS);
    return () => clearTimeout(timer);
  }, [isNew, id]);
  if (!isNew || last?.what.kind !== 'command') return 'nothing';
  return last.what.network ? sides[last.what.network] : 'all';
}
