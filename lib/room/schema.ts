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
import { limits } from '../protocol/limits';
import { UNTITLED } from '../text/names';

/**
 * The shared document of a playground. Its root maps:
 *   meta    { schema: 2, title }
 *   choice  { preset, place }, once somebody has chosen a preset (choice.ts)
 *   projection { method, perplexity, ... }, as far as somebody has set them
 *   explore { <owner>/<key>: number }, as far as somebody has set them (explore.ts)
 *   recipe  { model, <model id>: { dataset, <parameter key>: value } }
 * A layers parameter is a Y.Array of Y.Map { units }, so that two people may resize, add and remove
 * layers at once and every change survives. The server seeds everything, so clients never create a
 * container and can't lose each other's. Documents of earlier schemas: `migrate.ts`.
 */
export const DOCUMENT_SCHEMA = 2;

const metaSchema = z.strictObject({
  schema: z.literal(DOCUMENT_SCHEMA),
  title: z.string().check(
    z.maxLength(limits.titleCharacters, {
      error: `A title has at most ${limits.titleCharacters} characters`,
    }),
  ),
});

/** Fills an empty document; only the server calls this, once a playground. */
export function seedDocument(doc: Y.Doc): void {
  doc.transact(() => {
    const meta = doc.getMap('meta');
    meta.set('schema', DOCUMENT_SCHEMA);
    meta.set('title', UNTITLED);
    doc.getMap('recipe').set('model', defaultModel);
    for (const { id } of models) seedModel(doc, id);
  });
}

/** Adds what the document lacks of a model: data set and hyperparameters, with their defaults. */
export function seedModel(doc: Y.Doc, model: ModelId): void {
  const recipe = doc.getMap('recipe');
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

/** A document that is not as this schema says; `message` tells what was expected. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

export function check<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DocumentError(parsed.error.issues[0]?.message ?? 'Malformed document');
}

const layerJson = z.strictObject({ units: z.number() });

function plainValue(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item) => check(layerJson, item).units);
}

/** The recipe that a model's part of the document, as JSON, stands for. @throws DocumentError */
export function recipeFrom(model: ModelId, settings: unknown): Recipe {
  const lacking = { error: `The recipe lacks the values of ${model}` };
  const { dataset, ...values } = check(z.record(z.string(), z.unknown(), lacking), settings);
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

const roots = new Set(['meta', 'recipe', 'choice', 'projection', 'explore']);

/**
 * Reads and checks the document (`recipe` of the chosen model, and `recipes` of all), but for `choice`, `projection` and `explore`, which have files of their own: every root, key, type and range.
 * @throws DocumentError naming the first thing that is wrong.
 */
export function readDocument(doc: Y.Doc) {
  const stranger = [...doc.share.keys()].find((root) => !roots.has(root));
  if (stranger !== undefined) throw new DocumentError(`Unknown part of the document: ${stranger}`);
  const { model, ...byModel } = doc.getMap('recipe').toJSON();
  const known = new Set<string>(models.map((each) => each.id));
  const unknown = Object.keys(byModel).find((key) => !known.has(key));
  if (unknown !== undefined) throw new DocumentError(`Unknown entry of the recipe: ${unknown}`);
  const recipes = models.map(({ id }) => recipeFrom(id, byModel[id]));
  const recipe = recipes.find((each) => each.model === model);
  if (!recipe) throw new DocumentError(`Unknown model: ${String(model)}`);
  return { meta: check(metaSchema, doc.getMap('meta').toJSON()), recipe, recipes };
}
