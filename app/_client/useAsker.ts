import { useCallback, useState } from 'react';
import { useRoom, useRun, useStore } from './context';
import { Asker, type RequestOf, type ResultOf, type SampleKind } from './sampling';

/** Questions to the playground's model, newest first: what has come of them, and the function that asks. */
export function useAsker<Kind extends SampleKind>() {
  const room = useRoom();
  const [asker] = useState(
    () => new Asker<RequestOf<Kind>, ResultOf<Kind>>((request) => room.sample(request)),
  );
  const ask = useCallback((request: RequestOf<Kind>) => asker.ask(request), [asker]);
  return [useStore(asker.state), ask] as const;
}

/** Whether the run has weights to ask: it has begun, and may have ended. */
export function useHasWeights(): boolean {
  const state = useRun()?.status.state;
  return state !== undefined && state !== 'queued' && state !== 'starting';
}
