/**
 * Fills the places of a message. `{name}` is a value. `{name|first|second}` is one of several wordings, chosen by the
 * value as the language does: by number (languages.ts: `byNumber`), Korean by the final sound ("{name}{name|을|를}").
 * What follows `##` only tells two equal texts apart for translators.
 */

/** A language: its messages by the English text, and how it chooses between wordings. */
export interface Language {
  readonly id: string;
  /** `null`: the messages are the English texts themselves. */
  readonly messages: Readonly<Record<string, string>> | null;
  /** The one of `wordings` that goes with `value`. */
  choose(value: Value, wordings: readonly string[]): string;
}

/** A part of a language: a text for each of these keys, and for no others. */
export type Messages<Keys extends string> = Readonly<Record<Keys, string>>;

export type Value = string | number;

/** The places of a message. */
export type Names<M extends string> = M extends `${string}{${infer Place}}${infer Rest}`
  ? (Place extends `${infer Name}|${string}` ? Name : Place) | Names<Rest>
  : never;

/** What a message needs by name; nothing for most. */
export type ValuesOf<M extends string> = [Names<M>] extends [never]
  ? []
  : [values: Readonly<Record<Names<M>, Value>>];

/** The order in which a message has the wordings of its language's plural forms. */
const forms: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/**
 * Wordings by number, as a language's plural rules say: as many as it has forms, in the order above, and the last for all
 * forms that have none of their own. English "{n|step|steps}", Polish "{n|krok|kroki|kroków}".
 */
export function byNumber(locale: string): Language['choose'] {
  const rules = new Intl.PluralRules(locale);
  const { pluralCategories } = rules.resolvedOptions();
  const own = forms.filter((form) => pluralCategories.includes(form));
  return (value, wordings) => wordings[own.indexOf(rules.select(Number(value)))] ?? wordings.at(-1) ?? '';
}

export const english: Language = {
  id: 'en',
  messages: null,
  choose: byNumber('en'),
};

/** A piece of a filled message; `name` is that of the place whose value it is. */
export interface Piece {
  readonly name?: string;
  readonly text: string;
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(id: string): Intl.NumberFormat {
  const format = formats.get(id) ?? new Intl.NumberFormat(id, { maximumFractionDigits: 6 });
  formats.set(id, format);
  return format;
}

/** A number as the locale writes it, a text as it is. */
export const write = (value: Value, locale: string): string =>
  typeof value === 'number' ? formatOf(locale).format(value) : value;

const PLACE = /\{(\w+)((?:\|[^|}]*)*)\}/g;

/** What follows `##` is for translators. */
export const plain = (template: string): string => template.replace(/##.*/, '');

/** What a language has for a message, if it knows it. */
export const knownIn = ({ messages }: Language, message: string): string | undefined =>
  messages && Object.hasOwn(messages, message) ? messages[message] : undefined;

/** @param locale writes the numbers; that of the language unless a person has another one. */
export function pieces(
  message: string,
  values: Readonly<Record<string, Value>>,
  language: Language,
  locale = language.id,
): Piece[] {
  const template = plain(knownIn(language, message) ?? message);
  const found: Piece[] = [];
  let end = 0;
  for (const { 0: place, 1: name = '', 2: wordings = '', index } of template.matchAll(PLACE)) {
    const value = values[name] ?? '';
    found.push({ text: template.slice(end, index) });
    if (wordings === '') found.push({ name, text: write(value, locale) });
    else found.push({ text: language.choose(value, wordings.slice(1).split('|')) });
    end = index + place.length;
  }
  return [...found, { text: template.slice(end) }];
}
