import { Refused } from './refused';
import type { Deed, Seat } from './seat';

/** What somebody is in a playground. */
export type Role = 'editor';

/** The role of everybody with the link. */
export const everyone: Role = 'editor';

const editors: readonly Role[] = ['editor'];

/** Each deed and the roles that may do it. What isn't in this table, nobody can do. */
export const deeds: Readonly<Record<Deed, readonly Role[]>> = {
  // Decides, with all
  update: editors,
  command: editors,
  place: editors,
  hold: editors,
  release: editors,
  rename: editors,
  // Sees what comes of it
  look: editors,
  clock: editors,
  watch: editors,
  sample: editors,
  history: editors,
  leave: editors,
  card: editors,
  exports: editors,
  export: editors,
  runs: editors,
  curve: editors,
  reel: editors,
  reelPack: editors,
  // Brings files
  bringGenerator: editors,
  readGenerator: editors,
  removeGenerator: editors,
  draftData: editors,
  bringData: editors,
  readDraft: editors,
  takeDraft: editors,
  discardDraft: editors,
  removeData: editors,
};

function refuse(): never {
  throw new Refused('not-allowed', 'This link does not let you do that here');
}

/**
 * The only door into a room: of `acts` those that the table knows; one that `role` may not do is refused with
 * `not-allowed` when it is tried.
 */
export function seatOf<S extends Partial<Seat>>(role: Role, acts: S, table = deeds): S {
  const known = Object.entries(acts).filter(([deed]) => Object.hasOwn(table, deed));
  return Object.fromEntries(
    known.map(([deed, act]) => [deed, table[deed as Deed].includes(role) ? act : refuse]),
  ) as S;
}
