import { datasetOf } from '../datasets';
import type { Recipe } from '../models';

/** What a model is trained on: images of one size, or texts of so many distinct characters. */
export type DataShape =
  | { readonly height: number; readonly width: number; readonly channels: number }
  | { readonly vocabulary: number };

/** What the catalog tells of a recipe's data, before anything is loaded. */
export function dataShapeOf(recipe: Recipe): DataShape {
  if (recipe.model === 'char-rnn') {
    const { vocabulary } = datasetOf(recipe.dataset);
    return { vocabulary: vocabulary[recipe.values.letterCase] };
  }
  const [height, width, channels] = datasetOf(recipe.dataset).shape;
  return { height, width, channels };
}
