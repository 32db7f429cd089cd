import { expect, test } from 'vitest';
import { byNumber, english, type Language, type Messages, pieces } from '@/lib/text/format';
import type { PanelsText } from '@/lib/text/keys/panels';
import { languageAfter, languageIds, languages } from '@/lib/text/languages';

const fill = (message: string, values: Record<string, string | number>, language: Language) =>
  pieces(message, values, language)
    .map(({ text }) => text)
    .join('');

test.each(languageIds)(
  '%s says by itself which language it is, and chooses one of its own wordings',
  async (id) => {
    const language = await languages[id].load();
    expect(language.id).toBe(id);
    for (const value of [0, 1, 2, 5, 1.5, 'Ana', 'Min'])
      expect(['a', 'b']).toContain(language.choose(value, ['a', 'b']));
  },
);

test('a third language is its texts and its rule: here one with more plural forms than English', () => {
  const messages = {
    '{n} {n|parameter|parameters}': '{n} {n|parametr|parametry|parametrów|parametru}',
    'and {n} {n|other|others} came in': 'i {n} {n|inna osoba wchodzi|inne osoby wchodzą|innych osób wchodzi}',
  } satisfies Partial<Messages<PanelsText>>;
  const polish: Language = { id: 'pl', messages, choose: byNumber('pl') };
  const parameters = (n: number) => fill('{n} {n|parameter|parameters}', { n }, polish);
  expect([1, 2, 5, 22, 112, 1.5].map(parameters)).toEqual([
    '1 parametr',
    '2 parametry',
    '5 parametrów',
    '22 parametry',
    '112 parametrów',
    '1,5 parametru',
  ]);
  const others = (n: number) => fill('and {n} {n|other|others} came in', { n }, polish);
  expect([1, 3, 12].map(others)).toEqual([
    'i 1 inna osoba wchodzi',
    'i 3 inne osoby wchodzą',
    'i 12 innych osób wchodzi',
  ]);
  // What it has no wording for is said by the last one.
  expect(others(1.5)).toBe('i 1,5 innych osób wchodzi');
  expect(fill('Only English has this', {}, polish)).toBe('Only English has this');
});

test('wordings stand in one order, whichever forms a language has', () => {
  const wordings = ['zero', 'one', 'two', 'few', 'many', 'other'];
  const arabic = byNumber('ar');
  expect([0, 1, 2, 3, 11, 100].map((n) => arabic(n, wordings))).toEqual(wordings);
  expect(english.choose(1, ['step', 'steps'])).toBe('step');
  expect(english.choose(0, ['step', 'steps'])).toBe('steps');
  // A language without forms has one wording.
  expect(byNumber('ja')(2, ['歩'])).toBe('歩');
});

test('the switch goes through all languages and comes back', () => {
  const seen = languageIds.map((_, i) =>
    languageIds.slice(0, i).reduce((id) => languageAfter(id), languageIds[0] ?? 'en'),
  );
  expect(seen).toEqual(languageIds);
  expect(languageAfter(languageIds.at(-1) ?? '')).toBe(languageIds[0]);
});
