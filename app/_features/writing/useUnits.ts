import { useEffect, useMemo } from 'react';
import { useAsker, useHasWeights } from '@/app/_hooks/useAsker';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import type { RequestOf, ResultOf } from '@/app/_room/sampling';
import { limits } from '@/lib/protocol/limits';
import type { Source } from './UnitSettings';
import { rankUnits } from './unitScores';

/** The text that is read, as a request; `null` while there is none. */
export function useReading(source: Source, own: string): Omit<RequestOf<'activations'>, 'layer'> | null {
  const written = useSnapshot('text')?.passages[0]?.text ?? '';
  return useMemo(() => {
    if (source === 'data') return { kind: 'activations' };
    const text = source === 'sample' ? written : own;
    return text === '' ? null : { kind: 'activations', text: cutTo(text) };
  }, [source, own, written]);
}

/** Activations of a layer over the chosen text, anew whenever the model has written. */
export function useActivations(reading: ReturnType<typeof useReading>, layer: number) {
  const [asked, ask] = useAsker<'activations'>();
  const hasWeights = useHasWeights();
  const step = useSnapshot('text')?.step;
  useEffect(() => {
    // Every text that the model writes tells that it has learned something.
    if (hasWeights && step !== undefined && reading) ask({ ...reading, layer });
  }, [ask, hasWeights, step, reading, layer]);
  return asked;
}

/** The layer and unit that follow the place in the line best, of all layers. */
export async function lineCounter(
  ask: (layer: number) => Promise<ResultOf<'activations'>>,
  layers: number,
): Promise<{ layer: number; unit: number }> {
  let best = { layer: 0, unit: 0, score: 0 };
  for (let layer = 0; layer < layers; layer++) {
    const result = await ask(layer);
    const [first] = rankUnits(activationsOf(result), 'line', result.text);
    if (first && Math.abs(first.score) > best.score)
      best = { layer, unit: first.unit, score: Math.abs(first.score) };
  }
  return best;
}

export const activationsOf = ({ units, activations }: ResultOf<'activations'>) => ({
  units,
  values: new Int8Array(activations.slice().buffer),
});

const cutTo = (text: string): string => [...text].slice(0, limits.activationCharacters / 2).join('');
