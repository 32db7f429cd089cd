import { useCallback, useState } from 'react';
import { Asker, type RequestOf, type ResultOf, type SampleKind } from '@/app/_room/sampling';
import type { Sampler } from '@/lib/protocol/sampling';
import { useRoom, useRun } from './context';
import { useStore } from './useStore';

/**
 * Asks the playground's model, or its generator, for samples: the newest question's state, and the function
 * that asks.
 */
export function useAsker<Kind extends SampleKind>(sampler: Sampler = 'run') {
  const room = useRoom();
  const [asker] = useState(
    () => new Asker<RequestOf<Kind>, ResultOf<Kind>>((request) => room.sample(request, sampler)),
  );
  const ask = useCallback((request: RequestOf<Kind>) => asker.ask(request), [asker]);
  return [useStore(asker.state), ask] as const;
}

/** Whether there are weights to ask: the run has begun, and may have ended; a generator always has them. */
export function useHasWeights(sampler: Sampler = 'run'): boolean {
  const state = useRun()?.status.state;
  if (sampler === 'generator') return true;
  return state !== undefined && state !== 'queued' && state !== 'starting';
}
