import type { PlainMessage } from '../text/keys';

/** Kinds of characters, in the order of their classes. */
export const characterKinds = [
  'Vowel',
  'Consonant',
  'Other letter',
  'Capital',
  'Digit',
  'Space',
  'Line break',
  'Punctuation',
  'Other character',
] as const satisfies readonly PlainMessage[];
type CharacterKind = (typeof characterKinds)[number];

/** Capitals are of a kind of their own, whatever they sound like. */
export function kindOfCharacter(character: string): CharacterKind {
  if (character === '\n' || character === '\r') return 'Line break';
  if (/\s/u.test(character)) return 'Space';
  if (/\p{Nd}/u.test(character)) return 'Digit';
  if (/\p{Lu}/u.test(character)) return 'Capital';
  if (/\p{P}/u.test(character)) return 'Punctuation';
  if (!/\p{L}/u.test(character)) return 'Other character';
  const base = character.normalize('NFD').charAt(0);
  if (/[aeiou]/.test(base)) return 'Vowel';
  return /[a-z]/.test(base) ? 'Consonant' : 'Other letter';
}
