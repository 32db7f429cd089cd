import type { Recipe } from '@/lib/catalog/models';
import { autoencoder } from './autoencoder';
import type { ImageSize, Model } from './model';

type ImageRecipe = Exclude<Recipe, { model: 'char-rnn' }>;

/** The program of a recipe for images of one size. */
export function programOf(recipe: ImageRecipe, image: ImageSize): Model {
  switch (recipe.model) {
    case 'autoencoder':
      return autoencoder(recipe.values, image);
    case 'gan':
    case 'dcgan':
    case 'stylegan':
      throw new RangeError(`${recipe.model} is not here yet`);
  }
}
