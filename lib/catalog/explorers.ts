import { type ModelId, modelIds } from './models';

/** Whose latents people explore: a model's, or those of the generator that somebody brought. */
export type Explorer = ModelId | 'generator';
export const explorers: readonly Explorer[] = [...modelIds, 'generator'];
