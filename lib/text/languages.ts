import { english, type Language } from './format';

/** Scripts by what draws them. */
export type Script = 'latin' | 'korean';

interface LanguageRow {
  /** As it calls itself. */
  readonly name: string;
  /** Drawn in any font. */
  readonly short: string;
  readonly script: Script;
  /** Its texts, and how it chooses between wordings, come once they are wanted. */
  load(): Promise<Language>;
}

/** The languages that the page speaks, by their BCP 47 tags: a row each, and a folder with the texts. */
export const languages = {
  en: { name: 'English', short: 'EN', script: 'latin', load: async () => english },
  ko: { name: '한국어', short: 'KO', script: 'korean', load: async () => (await import('./ko')).korean },
} as const satisfies Readonly<Record<string, LanguageRow>>;

export type LanguageId = keyof typeof languages;
export const languageIds = Object.keys(languages) as LanguageId[];

/** What the server renders, and what whoever speaks none of them reads. */
export const usualLanguage: LanguageId = 'en';

/** The next one of the table, behind the last the first. */
export function languageAfter(id: string): LanguageId {
  const at = (languageIds as readonly string[]).indexOf(id);
  return languageIds[at + 1] ?? languageIds[0] ?? usualLanguage;
}
