import { expect, test } from 'vitest';
import { datasets } from '@/lib/catalog/datasets';
import {
  datasetsFor,
  defaultDatasetFor,
  defaultValues,
  hasValidation,
  type ModelId,
  modelIds,
  modelOf,
  parameterOf,
  recipeSchema,
} from '@/lib/catalog/models';
import { isDefault, valueSchema } from '@/lib/catalog/parameters';

const recipeOf = (model: ModelId, dataset: string = defaultDatasetFor(model)) => ({
  model,
  dataset,
  values: defaultValues(model),
});

test.each(modelIds)('%s: defaults are a valid recipe', (model) => {
  expect(recipeSchema.parse(recipeOf(model))).toEqual(recipeOf(model));
});

test.each(modelIds)('the typed values of %s have exactly the keys of its parameters', (model) => {
  const keys = modelOf(model).parameters.map(({ key }) => key);
  expect(Object.keys(modelOf(model).values.shape).sort()).toEqual(keys.sort());
});

test.each(modelIds)('%s: the typed values know every option of its choices', (model) => {
  for (const parameter of modelOf(model).parameters) {
    if (parameter.kind !== 'choice') continue;
    for (const { value } of parameter.options) {
      const values = { ...defaultValues(model), [parameter.key]: value };
      expect(recipeSchema.safeParse({ ...recipeOf(model), values }).success, value).toBe(true);
    }
  }
});

test.each(modelIds)('%s: a group of parameters stands together', (model) => {
  const groups = modelOf(model).parameters.map(({ group }) => group);
  const runs = groups.filter((group, i) => group !== groups[i - 1]);
  expect(runs).toEqual([...new Set(groups)]);
});

const rmsprop = {
  generatorOptimizer: 'rmsprop',
  generatorLearningRate: 0.001,
  generatorSteps: 1,
  discriminatorOptimizer: 'rmsprop',
  discriminatorLearningRate: 0.001,
  discriminatorSteps: 1,
};

test('the defaults are those of the notebook', () => {
  expect(defaultValues('autoencoder')).toMatchObject({
    codingSize: 30,
    hiddenUnits: [100],
    activation: 'selu',
    initializer: 'glorot-uniform',
    loss: 'binary-cross-entropy',
    optimizer: 'sgd',
    learningRate: 1.5,
    batchSize: 32,
    epochs: 20,
  });
  expect(defaultValues('vae')).toMatchObject({
    codingSize: 10,
    hiddenUnits: [150, 100],
    activation: 'selu',
    klWeight: 1,
    optimizer: 'rmsprop',
    learningRate: 0.001,
    batchSize: 128,
    epochs: 25,
  });
  expect(defaultValues('char-rnn')).toEqual({
    letterCase: 'lower',
    windowLength: 100,
    windowShift: 1,
    trainShare: 90,
    validationShare: 5,
    cell: 'gru',
    hiddenUnits: [128, 128],
    dropout: 0.2,
    recurrentDropout: 0.2,
    optimizer: 'adam',
    learningRate: 0.001,
    batchSize: 32,
    epochs: 20,
    seed: 42,
  });
  expect(defaultValues('gan')).toMatchObject({
    codingSize: 30,
    generatorUnits: [100, 150],
    discriminatorUnits: [150, 100],
    activation: 'selu',
    batchSize: 32,
    ...rmsprop,
  });
  expect(defaultValues('dcgan')).toMatchObject({
    codingSize: 100,
    generatorFilters: [128, 64],
    discriminatorFilters: [64, 128],
    kernelSize: 5,
    dropout: 0.4,
    leak: 0.2,
    batchSize: 32,
    ...rmsprop,
  });
});

test('a model takes only data sets of its kind, and the refusal names them', () => {
  for (const model of modelIds) {
    const fitting = datasetsFor(model).map(({ id }) => id);
    for (const { id } of datasets) {
      const parsed = recipeSchema.safeParse(recipeOf(model, id));
      expect(parsed.success, `${model} on ${id}`).toBe(fitting.includes(id));
    }
  }
  const refusal = recipeSchema.safeParse(recipeOf('gan', 'verses')).error?.issues[0]?.message;
  expect(refusal).toBe('GAN learns from images: choose Glyphs or Fashion-MNIST, or bring your own');
});

test('training and validation share never make more than the whole text', () => {
  const most = ['trainShare', 'validationShare'].map((key) => parameterOf('char-rnn', key));
  expect(most.reduce((sum, each) => sum + (each.kind === 'number' ? each.max : 0), 0)).toBe(100);
});

test('models that keep data aside are those that can be evaluated', () => {
  expect(modelIds.filter(hasValidation)).toEqual(['autoencoder', 'vae', 'char-rnn']);
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
  expect(message([2])).toBe('Hidden layers must be a whole number from 4 to 1,024 units');
  expect(message([])).toBeUndefined();
});

test('a recipe with a missing, an unknown or an impossible value is refused', () => {
  const values = defaultValues('autoencoder');
  const { seed: _, ...missing } = values;
  for (const wrong of [missing, { ...values, stray: 1 }, { ...values, optimizer: 'magic' }]) {
    const parsed = recipeSchema.safeParse({ ...recipeOf('autoencoder'), values: wrong });
    expect(parsed.success).toBe(false);
  }
});

test('isDefault compares layers by their widths', () => {
  const layers = parameterOf('autoencoder', 'hiddenUnits');
  expect(isDefault(layers, [100])).toBe(true);
  expect(isDefault(layers, [100, 50])).toBe(false);
});
