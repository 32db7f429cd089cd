import * as z from 'zod/mini';
import { remember, remembered } from '@/lib/memory';
import { createStore, type Store } from './store';

/** Playgrounds that this browser has opened, for the first page. They stay in the browser. */

const KEY = 'colatent:recent';
/** Playgrounds that are remembered; the one opened longest ago is forgotten beyond. */
const MOST = 24;

const visitSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** When it was last open, milliseconds since 1970. */
  at: z.number(),
});
export type Visit = z.infer<typeof visitSchema>;

/** What is kept may be from another version, or somebody's own work: what can't be read counts as nothing. */
function read(): readonly Visit[] {
  try {
    return z.array(visitSchema).parse(JSON.parse(remembered(KEY) ?? '[]'));
  } catch {
    return [];
  }
}

const store = createStore<readonly Visit[]>([]);

function keep(visits: readonly Visit[]): void {
  remember(KEY, JSON.stringify(visits));
  store.set(visits);
}

/** Latest first. Read anew, since other pages of this browser note their visits too. */
export function recentVisits(): Store<readonly Visit[]> {
  store.set(read());
  return store;
}

export function noteVisit(visit: Visit): void {
  keep([visit, ...read().filter(({ id }) => id !== visit.id)].slice(0, MOST));
}

export function forgetVisit(id: string): void {
  keep(read().filter((visit) => visit.id !== id));
}
