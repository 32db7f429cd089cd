import { expect, test } from 'vitest';
import { differencesOf } from '@/lib/catalog/differences';
import { recipeSchema } from '@/lib/catalog/models';
import { ownIdOf } from '@/lib/catalog/ownData';
import { inEnglish } from '@/lib/text/sentence';
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
  const found = differencesOf(from, to, (id) => names.get(id));
  expect(found[0]).toMatchObject({ from: { own: 'Our letters' } });
  expect(found.map((each) => [each.key, inEnglish(each.from ?? ''), inEnglish(each.to ?? '')])).toEqual([
    ['dataset', 'Our letters', 'Own data'],
    ['hiddenUnits', '64 units', '64, 32 units'],
    ['dropout', '0.2', '0.5'],
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
