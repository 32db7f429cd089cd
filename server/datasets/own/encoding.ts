import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { type EncodingId, encodings } from '@/lib/catalog/encodings';

/** A text out of its bytes. */
export interface Decoded {
  readonly text: string;
  readonly encoding: EncodingId;
  /** Whether another encoding is possible: this one follows neither from a mark nor from the bytes' rules. */
  readonly isUncertain: boolean;
  /** Places whose bytes are no characters; they are left out. */
  readonly broken: number;
  /** Whether it begins or ends within a character, which is left out. */
  readonly isCut: boolean;
}

const BROKEN = '\uFFFD';

/** Bytes of a text by which its encoding is guessed. */
const sampleBytes = 64 * 1024;
/** The share of places that may be broken: of UTF-8, which hardly anything else resembles, and of other encodings. */
const utf8Broken = 0.1;
const mostBroken = 0.005;
/** Of a text in UTF-16: the least share of characters with a byte 0, and the most of these that are the lower byte. */
const leastZeros = 0.01;
const mostAstray = 0.25;
/** How certain an encoding is at least in which nearly nothing is odd, in percent as the detector tells it. */
const leastConfidence = 25;
/** The share of a text's characters beyond ASCII that are odd in nearly none. */
const mostOdd = 0.05;

const marks: readonly (readonly [EncodingId, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** What the detector calls encodings by other names than ours; a family's common member stands for all. */
const synonyms: Readonly<Record<string, EncodingId>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-9': 'windows-1254',
};

const count = (text: string, part: string): number => text.split(part).length - 1;

/** How many marks of a broken place the bytes themselves have. */
function ownMarks(bytes: Uint8Array, encoding: EncodingId): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (encoding === 'utf-8') return count(buffer, '\u00ef\u00bf\u00bd');
  return 0;
}

/** Bytes of a UTF-8 character at the beginning whose first ones are missing. */
function missingHead(bytes: Uint8Array): number {
  const isContinued = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;
  const head = [0, 1, 2].findIndex((at) => !isContinued(bytes[at]));
  return head < 0 ? 3 : head;
}

/** The characters of bytes, and whether something is left that begins one and doesn't end. */
function charactersOf(bytes: Uint8Array, encoding: EncodingId): { text: string; isCut: boolean } {
  if (encoding.startsWith('utf')) {
    const decoder = new TextDecoder(encoding);
    const text = decoder.decode(bytes, { stream: true });
    return { text, isCut: decoder.decode() !== '' };
  }
  // Node's own decoder lacks a third of the Korean syllables.
  const decoder = iconv.getDecoder(encoding);
  const text = decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return { text, isCut: (decoder.end() ?? '') !== '' };
}

/** The bytes as characters of an encoding, whatever they are. */
export function decodeAs(bytes: Uint8Array, encoding: EncodingId): Omit<Decoded, 'isUncertain'> {
  const head = encoding === 'utf-8' ? missingHead(bytes) : 0;
  const { text, isCut } = charactersOf(bytes.subarray(head), encoding);
  const found = text.includes(BROKEN) ? count(text, BROKEN) : 0;
  const broken = found === 0 ? 0 : Math.max(0, found - ownMarks(bytes, encoding));
  return {
    text: broken > 0 ? text.replaceAll(BROKEN, '') : text,
    encoding,
    broken,
    isCut: isCut || head > 0,
  };
}

/** Characters beyond ASCII, whole or broken. */
function beyondAscii({ text, broken }: Pick<Decoded, 'text' | 'broken'>): number {
  let found = broken;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) found += 1;
  return found;
}

/** A stretch from the first line on that has something beyond ASCII; all bytes where none has. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const from = first < 0 ? 0 : bytes.lastIndexOf(0x0a, first) + 1;
  const start = first - from > sampleBytes / 2 ? first : from;
  if (bytes.length - start <= sampleBytes) return bytes.subarray(start);
  const end = bytes.lastIndexOf(0x0a, start + sampleBytes) + 1;
  return bytes.subarray(start, end > first ? end : start + sampleBytes);
}

const scripts = [
  ['latin', /\p{Script=Latin}/u],
  ['greek', /\p{Script=Greek}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['thai', /\p{Script=Thai}/u],
  ['hangul', /[\uac00-\ud7a3]/],
  ['east asian', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
] as const;
const scriptOf = (character: string): string | undefined =>
  scripts.find(([, pattern]) => pattern.test(character))?.[0];

/** Usual characters beside letters: marks, digits, punctuation, quotes, currency signs, and East Asian forms. */
const isUsual = (character: string): boolean =>
  /[\p{M}\p{Nd}\p{P}\p{Sc}\u00a0\u00a9\u00ae\u00b0\u00b7\u2122\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u.test(
    character,
  );

/**
 * The share of characters beyond ASCII that are unlikely where they are: signs, another script's letters,
 * capitals within words.
 */
function oddness(text: string): number {
  let [all, odd] = [0, 0];
  let before: { character: string; script: string | undefined } | null = null;
  for (const character of text) {
    const script = scriptOf(character);
    if (character > '\u007f') {
      all += 1;
      const isStrange = script === undefined && !isUsual(character);
      const isMixed = script !== undefined && before?.script !== undefined && before.script !== script;
      const isCapital = /\p{Lu}/u.test(character) && before !== null && /\p{Ll}/u.test(before.character);
      if (isStrange || isMixed || isCapital) odd += 1;
    }
    before = { character, script };
  }
  return all === 0 ? 0 : odd / all;
}

/** The encodings that a text may be in, the likeliest first; none for what is no text. */
export function likelyEncodings(bytes: Uint8Array): EncodingId[] {
  const sample = sampleOf(bytes);
  const confidences = new Map<string, number>();
  for (const { name, confidence } of analyse(sample)) {
    const id = synonyms[name.toLowerCase()] ?? name.toLowerCase();
    confidences.set(id, Math.max(confidence, confidences.get(id) ?? 0));
  }
  const scored = encodings.flatMap(({ id }) => {
    if (id.startsWith('utf')) return [];
    const decoded = decodeAs(sample, id);
    if (decoded.broken > mostBroken * beyondAscii(decoded)) return [];
    const odd = oddness(decoded.text);
    const confidence = Math.max(confidences.get(id) ?? 0, odd > mostOdd ? 0 : leastConfidence);
    return confidence > 0 ? [{ id, score: confidence * (1 - odd) ** 2 }] : [];
  });
  return scored.sort((a, b) => b.score - a.score).map(({ id }) => id);
}

/** Texts in UTF-16 have many bytes 0, nearly all of them the higher ones of two; `null` for others. */
function wideEncoding(bytes: Uint8Array): EncodingId | null {
  const zeros = [0, 0];
  const length = Math.min(bytes.length, sampleBytes);
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] as number) + 1;
  const [even, odd] = zeros as [number, number];
  if (even + odd < (leastZeros * length) / 2 || Math.min(even, odd) > mostAstray * (even + odd)) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/**
 * A text out of its bytes, whatever it is encoded in: by its mark, by its being UTF-8 or UTF-16, else by what is
 * likely, or as `chosen` says unless it has a mark.
 * @returns `null` for what no encoding fits.
 */
export function decodeText(bytes: Uint8Array, chosen?: EncodingId): Decoded | null {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return { ...decodeAs(bytes, marked[0]), isUncertain: false };
  const wide = bytes.includes(0) ? wideEncoding(bytes) : undefined;
  if (wide !== undefined) return wide && { ...decodeAs(bytes, wide), isUncertain: false };
  const utf8 = decodeAs(bytes, 'utf-8');
  if (utf8.broken === 0) return { ...utf8, isUncertain: false };
  if (chosen) return { ...decodeAs(bytes, chosen), isUncertain: true };
  if (utf8.broken <= utf8Broken * beyondAscii(utf8)) return { ...utf8, isUncertain: false };
  const [likeliest] = likelyEncodings(bytes);
  return likeliest === undefined ? null : { ...decodeAs(bytes, likeliest), isUncertain: true };
}
