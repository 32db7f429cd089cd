/** Characters shown before and after the one that a point stands for. */
const CONTEXT = { before: 24, after: 14 } as const;

/** What stands for a character that leaves no mark. */
const marks: Readonly<Record<string, string>> = { '\n': '↵', '\r': '↵', '\t': '⇥', ' ': '␣' };

export const visible = (character: string): string => marks[character] ?? character;

/** A character within its text, in one line. */
export interface Snippet {
  readonly before: string;
  readonly character: string;
  readonly after: string;
}

const inLine = (characters: readonly string[]): string =>
  characters.map((each) => (each === ' ' ? each : visible(each))).join('');

export function snippetOf(
  characters: readonly string[],
  index: number,
  { before, after }: { readonly before: number; readonly after: number } = CONTEXT,
): Snippet {
  return {
    before: inLine(characters.slice(Math.max(0, index - before), index)),
    character: visible(characters[index] ?? ''),
    after: inLine(characters.slice(index + 1, index + 1 + after)),
  };
}

/** Every character of the text that belongs to an occurrence of `wanted`; its case counts if it has capitals. */
export function placesOf(characters: readonly string[], wanted: string): number[] {
  const fold =
    wanted === wanted.toLowerCase() ? (text: string) => text.toLowerCase() : (text: string) => text;
  const sought = [...wanted].map((each) => (each === '↵' ? '\n' : each === '␣' ? ' ' : each));
  if (sought.length === 0) return [];
  const places = new Set<number>();
  for (let from = 0; from + sought.length <= characters.length; from++)
    if (sought.every((each, i) => fold(characters[from + i] ?? '') === each))
      for (let i = 0; i < sought.length; i++) places.add(from + i);
  return [...places];
}
