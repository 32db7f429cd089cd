import { expect, test } from 'vitest';
import { autoencoderValues } from '@/lib/catalog/autoencoder';
import { datasetIds } from '@/lib/catalog/datasets';
import { defaultValues, modelIds, modelOf, parameterOf, recipeSchema } from '@/lib/catalog/models';
import { isDefault, valueSchema } from '@/lib/catalog/parameters';

test.each(modelIds)('%s: defaults are a valid recipe', (model) => {
  const recipe = { model, dataset: datasetIds[0], values: defaultValues(model) };
  expect(recipeSchema.parse(recipe)).toEqual(recipe);
});

test('the typed values of the autoencoder have exactly the keys of its parameters', () => {
  const keys = modelOf('autoencoder').parameters.map(({ key }) => key);
  expect(Object.keys(autoencoderValues.shape).sort()).toEqual(keys.sort());
});

test('the defaults are those of the notebook', () => {
  expect(defaultValues('autoencoder')).toMatchObject({
    codingSize: 30,
    hiddenUnits: [100],
    activation: 'selu',
    loss: 'binary-cross-entropy',
    optimizer: 'sgd',
    learningRate: 1.5,
    batchSize: 32,
    epochs: 20,
  });
});

test('a value out of range is refused with the range and the unit', () => {
  const schema = valueSchema(parameterOf('autoencoder', 'batchSize'));
  const messages = [0, 513, 1.5, '32', Number.NaN].map(
    (value) => schema.safeParse(value).error?.issues[0]?.message,
  );
  expect(new Set(messages)).toEqual(new Set(['Batch size must be a whole number from 1 to 512 images']));
});

test('layers are refused by their count and by each width', () => {
  const schema = valueSchema(parameterOf('autoencoder', 'hiddenUnits'));
  const message = (value: unknown) => schema.safeParse(value).error?.issues[0]?.message;
  expect(message([1, 2, 3, 4, 5].map((n) => n * 10))).toBe('Hidden layers must have 0 to 4 layers');
  expect(message([2])).toBe('Hidden layers must be a whole number from 4 to 1024 units');
  expect(message([])).toBeUndefined();
});

test('a recipe with a missing, an unknown or an impossible value is refused', () => {
  const values = defaultValues('autoencoder');
  const { seed: _, ...missing } = values;
  for (const wrong of [missing, { ...values, stray: 1 }, { ...values, optimizer: 'magic' }]) {
    const parsed = recipeSchema.safeParse({ model: 'autoencoder', dataset: 'glyphs', values: wrong });
    expect(parsed.success).toBe(false);
  }
});

test('isDefault compares layers by their widths', () => {
  const layers = parameterOf('autoencoder', 'hiddenUnits');
  expect(isDefault(layers, [100])).toBe(true);
  expect(isDefault(layers, [100, 50])).toBe(false);
});
