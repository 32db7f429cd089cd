import * as z from 'zod/mini';
import { listed, say } from '../../text/sentence';
import { complaint } from '../../text/sentenceSchema';
import { type Dataset, type DatasetId, datasets } from '../datasets';
import { isOwnImages, isOwnText, type OwnImagesId, type OwnTextId } from '../ownData';
import { type Parameter, type ParameterValue, valueSchema } from '../parameters';
import type { SourceId } from '../sources';
import { autoencoder } from './autoencoder';
import { charRnn } from './charRnn';
import { dcgan } from './dcgan';
import type { DataKind, Description, Family } from './description';
import { gan } from './gan';
import { stylegan } from './stylegan';
import { vae } from './vae';

/** Every model that a recipe may name, in the order of the gallery. */
export const models = [autoencoder, vae, charRnn, gan, dcgan, stylegan] as const;

type Entry = (typeof models)[number];
export type ModelId = Entry['id'];
export type Model = Description<ModelId>;
type EntryOf<Id extends ModelId> = Extract<Entry, { id: Id }>;
/** Ids of the models of a family. */
export type ModelOf<F extends Family> = Extract<Entry, { family: F }>['id'];
export type ValuesOf<Id extends ModelId> = z.infer<EntryOf<Id>['values']>;

type OwnOf = { images: OwnImagesId; text: OwnTextId };
/** A data set of the kind that the model needs: of the catalog, or one that somebody brought. */
type FittingData<Kind extends DataKind> = Extract<Dataset, { kind: Kind }>['id'] | OwnOf[Kind];

/** What people have set: a model, a data set and the model's values. One variant a model. */
export type RecipeOf<Id extends ModelId> = {
  [Each in Id]: {
    model: Each;
    dataset: FittingData<EntryOf<Each>['data']>;
    values: ValuesOf<Each>;
  };
}[Id];
export type Recipe = RecipeOf<ModelId>;

export const modelIds = models.map((model) => model.id);
export const defaultModel: ModelId = 'autoencoder';

export function modelOf(id: ModelId): Model {
  const found = models.find((model) => model.id === id);
  if (!found) throw new RangeError(`Unknown model ${id}; expected one of ${modelIds.join(', ')}`);
  return found;
}

/** Keys of the parameters that take effect in a running training. */
export function liveKeys(model: ModelId): ReadonlySet<string> {
  const live = modelOf(model).parameters.filter(({ effect }) => effect === 'live');
  return new Set(live.map(({ key }) => key));
}

/** Equal for two recipes whose runs differ at most in parameters that take effect in a running training. */
export function frozenKey({ model, dataset, values }: Recipe): string {
  const byKey = new Map<string, unknown>(Object.entries(values));
  const frozen = modelOf(model).parameters.filter(({ effect }) => effect !== 'live');
  return JSON.stringify([model, dataset, frozen.map(({ key }) => byKey.get(key))]);
}

export function parameterOf(model: ModelId, key: string): Parameter {
  const found = modelOf(model).parameters.find((parameter) => parameter.key === key);
  if (!found) throw new RangeError(`Unknown hyperparameter ${key} of ${model}`);
  return found;
}

/** The data sets that a model can learn from; the first is its default. */
export function datasetsFor(model: ModelId): readonly Dataset[] {
  const { data } = modelOf(model);
  return datasets.filter((dataset) => dataset.kind === data);
}

export function defaultDatasetFor(model: ModelId): DatasetId {
  const [first] = datasetsFor(model);
  if (!first) throw new RangeError(`There is no data set for ${model}`);
  return first.id;
}

/** Whether the model keeps data aside and evaluates itself on them. */
export function hasValidation(model: ModelId): boolean {
  return modelOf(model).parameters.some(({ key }) => key === 'validationShare');
}

export const familyOf = (model: ModelId): Family => modelOf(model).family;

/** Whether a recipe's model is of a family. */
export const isOf = <F extends Family>(family: F, recipe: Recipe): recipe is RecipeOf<ModelOf<F>> =>
  familyOf(recipe.model) === family;

/** What points are made from: the chosen source where the model has it, else the model's first. */
export function sourceFor(model: ModelId, chosen: SourceId): SourceId {
  const { sources } = modelOf(model);
  return sources.includes(chosen) ? chosen : sources[0];
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

const isOwnOf = { images: isOwnImages, text: isOwnText } as const;

const learnsFrom = {
  images: '{label} learns from images: choose {choices}, or bring your own',
  text: '{label} learns from text: choose {choices}, or bring your own',
} as const;

/** A data set of the kind that the model needs: of the catalog, or one that somebody brought. */
function datasetSchema({ id: model, label, data }: Model) {
  const fitting: readonly string[] = datasetsFor(model).map(({ id }) => id);
  const [first, ...others] = datasetsFor(model).map((dataset) => dataset.label);
  const choices = listed([first ?? '', ...others], '{first} or {other}');
  return z.custom<string>(
    (id) => typeof id === 'string' && (fitting.includes(id) || isOwnOf[data](id)),
    complaint(say(learnsFrom[data], { label, choices })),
  );
}

function variantOf(model: Model) {
  const inRange: z.ZodMiniType<Record<string, unknown>> = valuesSchema(model.id);
  return z.strictObject({
    model: z.literal(model.id),
    dataset: datasetSchema(model),
    values: z.pipe(inRange, model.values),
  });
}

/** A whole recipe, every value checked. */
export const recipeSchema = z.discriminatedUnion('model', [
  variantOf(models[0]),
  ...models.slice(1).map(variantOf),
]) as unknown as z.ZodMiniType<Recipe>;
