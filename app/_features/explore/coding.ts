import { controls, useControl } from '@/app/_hooks/control';
import { useExplore, useMovers } from '@/app/_hooks/explore';
import type { Explorer } from '@/lib/catalog/explorers';
import { codingOf } from '@/lib/room/explore';

/** The coding of a model that all explore together, who moves it, and the way to begin with another one. */
export function useCodingOf(owner: Explorer) {
  const { entries, change } = useExplore(owner);
  const { touch } = useControl(controls.explore(owner, 'picture'));
  const movers = useMovers(owner);
  const present = codingOf(entries, owner);
  /** Puts these entries in place of all numbers that were moved, in one edit. */
  const begin = (changes: Readonly<Record<string, number | null>>): void => {
    touch();
    change({ ...Object.fromEntries(present.moved.map(([place]) => [`number/${place}`, null])), ...changes });
  };
  return { entries, present, movers, begin };
}

/** Entries by which every number is as in a coding. */
export const numbersOf = (coding: Float32Array): Record<string, number> =>
  Object.fromEntries(Array.from(coding, (value, place) => [`number/${place}`, value]));
