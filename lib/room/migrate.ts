import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { defaultValues, modelIds } from '../catalog/models';
import { DOCUMENT_SCHEMA } from './meta';
import { rootNames, rootOf, seedRoots } from './roots';

/** Documents and runs of earlier versions. Only the server calls this, on what it has loaded, before anyone sees it. */

/**
 * Brings a document to the present schema, with the defaults of models and hyperparameters that it lacks.
 * @returns whether anything had to be changed.
 */
export function migrateDocument(doc: Y.Doc): boolean {
  const meta = doc.getMap('meta');
  const version = meta.get('schema');
  if (typeof version !== 'number' || version > DOCUMENT_SCHEMA) return false;
  let isChanged = false;
  const note = () => {
    isChanged = true;
  };
  doc.on('update', note);
  doc.transact(() => {
    for (let next = version + 1; next <= DOCUMENT_SCHEMA; next++)
      for (const name of rootNames) rootOf(name).migrations?.[next]?.(doc.getMap(name));
    // Also of the present schema: a model or a hyperparameter may be younger than the document.
    seedRoots(doc);
    if (version < DOCUMENT_SCHEMA) meta.set('schema', DOCUMENT_SCHEMA);
  });
  doc.off('update', note);
  return isChanged;
}

const storedSpec = z.looseObject({
  recipe: z.looseObject({ model: z.enum(modelIds), values: z.looseObject({}) }),
});

/** A stored run's spec, as parsed from JSON, with the defaults of hyperparameters that are younger than it. */
export function migrateRunSpec(json: unknown): unknown {
  const parsed = storedSpec.safeParse(json);
  if (!parsed.success) return json;
  const { recipe, ...rest } = parsed.data;
  return { ...rest, recipe: { ...recipe, values: { ...defaultValues(recipe.model), ...recipe.values } } };
}
