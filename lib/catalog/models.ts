import * as z from 'zod/mini';
import { autoencoderParameters, autoencoderValues } from './autoencoder';
import { datasetIds } from './datasets';
import { type Parameter, type ParameterValue, valueSchema } from './parameters';

/** Every model that a recipe may name: its hyperparameters as people see them. */
export const models = [
  {
    id: 'autoencoder',
    label: 'Stacked autoencoder',
    summary: 'Squeezes each image into a few numbers and learns to draw it again from them.',
    metrics: [
      { key: 'loss', label: 'Loss', better: 'lower' },
      { key: 'accuracy', label: 'Rounded accuracy', better: 'higher' },
    ],
    parameters: autoencoderParameters as readonly Parameter[],
  },
] as const;

export type Model = (typeof models)[number];
export type ModelId = Model['id'];
export const modelIds = models.map((model) => model.id);
export const defaultModel: ModelId = 'autoencoder';

export function modelOf(id: ModelId): Model {
  const found = models.find((model) => model.id === id);
  if (!found) throw new RangeError(`Unknown model ${id}; expected one of ${modelIds.join(', ')}`);
  return found;
}

export function parameterOf(model: ModelId, key: string): Parameter {
  const found = modelOf(model).parameters.find((parameter) => parameter.key === key);
  if (!found) throw new RangeError(`Unknown hyperparameter ${key} of ${model}`);
  return found;
}

/** All default values of a model, by key. */
export function defaultValues(model: ModelId): Record<string, ParameterValue> {
  return Object.fromEntries(modelOf(model).parameters.map((parameter) => [parameter.key, parameter.default]));
}

/** Values of one model, every range checked, no key missing and none unknown. */
export function valuesSchema(model: ModelId) {
  const shape = modelOf(model).parameters.map(
    (parameter) => [parameter.key, valueSchema(parameter)] as const,
  );
  return z.strictObject(Object.fromEntries(shape));
}

const autoencoderRecipe = z.strictObject({
  model: z.literal('autoencoder'),
  dataset: z.enum(datasetIds),
  values: z.pipe(valuesSchema('autoencoder'), autoencoderValues),
});

/** What people have set: a model, a data set and the model's values. One variant a model. */
export const recipeSchema = z.discriminatedUnion('model', [autoencoderRecipe]);
export type Recipe = z.infer<typeof recipeSchema>;
