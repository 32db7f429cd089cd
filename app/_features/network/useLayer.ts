import { useCallback, useEffect } from 'react';
import { useAsker } from '@/app/_hooks/useAsker';
import { useOnNewWeights } from '@/app/_hooks/useOnNewWeights';
import type { RequestOf, ResultOf } from '@/app/_room/sampling';
import type { Sentence } from '@/lib/text/sentence';

/** A layer of the run's model as pictures, anew as it trains; or why there are none. */
export function useLayer(
  weights: string,
  what: NonNullable<RequestOf<'layer'>['what']>,
): readonly [ResultOf<'layer'> | null, problem: Sentence | null] {
  const [asked, ask] = useAsker<'layer'>();
  const refresh = useCallback(() => ask({ kind: 'layer', weights, what }), [ask, weights, what]);
  useEffect(refresh, [refresh]);
  useOnNewWeights(refresh);
  return [asked.answer?.result ?? null, asked.problem];
}
