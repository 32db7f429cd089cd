import { usePresentRun } from '@/app/_hooks/context';
import { useModel } from '@/app/_hooks/recipe';
import type { Recipe } from '@/lib/catalog/models';
import type { Parameter } from '@/lib/catalog/parameters';
import type { RunView } from '@/lib/protocol/messages';
import type { PlainMessage } from '@/lib/text/keys';

/** What a control says about when its value takes effect; `pending`: it differs from the run's own value. */
export interface EffectNote {
  readonly text: PlainMessage;
  readonly pending: boolean;
}

/** What a run was started with: `model`, `dataset` or a hyperparameter. */
function usedBy(recipe: Recipe, key: string): unknown {
  if (key === 'model') return recipe.model;
  if (key === 'dataset') return recipe.dataset;
  return Object.entries(recipe.values).find(([each]) => each === key)?.[1];
}

/** Compares a control with the playground's run; `null` while there is nothing to say. */
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

/** Whether a run of the present model goes on, which takes up only what acts at once. */
export function useIsFrozen(): boolean {
  const run = usePresentRun();
  const model = useModel();
  return run !== null && goesOn(run) && run.spec.recipe.model === model;
}
