/**
 * Fills the places of a message. `{name}` is a value. `{name|first|second}` is one of two wordings, chosen by the
 * value as the language does: English by number ("{n} {n|step|steps}"), Korean by the final sound ("{name}{name|을|를}").
 * What follows `##` only tells two equal texts apart for translators.
 */

/** A language: its messages by the English text, and how it chooses between two wordings. */
export interface Language {
  readonly id: string;
  /** `null`: the messages are the English texts themselves. */
  readonly messages: Readonly<Record<string, string>> | null;
  isFirst(value: Value, second: string): boolean;
  /** Puts a ready-made English text, as the server's, into the language; an unknown one stays as it is. */
  foreign(text: string): string;
}

export type Value = string | number;

type Names<M extends string> = M extends `${string}{${infer Place}}${infer Rest}`
  ? (Place extends `${infer Name}|${string}` ? Name : Place) | Names<Rest>
  : never;

/** What a message needs by name; nothing for most. */
export type ValuesOf<M extends string> = [Names<M>] extends [never]
  ? []
  : [values: Readonly<Record<Names<M>, Value>>];

const plural = new Intl.PluralRules('en');
export const english: Language = {
  id: 'en',
  messages: null,
  isFirst: (value) => plural.select(Number(value)) === 'one',
  foreign: (text) => text,
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
const write = (value: Value, locale: string): string =>
  typeof value === 'number' ? formatOf(locale).format(value) : value;

const PLACE = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g;

/** @param locale writes the numbers; that of the language unless a person has another one. */
export function pieces(
  message: string,
  values: Readonly<Record<string, Value>>,
  language: Language,
  locale = language.id,
): Piece[] {
  const template = (language.messages?.[message] ?? message).replace(/##.*/, '');
  const found: Piece[] = [];
  let end = 0;
  for (const { 0: place, 1: name = '', 2: first, 3: second = '', index } of template.matchAll(PLACE)) {
    const value = values[name] ?? '';
    found.push({ text: template.slice(end, index) });
    if (first === undefined) found.push({ name, text: write(value, locale) });
    else found.push({ text: language.isFirst(value, second) ? first : second });
    end = index + place.length;
  }
  return [...found, { text: template.slice(end) }];
}
