import { modelOf, type Recipe } from '../catalog/models';
import type { OwnData } from '../protocol/ownData';
import { own, type Sentence, say } from '../text/sentence';
import type { ownDataIn } from './recipe';

/**
 * Why a data set that somebody brought can't be removed now, `null` if nothing needs it.
 * @param named what `ownDataIn` finds in the document. @param running the recipe of the present run.
 */
export function needOf(
  { id, name }: OwnData,
  named: ReturnType<typeof ownDataIn>,
  running: Recipe | null,
): Sentence | null {
  const chosen = named.find((each) => each.id === id);
  if (chosen)
    return say('{model} is set to learn from {name}. Choose another data set there first', {
      model: modelOf(chosen.model).label,
      name: own(name),
    });
  return running?.dataset === id
    ? say('The present run learned from {name}. Reset the run first', { name: own(name) })
    : null;
}
