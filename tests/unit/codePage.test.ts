import { expect, test } from 'vitest';
import { changedLines } from '@/app/_features/code/changedLines';
import { tokenLines } from '@/app/_features/code/codeTokens';

const lines = (text: string) => text.split('');

test.each([
  ['abc', 'abc', []],
  ['abc', 'aXc', [1]],
  ['abc', 'abXc', [2]],
  ['abcd', 'acd', [1]],
  ['abc', 'ab', [1]],
  ['abcdef', 'aXcdYf', [1, 4]],
  ['abcabc', 'abcXabc', [3]],
] as const)('from %s to %s', (before, after, expected) => {
  expect(changedLines(lines(before), lines(after))).toEqual(expected);
});

const kinds = (text: string, syntax: 'python' | 'javascript') =>
  tokenLines(text, syntax).map((line) => line.map((token) => `${token.kind}:${token.text}`));

test('comments, strings, numbers and keywords are told apart, and nothing is lost', () => {
  const python = 'for x1 in range(28):  # for "all"\n    y = """one\n# two"""';
  expect(kinds(python, 'python')).toEqual([
    [
      'keyword:for',
      'plain: x1 ',
      'keyword:in',
      'plain: range(',
      'number:28',
      'plain:):  ',
      'comment:# for "all"',
    ],
    ['plain:    y = ', 'string:"""one'],
    ['string:# two"""'],
  ]);
  const javascript = "const a = 1e-7; // it's\nf(`a b`)";
  expect(kinds(javascript, 'javascript')).toEqual([
    ['keyword:const', 'plain: a = ', 'number:1e-7', 'plain:; ', "comment:// it's"],
    ['plain:f(', 'string:`a b`', 'plain:)'],
  ]);
});
