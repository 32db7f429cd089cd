import type { Parameter } from '@/lib/catalog/parameters';
import { useRun } from '../_client/context';

/** What a control says about when its value takes effect; `pending`: it differs from the run's own value. */
export interface EffectNote {
  readonly text: string;
  readonly pending: boolean;
}

/** Compares a control with the playground's run; `null` while there is nothing to say. */
export function useEffectNote(
  key: string,
  effect: Parameter['effect'],
  value: string | number | readonly number[] | undefined,
): EffectNote | null {
  const run = useRun();
  if (!run || value === undefined) return null;
  const { recipe } = run.spec;
  const used =
    key === 'dataset' ? recipe.dataset : Object.entries(recipe.values).find(([k]) => k === key)?.[1];
  const differs = JSON.stringify(used) !== JSON.stringify(value);
  const goesOn = ['queued', 'starting', 'training', 'paused'].includes(run.status.state);
  if (effect === 'live') return goesOn ? { text: 'acts at once', pending: false } : null;
  if (differs) return { text: 'takes effect with the next run', pending: true };
  return goesOn ? { text: 'next run only', pending: false } : null;
}
