import { dataShapeOf } from '../catalog/cost/data';
import type { ImageRecipe, RecipeOf } from './program';

export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export function imageSizeOf(recipe: ImageRecipe): ImageSize {
  const shape = dataShapeOf(recipe);
  if ('vocabulary' in shape) throw new RangeError(`${recipe.model} learns from images, got a text`);
  return shape;
}

/** Half a side, as a convolution with stride 2 leaves it. */
export const half = (side: number): number => Math.ceil(side / 2);

/** Sides of a StyleGAN's first and of its last resolution; the last one covers the image. */
export function synthesisOf(recipe: RecipeOf<'stylegan'>) {
  const { height, width } = imageSizeOf(recipe);
  const scale = 2 ** (recipe.values.synthesisFilters.length - 1);
  const [low, narrow] = [Math.ceil(height / scale), Math.ceil(width / scale)];
  return { low, narrow, whole: [low * scale, narrow * scale] as const };
}
