import { limits } from '@/lib/protocol/limits';
import { DataProblem, megabytes, number } from './problem';

export interface ReadText {
  readonly text: string;
  readonly characters: number;
  readonly lines: number;
  /** Distinct characters. */
  readonly vocabulary: { readonly lower: number; readonly 'as-is': number };
}

/** The first byte that is no UTF-8, counted from 0. */
function firstBroken(bytes: Uint8Array): number {
  const decodes = (end: number) => {
    try {
      // A character that `end` cuts through is no fault yet.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [whole, broken] = [0, bytes.length];
  while (broken - whole > 1) {
    const middle = (whole + broken) >>> 1;
    if (decodes(middle)) whole = middle;
    else broken = middle;
  }
  return whole;
}

function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DataProblem(
      `${name} is neither a zip archive, an image (PNG, JPEG, WebP or GIF), nor text in UTF-8: the byte at ` +
        `${number(firstBroken(bytes))} doesn't belong there. Save a text as UTF-8`,
    );
  }
}

/** @returns how many characters, whole code points, and how many distinct ones. */
function counted(text: string): { characters: number; distinct: number } {
  const found = new Set<string>();
  let characters = 0;
  for (const character of text) {
    found.add(character);
    characters += 1;
  }
  return { characters, distinct: found.size };
}

/**
 * A text as it is learned: a byte order mark goes, lines end with a line feed alone.
 * @throws DataProblem if it isn't UTF-8, too long or too short, or has too many distinct characters.
 */
export function readText(bytes: Uint8Array, name: string): ReadText {
  if (bytes.length > limits.ownTextBytes)
    throw new DataProblem(
      `${name} has ${megabytes(bytes.length)}; a text has at most ${megabytes(limits.ownTextBytes)}`,
    );
  const text = decoded(bytes, name).replace(/\r\n?/g, '\n');
  if (text.includes('\0')) throw new DataProblem(`${name} is no text: it has characters of code 0`);
  const { characters, distinct } = counted(text);
  if (characters < limits.ownTextCharacters)
    throw new DataProblem(
      `${name} has ${number(characters)} characters; at least ${number(limits.ownTextCharacters)} are needed to learn from`,
    );
  if (distinct > limits.ownTextVocabulary)
    throw new DataProblem(
      `${name} has ${number(distinct)} different characters; a model can tell at most ${number(limits.ownTextVocabulary)} apart`,
    );
  const lower = counted(text.toLowerCase()).distinct;
  return { text, characters, lines: text.split('\n').length, vocabulary: { lower, 'as-is': distinct } };
}
