import { limits } from '@/lib/protocol/limits';
import type { LeftOut } from '@/lib/protocol/ownData';
import { cutText } from '@/lib/text/cut';
import type { Sentence } from '@/lib/text/sentence';

/** Why files were left out, with the first of their names. */
export class LeftOuts {
  /** By the reasons as JSON. */
  private readonly found = new Map<string, { reason: Sentence; count: number; names: string[] }>();

  add(name: string, given: Sentence): void {
    const isKnown = this.found.has(JSON.stringify(given));
    const reason = isKnown || this.found.size < limits.ownLeftOutReasons - 1 ? given : 'for other reasons';
    const key = JSON.stringify(reason);
    const group = this.found.get(key) ?? { reason, count: 0, names: [] };
    group.count += 1;
    if (group.names.length < limits.ownLeftOutNames) group.names.push(cutText(name, limits.ownClassName));
    this.found.set(key, group);
  }

  /** The most frequent last, as systems leave many. */
  all(): LeftOut[] {
    return [...this.found.values()].sort((a, b) => a.count - b.count);
  }
}
