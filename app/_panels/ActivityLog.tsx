import { Fragment, type ReactNode } from 'react';
import type { LogEntry } from '@/lib/protocol/messages';
import type { Command } from '@/lib/runs/status';
import { useLog } from '../_client/context';
import { useText } from '../_ui/language';
import { type Arrivals, gatherArrivals } from './arrivals';
import { colorOf } from './person';

const deeds = {
  train: 'started training',
  pause: 'paused',
  resume: 'resumed',
  step: 'took one step',
  stop: 'stopped',
  reset: 'discarded the run',
} as const satisfies Record<Command, string>;

const steps = {
  generator: 'took one step of the generator',
  discriminator: 'took one step of the discriminator',
} as const;

/** The latest first. */
export function ActivityLog() {
  const t = useText();
  const log = useLog();
  return (
    <>
      <h3 className="border-y border-line px-6 py-2 text-xs font-medium text-ink-soft">{t('Activity')}</h3>
      <div
        role="log"
        aria-label={t('Activity')}
        data-clip
        className="min-h-0 flex-1 overflow-y-auto px-6 py-3"
      >
        {gatherArrivals(log)
          .toReversed()
          .map((line) =>
            'what' in line ? (
              <Entry key={line.id} entry={line} />
            ) : (
              <ArrivalsEntry key={line.id} arrivals={line} />
            ),
          )}
      </div>
    </>
  );
}

/** A time of the day and what happened then. */
function Line({ time, children }: { time: number; children: ReactNode }) {
  return (
    <div className="flex gap-3 py-1 text-sm leading-5">
      <time
        dateTime={new Date(time).toISOString()}
        className="w-10 shrink-0 text-xs leading-5 text-ink-faint tabular-nums"
      >
        {new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false })}
      </time>
      <p className="min-w-0 text-ink-soft wrap-break-word">{children}</p>
    </div>
  );
}

function Name({ person }: { person: Arrivals['people'][number] }) {
  return (
    <span className="font-medium" style={{ color: colorOf(person) }}>
      {person.name}
    </span>
  );
}

function Entry({ entry }: { entry: LogEntry }) {
  const t = useText();
  const { person, at, time } = entry;
  return (
    <Line time={time}>
      {person && (
        <>
          <Name person={person} />{' '}
        </>
      )}
      <Deed what={entry.what} />
      {at && (
        <span className="text-xs text-ink-faint tabular-nums"> {t('at step {step}', { step: at.step })}</span>
      )}
    </Line>
  );
}

/** Names that a line of arrivals has; further people are a number. */
const NAMED = 3;

function ArrivalsEntry({ arrivals: { people, time } }: { arrivals: Arrivals }) {
  const t = useText();
  const named = people.slice(0, NAMED);
  const others = people.length - named.length;
  return (
    <Line time={time}>
      <span title={people.map(({ name }) => name).join(', ')}>
        {named.map((person, i) => (
          <Fragment key={`${person.name} ${person.color}`}>
            {i > 0 && ', '}
            <Name person={person} />
          </Fragment>
        ))}{' '}
        {others > 0 ? t('and {n} {n|other|others} came in', { n: others }) : t('came in')}
      </span>
    </Line>
  );
}

const strong = (text: string) => <span className="text-ink tabular-nums">{text}</span>;

function Deed({ what }: { what: LogEntry['what'] }) {
  const t = useText();
  switch (what.kind) {
    case 'joined':
      return t('came in');
    case 'command':
      return t(what.network ? steps[what.network] : deeds[what.command]);
    case 'changed':
      return t.rich(
        'set {label} from {from} to {to}',
        { label: t.foreign(what.label), from: t.words(what.from), to: t.words(what.to) },
        { label: strong, to: strong },
      );
    case 'generator':
      return t.rich(
        what.isHere ? 'brought the generator {name}' : 'removed the generator {name}',
        { name: what.name },
        { name: strong },
      );
    case 'collapse':
      return what.state === 'began' ? (
        <span className="text-bad">{t('Mode collapse began')}</span>
      ) : (
        t('Samples are varied again')
      );
    case 'data':
      return t.rich(
        what.isHere ? 'brought the data set {name}' : 'removed the data set {name}',
        { name: what.name },
        { name: strong },
      );
    case 'ended':
      return (
        <span className={what.state === 'failed' ? 'text-bad' : 'text-ink'}>{t.foreign(what.message)}</span>
      );
  }
}
