import type { ModelId, ModelOf, RecipeOf, ValuesOf } from '@/lib/catalog/models';
import { autoencoder } from './autoencoder';
import { dcgan } from './dcgan';
import { gan } from './gan';
import type { ImageSize, Model } from './model';
import { stylegan } from './stylegan';
import { vae } from './vae';

type ImageModelId = Exclude<ModelId, ModelOf<'text'>>;

const programs: { readonly [Id in ImageModelId]: (values: ValuesOf<Id>, image: ImageSize) => Model } = {
  autoencoder,
  vae,
  gan,
  dcgan,
  stylegan,
};

/** The program of a recipe for images of one size. */
export function programOf<Id extends ImageModelId>({ model, values }: RecipeOf<Id>, image: ImageSize): Model {
  return programs[model](values, image);
}
