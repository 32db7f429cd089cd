import { type Language, pieces } from '../format';

/** Texts that come ready made in English, as the server's: exactly known ones, and ones known by their pattern. */

/** Places for what people named: files, their contents, characters. All others are the program's own words. */
const own: readonly string[] = ['archive', 'character', 'file', 'name', 'outside', 'path'];

interface Pattern {
  readonly message: string;
  readonly expression: RegExp;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a message looks like once it is filled: each value is a group. */
function patternOf(message: string): Pattern {
  const parts = message.split(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/);
  let expression = '';
  for (let i = 0; i < parts.length; i += 4) {
    const [text = '', name, first, second] = parts.slice(i, i + 4);
    expression += escaped(text);
    if (name === undefined) continue;
    expression += first === undefined ? `(?<${name}>.+?)` : `(?:${escaped(first)}|${escaped(second ?? '')})`;
  }
  return { message, expression: new RegExp(`^${expression}$`, 's') };
}

/** @returns the function that puts an English text into the language; one that nobody knows stays as it is. */
export function foreignIn(language: Language, messages: readonly string[]): (text: string) => string {
  const patterns = messages.filter((message) => message.includes('{')).map(patternOf);
  const translate = (text: string): string => {
    const known = language.messages?.[text];
    if (known !== undefined) return known;
    for (const { message, expression } of patterns) {
      const found = expression.exec(text);
      if (!found) continue;
      const values = Object.entries(found.groups ?? {}).map(([name, value]) => [
        name,
        own.includes(name) ? value : translate(value),
      ]);
      return pieces(message, Object.fromEntries(values), language)
        .map((piece) => piece.text)
        .join('');
    }
    return text;
  };
  return translate;
}
