import type { Text } from '@/app/_ui/language';
import type { LogEntry } from '@/lib/protocol/messages';
import type { Command } from '@/lib/runs/status';
import type { PlainMessage } from '@/lib/text/keys';

/** Somebody changed something while this run trained, or its samples collapsed: a line across its curves. */
export interface Mark {
  readonly id: number;
  readonly step: number;
  /** Who did it; empty for the server. */
  readonly name: string;
  /** An index into the palette of people; `null` for a warning. */
  readonly color: number | null;
  /** What was done: "Learning rate 1.5 → 0.5". */
  readonly text: string;
}

/** Commands that bend a curve; single steps would cover it and are left out. */
const marked: Readonly<Partial<Record<Command, PlainMessage>>> = {
  pause: 'paused##mark',
  resume: 'went on',
  stop: 'ended the training',
};

function describe(what: LogEntry['what'], t: Text): string | null {
  if (what.kind === 'changed' && what.key !== 'title')
    return `${t.say(what.label)} ${t.say(what.from)} → ${t.say(what.to)}`;
  const command = what.kind === 'command' && marked[what.command];
  return command ? t(command) : null;
}

const collapses = { began: 'Mode collapse began', ended: 'Samples are varied again' } as const;

/** The marks of a run, in the log's order. */
export function marksOf(log: readonly LogEntry[], run: string | undefined, t: Text): Mark[] {
  return log.flatMap(({ id, at, what, person }): Mark[] => {
    if (!at || at.run !== run) return [];
    if (what.kind === 'collapse')
      return [{ id, step: at.step, name: '', color: null, text: t(collapses[what.state]) }];
    const text = describe(what, t);
    return person && text !== null ? [{ id, step: at.step, text, ...person }] : [];
  });
}
