import iconv from 'iconv-lite';
import type { NameEncoding } from '@/lib/protocol/ownData';

/**
 * In which encoding an archive's names are written. The format knows UTF-8, marked as such, and the code page 437;
 * what programs write without the mark is whatever their system speaks. Such names are a few bytes long, too few for
 * detectors that count how often characters follow one another; so this counts which of them people use in names.
 */

const utf8 = new TextDecoder('utf-8', { fatal: true });
const labels: Readonly<Record<Exclude<NameEncoding, 'utf-8'>, string>> = {
  cp949: 'cp949',
  'shift-jis': 'shift_jis',
  gbk: 'gbk',
  big5: 'big5',
  cp866: 'cp866',
  cp437: 'cp437',
};

/** What a name is in an encoding; `null` if its bytes mean nothing there. */
export function decodedName(bytes: Uint8Array, encoding: NameEncoding): string | null {
  if (encoding !== 'utf-8') {
    const text = iconv.decode(bytes, labels[encoding]);
    return text.includes('\ufffd') ? null : text;
  }
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** How likely a character of these bytes is in its encoding: 1 in everyday names, 0 never. */
type Likelihood = (character: string, lead: number, trail: number, isInWord: boolean) => number;

const isLetter = (character: string) => /\p{L}/u.test(character);

/** Rows of the common characters of each standard: its first level, sorted by sound or strokes. */
const likelihoods: readonly (readonly [NameEncoding, Likelihood])[] = [
  [
    'cp949',
    (character, lead, trail) => {
      if (!/[가-힣]/.test(character)) return /\p{Script=Han}/u.test(character) ? -1 : 0.2;
      return lead >= 0xb0 && trail >= 0xa1 ? 1 : 0.3;
    },
  ],
  [
    'shift-jis',
    (character, lead) => {
      if (/[\u3041-\u30fe]/.test(character)) return 1;
      if (/[\uff61-\uff9f]/.test(character)) return 0.1;
      return lead >= 0x88 && lead <= 0x97 ? 0.7 : 0.2;
    },
  ],
  [
    'gbk',
    (character, lead, trail) => {
      if (!/\p{Script=Han}/u.test(character) || trail < 0xa1) return 0.1;
      return lead >= 0xb0 && lead <= 0xd7 ? 0.65 : 0.25;
    },
  ],
  ['big5', (_, lead) => (lead >= 0xa4 && lead <= 0xc6 ? 0.6 : 0.15)],
  ['cp866', (character, _lead, _trail, isInWord) => (/[а-яё]/i.test(character) && !isInWord ? 0.9 : 0)],
  ['cp437', (character, lead) => (isLetter(character) && (lead < 0xa8 || lead === 0xe1) ? 0.8 : 0)],
];

/** The mean likelihood of a name's characters beyond ASCII; `null` if it can't be in the encoding. */
function likelihoodOf(bytes: Uint8Array, encoding: NameEncoding, of: Likelihood): number | null {
  const text = decodedName(bytes, encoding);
  if (text === null || /[\u0080-\u009f\ue000-\uf8ff]/.test(text)) return null;
  const isSingle = encoding === 'cp437' || encoding === 'cp866';
  let [sum, count, at] = [0, 0, 0];
  for (const character of text) {
    const lead = bytes[at] ?? 0;
    const isHalfWidth = encoding === 'shift-jis' && lead >= 0xa1 && lead <= 0xdf;
    if (lead >= 0x80) {
      // Between Latin letters: they are written together with letters like them only.
      const isInWord = [at - 1, at + 1].some((next) => /[a-z]/i.test(String.fromCharCode(bytes[next] ?? 0)));
      sum += of(character, lead, bytes[at + 1] ?? 0, isInWord);
      count++;
    }
    at += lead < 0x80 || isSingle || isHalfWidth ? 1 : 2;
  }
  return count === 0 ? 0 : sum / count;
}

/** Two encodings nearer than this are both possible. */
const margin = 0.2;
/** Names that are examined at most; more would not change the result. */
const lookedAt = 500;

/**
 * The encoding of names that don't say it.
 * @param names those with bytes beyond ASCII. @returns whether others are far less likely, too; `null` without names.
 */
export function detectNames(
  names: readonly Uint8Array[],
): { encoding: NameEncoding; isCertain: boolean } | null {
  if (names.length === 0) return null;
  if (names.every((name) => decodedName(name, 'utf-8') !== null))
    return { encoding: 'utf-8', isCertain: true };
  const all = names.slice(0, lookedAt);
  const scores = likelihoods.flatMap(([encoding, of]) => {
    const each = all.map((name) => likelihoodOf(name, encoding, of));
    if (each.includes(null)) return [];
    const score = each.reduce<number>((sum, one) => sum + (one ?? 0), 0) / all.length;
    return [{ encoding, score }];
  });
  scores.sort((a, b) => b.score - a.score);
  const [best, next] = scores;
  return {
    encoding: best?.encoding ?? 'cp437',
    isCertain: (best?.score ?? 0) >= 0.5 && (best?.score ?? 0) - (next?.score ?? 0) >= margin,
  };
}
