import { datasetOf } from '../datasets';
import { isOf, type Recipe } from '../models';
import { isOwn, ownShapeOf } from '../ownData';

/** What a model is trained on: images of one size, or texts of so many distinct characters. */
export type DataShape =
  | { readonly height: number; readonly width: number; readonly channels: number }
  | { readonly vocabulary: number };

/** The shape of a recipe's data, by the catalog or by the id of data of one's own; nothing is loaded. */
export function dataShapeOf(recipe: Recipe): DataShape {
  const content = contentOf(recipe.dataset);
  if (isOf('text', recipe)) {
    if (content.kind !== 'text') throw new RangeError(`A text expected, got ${recipe.dataset}`);
    return { vocabulary: content.vocabulary[recipe.values.letterCase] };
  }
  if (content.kind !== 'images') throw new RangeError(`Images expected, got ${recipe.dataset}`);
  const [height, width, channels] = content.shape;
  return { height, width, channels };
}

const contentOf = (id: Recipe['dataset']) => (isOwn(id) ? ownShapeOf(id) : datasetOf(id));
