import type { Recipe } from '@/lib/catalog/models';
import { autoencoder } from './autoencoder';
import { dcgan } from './dcgan';
import { gan } from './gan';
import type { ImageSize, Model } from './model';
import { stylegan } from './stylegan';

type ImageRecipe = Exclude<Recipe, { model: 'char-rnn' }>;

/** The program of a recipe for images of one size. */
export function programOf(recipe: ImageRecipe, image: ImageSize): Model {
  switch (recipe.model) {
    case 'autoencoder':
      return autoencoder(recipe.values, image);
    case 'gan':
      return gan(recipe.values, image);
    case 'dcgan':
      return dcgan(recipe.values, image);
    case 'stylegan':
      return stylegan(recipe.values, image);
  }
}
