import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { defaultValues, modelIds, recipeSchema } from '@/lib/catalog/models';
import { setModel } from '@/lib/room/edit';
import { migrateDocument, migrateRunSpec } from '@/lib/room/migrate';
import { DocumentError } from '@/lib/room/root';
import { readDocument, seedDocument } from '@/lib/room/roots';
import { firstSchemaDocument } from '../support/documents';

test('a document of schema 1 keeps what people set, and gets the models and hyperparameters it lacks', () => {
  const doc = firstSchemaDocument();
  expect(() => readDocument(doc)).toThrow(DocumentError);
  expect(migrateDocument(doc)).toBe(true);
  expect(readDocument(doc)).toMatchObject({
    meta: { schema: 2, title: 'From before' },
    recipe: {
      model: 'autoencoder',
      dataset: 'fashion-mnist',
      values: {
        ...defaultValues('autoencoder'),
        codingSize: 12,
        hiddenUnits: [200, 50],
        activation: 'relu',
        loss: 'mean-squared-error',
        optimizer: 'adam',
        learningRate: 0.001,
        batchSize: 64,
        epochs: 5,
        validationShare: 10,
        seed: 7,
      },
    },
  });
  setModel(doc, 'char-rnn', null);
  expect(readDocument(doc).recipe).toEqual({
    model: 'char-rnn',
    dataset: 'verses',
    values: defaultValues('char-rnn'),
  });
});

test('a document of the present schema stays as it is', () => {
  const doc = new Y.Doc();
  seedDocument(doc);
  const before = Y.encodeStateAsUpdate(doc);
  expect(migrateDocument(doc)).toBe(false);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});

test.each(modelIds)(
  'a document that is older than %s, or than one of its hyperparameters, gets what it lacks',
  (model) => {
    const [whole, older, old] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
    for (const doc of [whole, older, old]) seedDocument(doc);
    older.getMap('recipe').delete(model);
    (old.getMap('recipe').get(model) as Y.Map<unknown>).delete('seed');
    for (const doc of [older, old]) {
      expect(() => readDocument(doc)).toThrow(DocumentError);
      expect(migrateDocument(doc)).toBe(true);
      expect(readDocument(doc)).toEqual(readDocument(whole));
      expect(migrateDocument(doc)).toBe(false);
    }
  },
);

test('an empty document is not migrated into a valid one', () => {
  const doc = new Y.Doc();
  expect(migrateDocument(doc)).toBe(false);
  expect(() => readDocument(doc)).toThrow(DocumentError);
});

test("a stored run's recipe gets the hyperparameters that it lacks, and only those", () => {
  const values: Record<string, unknown> = { ...defaultValues('autoencoder'), seed: 7 };
  const { initializer: _, ...old } = values;
  const recipe = { model: 'autoencoder', dataset: 'glyphs', values: old };
  expect(recipeSchema.safeParse(recipe).success).toBe(false);
  expect(migrateRunSpec({ id: 'run', recipe })).toEqual({ id: 'run', recipe: { ...recipe, values } });
  expect(migrateRunSpec({ id: 'run', recipe: { ...recipe, model: 'oracle' } })).toEqual({
    id: 'run',
    recipe: { ...recipe, model: 'oracle' },
  });
  expect(migrateRunSpec(null)).toBeNull();
});
