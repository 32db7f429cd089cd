import type { LogEntry } from '@/lib/protocol/messages';

/** People who came in with nothing else between: one line of the log. */
export interface Arrivals {
  readonly id: number;
  /** When the last of them came. */
  readonly time: number;
  /** Each once, in the order of their coming. */
  readonly people: readonly NonNullable<LogEntry['person']>[];
}

/** The log, oldest first, with arrivals that follow one another as one line. */
export function gatherArrivals(log: readonly LogEntry[]): (LogEntry | Arrivals)[] {
  const lines: (LogEntry | Arrivals)[] = [];
  for (const entry of log) {
    const before = lines.at(-1);
    const { person, time } = entry;
    if (entry.what.kind !== 'joined' || !person) lines.push(entry);
    else if (!before || 'what' in before) lines.push({ id: entry.id, time, people: [person] });
    else {
      const isKnown = before.people.some(({ name, color }) => name === person.name && color === person.color);
      lines[lines.length - 1] = {
        ...before,
        time,
        people: isKnown ? before.people : [...before.people, person],
      };
    }
  }
  return lines;
}
