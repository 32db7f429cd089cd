import { Fragment, type ReactNode } from 'react';
import { asideBy, useKeptRuns } from '@/app/_hooks/aside';
import { useConnection, useLog, usePending, useRoom } from '@/app/_hooks/context';
import { useText } from '@/app/_ui/language';
import { colorOf } from '@/app/_ui/person';
import { modelOf } from '@/lib/catalog/models';
import { presetOf } from '@/lib/catalog/presets';
import type { LogEntry } from '@/lib/protocol/messages';
import type { Command } from '@/lib/runs/status';
import { type Arrivals, gatherArrivals } from './arrivals';

const deeds = {
  train: 'started training',
  pause: 'paused',
  resume: 'resumed',
  step: 'took one step',
  stop: 'stopped',
  reset: 'reset the run',
  restore: 'brought the run back',
} as const satisfies Record<Command, string>;

const steps = {
  generator: 'took one step of the generator',
  discriminator: 'took one step of the discriminator',
} as const;

/** The latest first. */
export function ActivityLog() {
  const t = useText();
  const log = useLog();
  const kept = useKeptRuns();
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
              <Entry key={line.id} entry={line} kept={kept} />
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

function Entry({ entry, kept }: { entry: LogEntry; kept: ReadonlySet<string> }) {
  const t = useText();
  const { person, at, time } = entry;
  const aside = asideBy(entry);
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
      {aside !== null && kept.has(aside) && <BringBack run={aside} />}
    </Line>
  );
}

/** Beside what set a run aside, as long as that run is kept. */
function BringBack({ run }: { run: string }) {
  const t = useText();
  const room = useRoom();
  const isPending = usePending() !== null;
  const live = useConnection().kind === 'live';
  return (
    <button
      type="button"
      disabled={!live || isPending}
      onClick={() => void room.command('restore', { run })}
      className="ml-1 min-h-6 text-xs whitespace-nowrap underline underline-offset-2 hover:text-ink disabled:text-ink-faint"
    >
      {t('Bring that run back')}
    </button>
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

function Choice({ what }: { what: Extract<LogEntry['what'], { kind: 'preset' }> }) {
  const t = useText();
  const preset = presetOf(what.preset);
  if (!preset) return what.preset;
  const values = { preset: t(preset.label), model: t(modelOf(preset.model).label) };
  if (what.isTakenBack) return t.rich('took back {preset}', values, { preset: strong });
  return what.isOther
    ? t.rich('chose {preset} of {model}', values, { preset: strong, model: strong })
    : t.rich('chose {preset}', values, { preset: strong });
}

const strong = (text: string) => <span className="text-ink tabular-nums">{text}</span>;

function Deed({ what }: { what: LogEntry['what'] }) {
  const t = useText();
  switch (what.kind) {
    case 'joined':
      return t('came in');
    case 'command':
      return t(what.network ? steps[what.network] : deeds[what.command]);
    case 'preset':
      return <Choice what={what} />;
    case 'changed':
      return t.rich(
        'set {label} from {from} to {to}',
        { label: t.say(what.label), from: t.say(what.from), to: t.say(what.to) },
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
      return <span className={what.state === 'failed' ? 'text-bad' : 'text-ink'}>{t.say(what.message)}</span>;
  }
}
