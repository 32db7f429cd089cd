import type { Recipe } from '@/lib/catalog/models';
import { autoencoder } from './autoencoder';
import type { ImageSize, Model } from './model';

/** The program of a recipe for images of one size. */
export function programOf(recipe: Recipe, image: ImageSize): Model {
  switch (recipe.model) {
    case 'autoencoder':
      return autoencoder(recipe.values, image);
  }
}
