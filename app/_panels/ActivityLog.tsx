import type { LogEntry } from '@/lib/protocol/messages';
import type { Command } from '@/lib/runs/status';
import { useLog } from '../_client/context';
import { colorOf } from './person';

const deeds: Record<Command, string> = {
  train: 'started training',
  pause: 'paused',
  resume: 'resumed',
  step: 'took one step',
  stop: 'stopped',
  reset: 'discarded the run',
};

/** The latest first. */
export function ActivityLog() {
  const log = useLog();
  return (
    <>
      <h3 className="border-y border-line px-6 py-2 text-xs font-medium text-ink-soft">Activity</h3>
      <div role="log" aria-label="Activity" data-clip className="min-h-0 flex-1 overflow-y-auto px-6 py-3">
        {log.toReversed().map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </div>
    </>
  );
}

function Entry({ entry }: { entry: LogEntry }) {
  const { person, at, time } = entry;
  return (
    <div className="flex gap-3 py-1 text-sm leading-5">
      <time
        dateTime={new Date(time).toISOString()}
        className="w-10 shrink-0 text-xs leading-5 text-ink-faint tabular-nums"
      >
        {new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false })}
      </time>
      <p className="min-w-0 text-ink-soft wrap-break-word">
        {person && (
          <span className="font-medium" style={{ color: colorOf(person) }}>
            {person.name}{' '}
          </span>
        )}
        <Deed what={entry.what} />
        {at && (
          <span className="text-xs text-ink-faint tabular-nums"> at step {at.step.toLocaleString('en')}</span>
        )}
      </p>
    </div>
  );
}

function Deed({ what }: { what: LogEntry['what'] }) {
  switch (what.kind) {
    case 'joined':
      return 'came in';
    case 'command':
      return deeds[what.command];
    case 'changed':
      return (
        <>
          set <span className="text-ink">{what.label}</span> from {what.from} to{' '}
          <span className="text-ink tabular-nums">{what.to}</span>
        </>
      );
    case 'generator':
      return (
        <>
          {what.isHere ? 'brought' : 'removed'} the generator <span className="text-ink">{what.name}</span>
        </>
      );
    case 'ended':
      return <span className={what.state === 'failed' ? 'text-bad' : 'text-ink'}>{what.message}</span>;
  }
}
