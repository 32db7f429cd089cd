import { expect, test } from 'vitest';
import { chooseLanguage } from '@/app/_ui/language';
import { LANGUAGE_KEY, languageScript } from '@/app/_ui/languageScript';

const cases: readonly (readonly [tags: readonly string[], chosen: 'en' | 'ko'])[] = [
  [['ko'], 'ko'],
  [['ko-KR'], 'ko'],
  [['KO-kr'], 'ko'],
  [['ko-Kore-KR-u-nu-latn'], 'ko'],
  [['kok'], 'en'],
  [['kok-IN', 'hi'], 'en'],
  [['kor'], 'en'],
  [['enm', 'ko'], 'ko'],
  [['de-DE', 'ko-KR', 'en'], 'ko'],
  [['de-DE', 'en-GB', 'ko'], 'en'],
  [['fr'], 'en'],
  [['constructor', ''], 'en'],
  [[], 'en'],
];

test.each(cases)('of %j the page speaks %s', (tags, chosen) => {
  expect(chooseLanguage(tags)).toBe(chosen);
});

/** Runs the script of the page's head as a browser with these languages would. */
function headOf(
  tags: readonly string[],
  kept: string | null | 'blocked',
): { lang: string; waiting: boolean } {
  const documentElement = { lang: 'en', dataset: {} as { waiting?: string } };
  const localStorage = {
    getItem(key: string) {
      if (kept === 'blocked') throw new Error('The operation is insecure');
      return key === LANGUAGE_KEY ? kept : null;
    },
  };
  const run = new Function('document', 'navigator', 'localStorage', languageScript);
  run({ documentElement }, { languages: tags, language: tags[0] ?? '' }, localStorage);
  return { lang: documentElement.lang, waiting: documentElement.dataset.waiting === '' };
}

test.each(cases)(
  'for %j the head of the page waits only for the texts that will come: %s',
  (tags, chosen) => {
    const expected = { lang: chosen, waiting: chosen !== 'en' };
    expect(headOf(tags, null)).toEqual(expected);
    expect(headOf(tags, 'blocked')).toEqual(expected);
    expect(headOf(tags, 'en')).toEqual({ lang: 'en', waiting: false });
    expect(headOf(tags, 'ko')).toEqual({ lang: 'ko', waiting: true });
  },
);
