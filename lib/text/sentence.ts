import { english, knownIn, type Language, type Names, pieces, plain, write } from './format';
import type { Message, PlainMessage } from './keys';

/**
 * What the program says to people, in no language yet: an English text, or one with places and what fills them. It
 * travels and is stored as it is; a page puts it into its person's words. What a former version has stored is an English
 * text that is filled already, and is shown as it is.
 */
export type Sentence = PlainMessage | Filled | Own;

export interface Filled {
  readonly message: Message;
  readonly values: Readonly<Record<string, Part>>;
}

/** What a person or another program has written (a name, a file, the error of a library): the same in every language. */
export interface Own {
  readonly own: string;
}

/** What fills a place. */
export type Part = number | Sentence;

/** A sentence with its values. */
export const say = <M extends Message>(message: M, values: Readonly<Record<Names<M>, Part>>): Filled => ({
  message,
  values,
});

export const own = (text: string): Own => ({ own: text });

export const isFilled = (sentence: Sentence): sentence is Filled =>
  typeof sentence === 'object' && 'message' in sentence;

/** Several in a row, two at a time. @param by how two stand beside each other. */
export function listed(
  parts: readonly [Part, ...Part[]],
  by: '{first}, {other}' | '{first} or {other}' | '{first} and {other}' | '{first}. {other}',
): Part {
  return parts.reduceRight((other, first) => say(by, { first, other }));
}

/** In a language's words. A text that the language doesn't know stays as it is. @param locale writes the numbers. */
export function inWords(part: Part, language: Language, locale = language.id): string {
  if (typeof part === 'number') return write(part, locale);
  if (typeof part === 'string') return plain(knownIn(language, part) ?? part);
  if ('own' in part) return part.own;
  const values = Object.entries(part.values).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : inWords(value, language, locale),
  ]);
  return pieces(part.message, Object.fromEntries(values), language, locale)
    .map(({ text }) => text)
    .join('');
}

/** As it stands in logs and for programs. */
export const inEnglish = (part: Part): string => inWords(part, english);

/** An error whose message people read, each in their language. */
export class SentenceError extends Error {
  constructor(
    readonly sentence: Sentence,
    options?: ErrorOptions,
  ) {
    super(inEnglish(sentence), options);
  }
}

/** What an error says; of one that nobody meant for people what its thrower has written. */
export const sentenceOf = (error: unknown): Sentence =>
  error instanceof SentenceError
    ? error.sentence
    : own(error instanceof Error ? error.message : String(error));
