import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHasWeights } from '@/app/_hooks/useAsker';
import type { Asked } from '@/app/_room/sampling';
import { useText } from '@/app/_ui/language';
import type { Person } from '@/lib/protocol/messages';
import { BusyRing } from './BusyRing';
import styles from './stage.module.css';
import { ViewHeader } from './ViewHeader';

type AnyAsked = Asked<unknown, { readonly step: number }>;

interface TryFrameProps {
  /** In a tile: what shows there; else `false`. */
  living: ReactNode;
  /** Who is asked, if it isn't the run: its answers have no step. */
  title?: string;
  /** What the view waits for or shows. */
  asked: readonly AnyAsked[];
  /** Others who move something of what all see. */
  movers?: readonly Person[];
  tools?: ReactNode;
  /** What is kept of it, below it. */
  shelf?: ReactNode;
  children: ReactNode;
}

/** A view in which one asks the model oneself: its header says of which step the answers are. */
export function TryFrame({ living, title, asked, movers, tools, shelf, children }: TryFrameProps) {
  const t = useText();
  if (living) return living;
  const problem = asked.find((each) => each.problem !== null)?.problem;
  return (
    <>
      <ViewHeader
        title="Try it"
        name={title}
        about={
          <>
            {title === undefined && <Freshness asked={asked} />}
            {movers && <Movers people={movers} />}
          </>
        }
      >
        {tools}
      </ViewHeader>
      <div className={`${styles.clear} flex flex-col`}>
        <div className="min-h-0 flex-1">{children}</div>
        {shelf}
        {problem && (
          <p
            role="alert"
            className="absolute inset-x-0 bottom-0 z-10 mx-auto flex w-fit items-center gap-3 rounded-lg border border-line bg-surface px-4 py-2 text-sm shadow-(--shadow)"
          >
            <CircleAlert aria-hidden size={16} className="shrink-0 text-bad" />
            {t.say(problem)}
          </p>
        )}
      </div>
    </>
  );
}

/** Who moves something at this moment; what is moved is shared by all. */
function Movers({ people }: { people: readonly Person[] }) {
  const t = useText();
  return (
    <ul aria-label={t('Moving this now')} className="flex h-5 min-w-0 gap-1">
      {people.map(({ client, name, color }) => (
        <li
          key={client}
          className="h-5 max-w-32 truncate rounded-full px-2 text-xs leading-5 font-medium text-paper max-sm:size-3 max-sm:self-center max-sm:p-0"
          style={{ background: `var(--person-${color})` }}
        >
          <span className="max-sm:sr-only">{name}</span>
        </li>
      ))}
    </ul>
  );
}

/** The step of what is shown, and a ring once an answer takes long. */
function Freshness({ asked }: { asked: readonly AnyAsked[] }) {
  const t = useText();
  const hasWeights = useHasWeights();
  const steps = asked.flatMap(({ answer }) => (answer ? [answer.result.step] : []));
  const isBusy = asked.some((each) => each.isBusy);
  return (
    <p className="flex items-center gap-2 text-xs text-ink-soft tabular-nums">
      {hasWeights || steps.length > 0
        ? steps.length > 0 && t('Step {step}', { step: Math.max(...steps) })
        : t('As soon as the training has begun')}
      <BusyRing isBusy={isBusy} />
    </p>
  );
}
