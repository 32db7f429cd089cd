import { limits } from '@/lib/protocol/limits';
import type { LeftOut } from '@/lib/protocol/ownData';
import { cutText } from '@/lib/text/cut';

/** Why files were left out, with the first of their names. */
export class LeftOuts {
  private readonly found = new Map<string, { count: number; names: string[] }>();

  add(name: string, reason: string): void {
    const isKnown = this.found.has(reason) || this.found.size < limits.ownLeftOutReasons - 1;
    const key = isKnown ? reason : 'for other reasons';
    const group = this.found.get(key) ?? { count: 0, names: [] };
    group.count += 1;
    if (group.names.length < limits.ownLeftOutNames) group.names.push(cutText(name, limits.ownClassName));
    this.found.set(key, group);
  }

  /** The most frequent last, as systems leave many. */
  all(): LeftOut[] {
    return [...this.found].map(([reason, group]) => ({ reason, ...group })).sort((a, b) => a.count - b.count);
  }
}
