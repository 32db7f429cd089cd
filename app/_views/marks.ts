import type { LogEntry } from '@/lib/protocol/messages';
import type { Command } from '@/lib/runs/status';

/** Somebody changed something while this run trained: a line across its curves. */
export interface Mark {
  readonly id: number;
  readonly step: number;
  readonly name: string;
  /** An index into the palette of people. */
  readonly color: number;
  /** What was done: "Learning rate 1.5 → 0.5". */
  readonly text: string;
}

/** Commands that bend a curve; single steps would cover it and are left out. */
const marked: Readonly<Partial<Record<Command, string>>> = {
  pause: 'paused',
  resume: 'went on',
  stop: 'ended the training',
};

function describe({ what }: LogEntry): string | null {
  if (what.kind === 'changed' && what.key !== 'title') return `${what.label} ${what.from} → ${what.to}`;
  if (what.kind === 'command') return marked[what.command] ?? null;
  return null;
}

/** The marks of a run, in the log's order. */
export function marksOf(log: readonly LogEntry[], run: string | undefined): Mark[] {
  return log.flatMap((entry) => {
    const text = describe(entry);
    if (!entry.person || text === null || !entry.at || entry.at.run !== run) return [];
    return [{ id: entry.id, step: entry.at.step, text, ...entry.person }];
  });
}
