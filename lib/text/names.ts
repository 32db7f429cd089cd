/** Names that people give: kept whole, compared as Unicode composes them, cut only between what one sees as characters. */

/** The title of a playground that nobody has named: a page shows it in its language. */
export const UNTITLED = 'Untitled playground';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Controls, halves of characters, and marks that turn the reading direction of what follows. */
const unseen = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A name in NFC, without what can't be seen and spaces around it. */
export const cleanName = (name: string): string => name.normalize('NFC').replace(unseen, '').trim();

/** A name of at most `most` visible characters, for showing: of a longer one the beginning and the end. */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name;
  const characters = Array.from(segmenter.segment(name), ({ segment }) => segment);
  if (characters.length <= most) return name;
  const tail = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - tail).join('')}…${characters.slice(-tail).join('')}`;
}
