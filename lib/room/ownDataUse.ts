import { modelOf, type Recipe } from '../catalog/models';
import type { OwnData } from '../protocol/ownData';
import type { ownDataIn } from './recipe';

/**
 * Why a data set that somebody brought can't be removed now, as a sentence; `null` if nothing needs it.
 * @param named what `ownDataIn` finds in the document. @param running the recipe of the present run.
 */
export function needOf(
  { id, name }: OwnData,
  named: ReturnType<typeof ownDataIn>,
  running: Recipe | null,
): string | null {
  const chosen = named.find((each) => each.id === id);
  if (chosen)
    return `${modelOf(chosen.model).label} is set to learn from ${name}. Choose another data set there first`;
  return running?.dataset === id ? `The present run learned from ${name}. Reset the run first` : null;
}
