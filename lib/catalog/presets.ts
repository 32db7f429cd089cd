import { defaultDatasetFor, defaultValues, type ModelId, models, type Recipe, recipeSchema } from './models';
import type { OwnPreset } from './models/description';

export interface Preset extends OwnPreset {
  readonly model: ModelId;
}

/** Each model's `start` comes first. */
export const presets: readonly Preset[] = models.flatMap(({ id: model, presets: own }) =>
  own.map((preset) => ({ model, ...preset })),
);

/** `null` for an unknown id. */
export function presetOf(id: string): Preset | null {
  return presets.find((preset) => preset.id === id) ?? null;
}

export const presetsOf = (model: ModelId): readonly Preset[] =>
  presets.filter((preset) => preset.model === model);

/** What a model's card opens. */
export function startOf(model: ModelId): Preset {
  const found = presets.find((preset) => preset.model === model && preset.kind === 'start');
  if (!found) throw new RangeError(`There is no preset to start ${model} with`);
  return found;
}

/** The whole recipe that a preset stands for. */
export function recipeOfPreset({ model, dataset = defaultDatasetFor(model), values }: Preset): Recipe {
  return recipeSchema.parse({ model, dataset, values: { ...defaultValues(model), ...values } });
}
