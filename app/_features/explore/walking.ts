import type { Explorable } from '@/app/_hooks/explore';
import type { Walk } from '@/lib/room/explore';

/** What a view of a walk shows, and how its parts change it for all. */
export interface Walking {
  readonly explorable: Explorable;
  readonly walk: Walk;
  change(changes: Readonly<Record<string, number | null>>): void;
}
