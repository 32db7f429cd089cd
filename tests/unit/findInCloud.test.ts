import { expect, test } from 'vitest';
import { nothingFound, searchCloud } from '@/app/_features/cloud/findInCloud';
import { sourceFor } from '@/lib/catalog/models';
import { layerFor } from '@/lib/catalog/sources';

const pictures = { count: 20, classes: ['Trouser', 'Ankle boot'], characters: null };
const text = { count: 6, classes: ['Vowel', 'Space'], characters: [...'an 1 a'] };

test.each([
  [pictures, 'boot', { category: 1 }],
  [pictures, ' TROUSER ', { category: 0 }],
  [pictures, '19', { point: 19 }],
  [pictures, '20', null],
  [pictures, '', {}],
  [pictures, '  ', {}],
  [text, 'a', { points: [0, 5] }],
  [text, ' ', { points: [2, 4] }],
  [text, '1', { points: [3] }],
  [text, '2', { point: 2 }],
  [text, 'vowel', { category: 0 }],
  [text, 'nowhere', null],
] as const)('in %j, %j finds %j', (searched, wanted, found) => {
  expect(searchCloud(searched, wanted)).toEqual(found && { ...nothingFound, ...found });
});

test.each([
  ['gan', 'codings', 'features'],
  ['gan', 'latents', 'latents'],
  ['gan', 'styles', 'features'],
  ['stylegan', 'styles', 'styles'],
  ['char-rnn', 'codings', 'hidden'],
  ['autoencoder', 'hidden', 'codings'],
] as const)('a %s shows for %s its %s', (model, chosen, shown) => {
  expect(sourceFor(model, chosen)).toBe(shown);
});

test.each([
  [1, 'last', 0],
  [3, 'last', 2],
  [3, '1', 0],
  [3, '3', 2],
  [2, '3', 1],
] as const)('of %i layers, %s is number %i', (layers, chosen, layer) => {
  expect(layerFor(layers, chosen)).toBe(layer);
});
