import * as Y from 'yjs';
import * as z from 'zod/mini';
import {
  defaultDatasetFor,
  defaultModel,
  defaultValues,
  type ModelId,
  models,
  type Recipe,
  recipeSchema,
} from '../catalog/models';
import { isOwn, type OwnDataId } from '../catalog/ownData';
import { own, say } from '../text/sentence';
import { check, DocumentError, type Root, type RootJson } from './root';

/** Adds what the recipe lacks of a model: data set and hyperparameters, with their defaults. */
function seedModel(recipe: Y.Map<unknown>, model: ModelId): void {
  if (!recipe.has(model)) recipe.set(model, new Y.Map());
  const settings = recipe.get(model) as Y.Map<unknown>;
  const initial = { dataset: defaultDatasetFor(model), ...defaultValues(model) };
  for (const [key, value] of Object.entries(initial))
    if (!settings.has(key)) settings.set(key, Array.isArray(value) ? Y.Array.from(value.map(layer)) : value);
}

/** One layer of a layers parameter. */
export function layer(units: number): Y.Map<number> {
  return new Y.Map([['units', units]]);
}

const layerJson = z.strictObject({ units: z.number() });

function plainValue(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item) => check(layerJson, item).units);
}

/** The recipe that a model's part of the document, as JSON, stands for. @throws DocumentError */
export function recipeFrom(model: ModelId, settings: unknown): Recipe {
  if (typeof settings !== 'object' || settings === null)
    throw new DocumentError(say('The recipe lacks the values of {name}', { name: own(model) }));
  const { dataset, ...values } = settings as RootJson;
  const plain = Object.entries(values).map(([key, value]) => [key, plainValue(value)]);
  return check(recipeSchema, { model, dataset, values: Object.fromEntries(plain) });
}

/** The data sets that people brought which models of the document name. */
export function ownDataIn(doc: Y.Doc): { readonly model: ModelId; readonly id: OwnDataId }[] {
  return models.flatMap(({ id: model }) => {
    const settings = doc.getMap('recipe').get(model);
    const id = settings instanceof Y.Map ? String(settings.get('dataset')) : '';
    return isOwn(id) ? [{ model, id }] : [];
  });
}

/** Of the chosen model, and of all. */
export interface Recipes {
  readonly recipe: Recipe;
  readonly recipes: readonly Recipe[];
}

const modelIds = new Set<string>(models.map(({ id }) => id));

function readRecipes({ model, ...byModel }: RootJson, recipeOf: (model: ModelId) => Recipe): Recipes {
  const unknown = Object.entries(byModel).find(([key, value]) => !modelIds.has(key) && value !== undefined);
  if (unknown) throw new DocumentError(say('Unknown entry of the recipe: {name}', { name: own(unknown[0]) }));
  const recipes = models.map(({ id }) => recipeOf(id));
  const recipe = recipes.find((each) => each.model === model);
  if (!recipe) throw new DocumentError(say('Unknown model: {name}', { name: own(String(model)) }));
  return { recipe, recipes };
}

/** Only recipes of models among `entries` are checked again. */
function rereadRecipes(entries: RootJson, known: Recipes): Recipes {
  const before = new Map(known.recipes.map((each) => [each.model, each]));
  const recipeOf = (model: ModelId) =>
    (Object.hasOwn(entries, model) ? undefined : before.get(model)) ?? recipeFrom(model, entries[model]);
  return readRecipes({ model: known.recipe.model, ...entries }, recipeOf);
}

/**
 * What is to be trained: `{ model, <model id>: { dataset, <parameter key>: value } }`. A layers parameter is an array of
 * maps { units }, so that two people may resize, add and remove layers at once and every change survives. The server
 * seeds everything, so clients never create one of those containers and can't lose each other's.
 */
export const recipe = {
  content: ['number', 'string', 'map'],
  isUndoable: true,
  isLogged: true,
  read: (json): Recipes => readRecipes(json, (model) => recipeFrom(model, json[model])),
  reread: rereadRecipes,
  pathOf: (name) => {
    const keys = name.split('/');
    // One layer.
    return keys.length === 3 ? [...keys, 'units'] : keys;
  },
  seed: (root) => {
    if (!root.has('model')) root.set('model', defaultModel);
    for (const { id } of models) seedModel(root, id);
  },
  migrations: {
    /** The data set belongs to its model; before, there was one model and one data set. */
    2: (root) => {
      (root.get('autoencoder') as Y.Map<unknown>).set('dataset', root.get('dataset'));
      root.delete('dataset');
    },
  },
} as const satisfies Root<Recipes>;
