import type { Explorable } from '@/app/_hooks/explore';
import type { Walk } from '@/lib/room/explore';

/** A shared walk, as its controls show and change it. */
export interface Walking {
  readonly explorable: Explorable;
  readonly walk: Walk;
  change(changes: Readonly<Record<string, number | null>>): void;
}
