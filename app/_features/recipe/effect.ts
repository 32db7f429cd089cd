import { usePresentRun } from '@/app/_hooks/context';
import { useModel } from '@/app/_hooks/recipe';
import type { Recipe } from '@/lib/catalog/models';
import type { Parameter } from '@/lib/catalog/parameters';
import type { RunView } from '@/lib/protocol/messages';
import type { PlainMessage } from '@/lib/text/keys';

/** A control's note on when its value takes effect; `pending`: it differs from the run's value. */
export interface EffectNote {
  readonly text: PlainMessage;
  readonly pending: boolean;
}

/** The value that a run was started with, of `model`, `dataset` or a parameter. */
function usedBy(recipe: Recipe, key: string): unknown {
  if (key === 'model') return recipe.model;
  if (key === 'dataset') return recipe.dataset;
  return Object.entries(recipe.values).find(([each]) => each === key)?.[1];
}

/** The note of a control beside the playground's run; `null` for none. */
export function useEffectNote(
  key: string,
  effect: Parameter['effect'],
  value: string | number | readonly number[] | undefined,
): EffectNote | null {
  const run = usePresentRun();
  const model = useModel();
  if (!run || value === undefined) return null;
  const { recipe } = run.spec;
  // Of another model's controls only the choice of the model has something to say.
  if (recipe.model !== model && key !== 'model') return null;
  const differs = JSON.stringify(usedBy(recipe, key)) !== JSON.stringify(value);
  if (key === 'epochs' && run.status.state === 'finished' && run.weights !== null && !run.isApart)
    return { text: 'raise them to go on', pending: false };
  if (effect === 'live' && !run.isApart) return goesOn(run) ? { text: 'acts at once', pending: false } : null;
  return differs ? { text: 'takes effect with the next run', pending: true } : null;
}

const goesOn = ({ status }: RunView): boolean =>
  ['queued', 'starting', 'training', 'paused'].includes(status.state);

/** Whether a run of the present model goes on, so that only live parameters take effect. */
export function useIsFrozen(): boolean {
  const run = usePresentRun();
  const model = useModel();
  return run !== null && goesOn(run) && run.spec.recipe.model === model;
}
