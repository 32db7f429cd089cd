import { createElement, Fragment, type ReactNode, useSyncExternalStore } from 'react';
import { onRemembered, remember, remembered } from '@/lib/memory';
import { english, type Language, pieces, type Value, type ValuesOf } from '@/lib/text/format';
import type { Message } from '@/lib/text/keys';
import { type LanguageId, languageIds, languages, usualLanguage } from '@/lib/text/languages';
import { inWords, type Part } from '@/lib/text/sentence';
import { loadFont } from './fonts';
import { LANGUAGE_KEY } from './languageScript';
import { numberFormat, numberLocale } from './numbers';

/** Each person's own language: kept in this browser, loaded when chosen, switched without loading the page again. */

/**
 * The first language of a person's that the page speaks, else the usual one.
 * @param tags BCP 47, the most wanted first; "ko-KR" asks for "ko", "kok" is another language.
 */
export function chooseLanguage(tags: readonly string[]): LanguageId {
  const spoken = (tag: string) => languageIds.find((id) => id === tag.split('-')[0]?.toLowerCase());
  return tags.map(spoken).find((id) => id !== undefined) ?? usualLanguage;
}

/** Writes messages in one language. */
export interface Text {
  <M extends Message>(message: M, ...values: ValuesOf<M>): string;
  /** Like the message, with some of its values as elements. */
  rich<M extends Message>(
    message: M,
    values: Readonly<Record<string, Value>>,
    elements: Readonly<Record<string, (text: string) => ReactNode>>,
  ): ReactNode;
  /** What the server, or the catalog, says. */
  say(sentence: Part): string;
  /** A number as the person's locale writes it. */
  number(value: number, options?: Intl.NumberFormatOptions): string;
  readonly language: string;
}

function textIn(language: Language, locale: string): Text {
  const text = (message: string, values: Readonly<Record<string, Value>> = {}) =>
    pieces(message, values, language, locale)
      .map((piece) => piece.text)
      .join('');
  return Object.assign(text, {
    language: language.id,
    say: (sentence: Part) => inWords(sentence, language, locale),
    number: (value: number, options?: Intl.NumberFormatOptions) =>
      numberFormat(options ?? {}, locale).format(value),
    rich: (
      message: string,
      values: Readonly<Record<string, Value>>,
      elements: Readonly<Record<string, (text: string) => ReactNode>>,
    ) =>
      createElement(
        Fragment,
        null,
        ...pieces(message, values, language, locale).map(
          ({ name, text }) => elements[name ?? '']?.(text) ?? text,
        ),
      ),
  }) as Text;
}

/** What the server renders. */
export const inEnglish = textIn(english, 'en');
let shown = numberLocale === 'en' ? inEnglish : textIn(english, numberLocale);
const listeners = new Set<() => void>();

function chosen(): LanguageId {
  const kept = remembered(LANGUAGE_KEY);
  return chooseLanguage(kept === null ? (navigator.languages ?? [navigator.language]) : [kept]);
}

/** Shows the chosen language once its messages are there; without them the page stays as it is. */
async function show(): Promise<void> {
  const id = chosen();
  const { load, script } = languages[id];
  const [language] = await Promise.all([load(), loadFont(script)]).catch(() => [null]);
  const { documentElement: root } = document;
  delete root.dataset.waiting;
  if (id !== chosen()) return;
  if (language) shown = textIn(language, numberLocale);
  root.lang = shown.language;
  for (const listener of listeners) listener();
}

if (typeof document !== 'undefined') {
  if (chosen() !== usualLanguage) void show();
  onRemembered(LANGUAGE_KEY, () => void show());
}

/** Keeps a language for the next visit and shows it. */
export function setLanguage(id: LanguageId): void {
  remember(LANGUAGE_KEY, id);
  void show();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Messages in the person's language; the component renders again when that changes. */
export function useText(): Text {
  return useSyncExternalStore(
    subscribe,
    () => shown,
    () => inEnglish,
  );
}
