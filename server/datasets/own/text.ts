import type { EncodingId } from '@/lib/catalog/encodings';
import { defaultValues } from '@/lib/catalog/models';
import { charRnnValues } from '@/lib/catalog/models/charRnn';
import { misfitOf, reasonOf } from '@/lib/catalog/textFit';
import { limits } from '@/lib/protocol/limits';
import { MERGED, type TextReading } from '@/lib/protocol/ownData';
import type { PlainMessage } from '@/lib/text/keys';
import { own, say } from '@/lib/text/sentence';
import { type Decoded, decodeText } from './encoding';
import { LeftOuts } from './leftOuts';
import { DataProblem } from './problem';

/** A text as it is learned. */
export interface ReadText {
  readonly text: string;
  readonly characters: number;
  readonly lines: number;
  /** Distinct characters. */
  readonly vocabulary: { readonly lower: number; readonly 'as-is': number };
  readonly reading: TextReading;
}

/** A file that is to be read as a text. */
export interface TextFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Texts in the order in which they are joined, and the names of images beside them. */
export interface Texts {
  readonly files: readonly TextFile[];
  readonly others: readonly string[];
}

/** Files that people take for texts, by how they begin, and what makes one of them. */
const documents: readonly (readonly [start: string, kind: PlainMessage, advice: PlainMessage])[] = [
  ['%PDF-', 'a PDF document', 'Save it as plain text'],
  ['{\\rtf', 'an RTF document', 'Save it as plain text'],
  ['\u00d0\u00cf\u0011\u00e0', 'a document of a word processor', 'Save it as plain text'],
  ['\u001f\u008b', 'a gzip archive', 'Pack it as a zip archive'],
  ['7z\u00bc\u00af', 'a 7z archive', 'Pack it as a zip archive'],
  ['Rar!', 'a RAR archive', 'Pack it as a zip archive'],
];
/** Control characters that texts have: tab, line feed, vertical tab, form feed, return, the end in DOS, escape. */
const usualControls = new Set([9, 10, 11, 12, 13, 26, 27]);
/** The share of other control characters from which on a file counts as no text. */
const mostControls = 0.001;

/** Whether text in an encoding without a mark could be anything at all. */
function isBinary(text: string): boolean {
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 && !usualControls.has(code)) controls += 1;
  }
  return controls > mostControls * text.length;
}

/** @throws DataProblem with what the file is instead of a text; its name goes before. */
function decoded(bytes: Uint8Array, chosen: EncodingId | undefined): Decoded {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  const [, kind, advice] = documents.find(([each]) => start.startsWith(each)) ?? [];
  if (kind && advice) throw new DataProblem(say('is {kind}. {advice}', { kind, advice }));
  const found = decodeText(bytes, chosen);
  if (!found || found.text.includes('\0') || (found.isUncertain && isBinary(found.text)))
    throw new DataProblem(
      'is neither a zip archive, an image nor a text: its bytes are no characters in any encoding. Save a text as UTF-8',
    );
  return found;
}

/** Lines end with a line feed alone, and characters are composed. */
const normalized = (text: string): string => text.replace(/\r\n?/g, '\n').normalize('NFC');

/** How often each character, a whole code point, occurs. */
function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

/** Replaces the rarest characters by one, if there are more distinct ones than a model may have. */
function merged(
  text: string,
  counts: ReadonlyMap<string, number>,
): Pick<ReadText, 'text'> & { merged: TextReading['merged'] } {
  if (counts.size <= limits.ownTextVocabulary) return { text, merged: { distinct: 0, places: 0 } };
  // Of equals those that come first in the text stay: the order of a map is that of its first entries.
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  const kept = new Set(byCount.slice(0, limits.ownTextVocabulary - 1).map(([character]) => character));
  const rare = byCount.filter(([character]) => !kept.has(character));
  const places = rare.reduce((sum, [, count]) => sum + count, 0);
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at) as number);
    if (!kept.has(character)) {
      parts.push(text.slice(from, at), MERGED);
      from = at + character.length;
    }
    at += character.length;
  }
  return { text: parts.join('') + text.slice(from), merged: { distinct: rare.length, places } };
}

/** Texts in a row, each beginning a line of its own. */
const joined = (texts: readonly string[]): string =>
  texts.map((text, i) => (i < texts.length - 1 && !text.endsWith('\n') ? `${text}\n` : text)).join('');

/** Decodes all that are texts; of several files those that aren't are left out. */
function decodedAll({ files, others }: Texts, chosen: EncodingId | undefined) {
  const leftOuts = new LeftOuts();
  for (const path of others) leftOuts.add(path, 'is an image among texts');
  const texts = files.flatMap(({ name, bytes }) => {
    try {
      return [decoded(bytes, chosen)];
    } catch (error) {
      if (!(error instanceof DataProblem)) throw error;
      const reason = error.sentence;
      if (files.length === 1) throw new DataProblem(say('{name} {reason}', { name: own(name), reason }));
      leftOuts.add(name, reason);
      return [];
    }
  });
  return { texts, leftOut: leftOuts.all() };
}

/**
 * Texts as one that is learned, in the order in which they come.
 * @param name what people call them. @param chosen the encoding of those that don't tell theirs.
 * @throws DataProblem if nothing of it is text, or if a model with its usual settings can't learn from it.
 */
export function readText(found: Texts, name: string, chosen?: EncodingId): ReadText {
  const { texts, leftOut } = decodedAll(found, chosen);
  if (texts.length === 0) throw new DataProblem(say('{name} holds no texts', { name: own(name) }));
  const whole = normalized(joined(texts.map(({ text }) => text)));
  const reading = {
    texts: texts.length,
    encodings: [...new Set(texts.map(({ encoding }) => encoding))],
    isUncertain: texts.some(({ isUncertain }) => isUncertain),
    cut: texts.filter(({ isCut }) => isCut).length,
    broken: texts.reduce((sum, { broken }) => sum + broken, 0),
    leftOut,
  };
  const before = countsOf(whole);
  const { text, merged: rare } = merged(whole, before);
  const counts = rare.distinct > 0 ? countsOf(text) : before;
  const characters = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const vocabulary = { lower: countsOf(text.toLowerCase()).size, 'as-is': counts.size };
  assertLearnable(name, characters, vocabulary);
  return {
    text,
    characters,
    lines: text.split('\n').length,
    vocabulary,
    reading: { ...reading, merged: rare },
  };
}

function assertLearnable(name: string, characters: number, vocabulary: ReadText['vocabulary']): void {
  if (characters < limits.ownTextCharacters)
    throw new DataProblem(
      say('{name} has {n} characters; at least {least} are needed to learn from', {
        name: own(name),
        n: characters,
        least: limits.ownTextCharacters,
      }),
    );
  const usual = charRnnValues.parse(defaultValues('char-rnn'));
  const misfit = misfitOf({ kind: 'text', characters, vocabulary }, usual);
  if (misfit) {
    const reason = reasonOf(misfit);
    throw new DataProblem(say("{name} can't be learned from. {reason}", { name: own(name), reason }));
  }
}
