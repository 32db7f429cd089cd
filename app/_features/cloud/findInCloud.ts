import { placesOf } from './cloudText';

/** What a search looks through. */
export interface Searched {
  readonly count: number;
  readonly classes: readonly string[];
  /** Of a text; `null` elsewhere. */
  readonly characters: readonly string[] | null;
}

/** Points that are shown, or a class of them, or one that is chosen. */
export interface Found {
  readonly points: readonly number[] | null;
  readonly category: number | null;
  readonly point: number | null;
}

export const nothingFound: Found = { points: null, category: null, point: null };

/** A character or word of a text, a class by a part of its name, or a point by its number; `null` if there is none. */
export function searchCloud({ count, classes, characters }: Searched, text: string): Found | null {
  // Spaces are characters, too.
  const wanted = text.trim() || (characters ? text : '');
  if (wanted === '') return nothingFound;
  const points = characters ? placesOf(characters, wanted) : [];
  if (points.length > 0) return { ...nothingFound, points };
  const category = classes.findIndex((name) => name.toLowerCase().includes(wanted.toLowerCase()));
  if (category >= 0) return { ...nothingFound, category };
  const isPoint = /^\d+$/.test(wanted) && Number(wanted) < count;
  return isPoint ? { ...nothingFound, point: Number(wanted) } : null;
}
