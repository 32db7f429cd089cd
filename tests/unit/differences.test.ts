import { expect, test } from 'vitest';
import { differencesOf } from '@/lib/catalog/differences';
import { recipeSchema } from '@/lib/catalog/models';
import { ownIdOf } from '@/lib/catalog/ownData';
import { specFor } from '../support/worker';

const own = (hash: string) =>
  ownIdOf({ kind: 'text', vocabulary: { lower: 30, 'as-is': 40 } }, hash.repeat(64));

function textRecipe(dataset: string, values: Record<string, unknown> = {}) {
  const { recipe } = specFor('char-rnn', 'run', values);
  return recipeSchema.parse({ ...recipe, dataset });
}

test('recipes differ in what a person can read: names of data sets, values with their units', () => {
  const [a, b] = [own('a'), own('b')];
  const names = new Map([[a as string, 'Our letters']]);
  const from = textRecipe(a, { hiddenUnits: [64] });
  const to = textRecipe(b, { hiddenUnits: [64, 32], dropout: 0.5 });
  expect(differencesOf(from, to, (id) => names.get(id))).toMatchObject([
    { key: 'dataset', from: { own: 'Our letters' }, to: 'Own data' },
    { key: 'hiddenUnits', from: '64 units', to: '64, 32 units' },
    { key: 'dropout', from: '0.2', to: '0.5' },
  ]);
});

test('equal recipes do not differ; what a model has not is no value', () => {
  const none = () => undefined;
  const { recipe } = specFor('gan', 'run');
  expect(differencesOf(recipe, recipe, none)).toEqual([]);
  const other = specFor('autoencoder', 'run').recipe;
  const optimizer = differencesOf(recipe, other, none).find(({ key }) => key === 'discriminatorOptimizer');
  expect(optimizer).toMatchObject({ to: null });
});
