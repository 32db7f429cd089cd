import { expect, test } from 'vitest';
import { placesOf, snippetOf } from '@/app/_features/cloud/cloudText';
import { kindOfCharacter } from '@/lib/catalog/characters';

test.each([
  ['a', 'Vowel'],
  ['é', 'Vowel'],
  ['ü', 'Vowel'],
  ['z', 'Consonant'],
  ['ç', 'Consonant'],
  ['A', 'Capital'],
  ['É', 'Capital'],
  ['가', 'Other letter'],
  ['ß', 'Other letter'],
  ['7', 'Digit'],
  [' ', 'Space'],
  ['\t', 'Space'],
  ['\u3000', 'Space'],
  ['\n', 'Line break'],
  ['.', 'Punctuation'],
  ["'", 'Punctuation'],
  ['—', 'Punctuation'],
  ['+', 'Other character'],
  ['😀', 'Other character'],
])('%j is a %s', (character, kind) => {
  expect(kindOfCharacter(character)).toBe(kind);
});

const text = [...'to be,\nor not 😀 to be'];

test('a snippet shows a character between what stands around it, in one line', () => {
  expect(snippetOf(text, 6, { before: 4, after: 3 })).toEqual({
    before: ' be,',
    character: '↵',
    after: 'or ',
  });
  expect(snippetOf(text, 14, { before: 1, after: 1 })).toEqual({ before: ' ', character: '😀', after: ' ' });
  expect(snippetOf(text, 0, { before: 4, after: 3 })).toEqual({ before: '', character: 't', after: 'o b' });
  expect(snippetOf(text, 2, { before: 1, after: 1 })).toEqual({ before: 'o', character: '␣', after: 'b' });
  expect(snippetOf(text, text.length - 1, { before: 1, after: 3 })).toEqual({
    before: 'b',
    character: 'e',
    after: '',
  });
  expect(snippetOf(text, 99)).toEqual({ before: '', character: '', after: '' });
});

test.each([
  ['be', [3, 4, 19, 20]],
  ['o', [1, 7, 11, 17]],
  ['😀', [14]],
  [',↵', [5, 6]],
  ['␣', [2, 9, 13, 15, 18]],
  ['', []],
  ['tobe', []],
  ['TO', []],
])('%j is found at all its places', (wanted, places) => {
  expect(placesOf(text, wanted)).toEqual(places);
});

test('case counts only where capitals are asked for, and places that overlap are told once', () => {
  expect(placesOf([...'Anna ANNA'], 'anna')).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
  expect(placesOf([...'Anna ANNA'], 'ANNA')).toEqual([5, 6, 7, 8]);
  expect(placesOf([...'aaa'], 'aa')).toEqual([0, 1, 2]);
});
