import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAttempts } from '@/app/_hooks/attempt';
import { useModel } from '@/app/_hooks/recipe';
import { Help } from '@/app/_ui/Help';
import { useText } from '@/app/_ui/language';
import { formatNumber } from '@/app/_ui/numbers';
import { colorOf } from '@/app/_ui/person';
import { ConceptMarks } from '@/app/_view/ConceptMarks';
import type { Anchor } from '@/lib/concepts/anchors';
import type { Person } from '@/lib/protocol/messages';
import type { PlainMessage } from '@/lib/text/keys';
import type { Sentence } from '@/lib/text/sentence';
import type { EffectNote } from './effect';

/** A typed value that isn't taken: it is invalid, or ambiguous. */
export type Problem =
  | { readonly kind: 'wrong'; readonly sentence: Sentence }
  | { readonly kind: 'ambiguous'; readonly values: readonly number[]; take(value: number): void };

interface FieldProps {
  id: string;
  /** Several controls under one heading, each with a label of its own. */
  group?: boolean;
  label: PlainMessage;
  help: PlainMessage;
  /** The accepted range; `null` where the control shows it by itself. */
  range: { readonly min: number; readonly max: number } | null;
  note: EffectNote | null;
  problem: Problem | null;
  holder: Person | null;
  /** The shared control's name. */
  control: string;
  /** Sets the default; `null` while that is the value already. */
  onDefault: (() => void) | null;
  /** The name that live cursors point to, and where concepts are explained. */
  anchor: Anchor;
  children: ReactNode;
}

/** The frame around a control: label, help, a button for the default, and one reserved line for messages. */
export function Field(props: FieldProps) {
  const t = useText();
  const { id, label, holder, note, problem, range } = props;
  const Frame = props.group ? 'fieldset' : 'div';
  return (
    <Frame
      aria-labelledby={props.group ? `${id}-label` : undefined}
      data-anchor={props.anchor}
      data-control={props.control}
      className="relative -mx-3 rounded-xl px-3 py-2 transition-shadow duration-150"
      style={holder ? { boxShadow: `inset 0 0 0 2px ${colorOf(holder)}` } : undefined}
    >
      <div className="flex h-6 items-center">
        {props.group ? (
          <span id={`${id}-label`} className="mr-1 text-sm font-medium">
            {t(label)}
          </span>
        ) : (
          <label htmlFor={id} id={`${id}-label`} className="mr-1 text-sm font-medium">
            {t(label)}
          </label>
        )}
        <Help about={`${id}-label`}>
          <p id={`${id}-help`}>{t(props.help)}</p>
        </Help>
        <Concepts anchor={props.anchor} />
        {holder && <Holder person={holder} />}
        {!holder && <BackToDefault about={`${id}-label`} onPress={props.onDefault} />}
      </div>
      {props.children}
      <p
        id={`${id}-note`}
        aria-live="polite"
        className="flex min-h-4 items-center justify-between gap-2 text-xs"
      >
        {problem ? (
          <Complaint problem={problem} />
        ) : (
          <>
            <span className="truncate text-ink-faint">{range && t('{min} to {max}', range)}</span>
            {note && (
              <span className={`shrink-0 ${note.pending ? 'font-medium text-ink' : 'text-ink-faint'}`}>
                {t(note.text)}
              </span>
            )}
          </>
        )}
      </p>
    </Frame>
  );
}

function Complaint({ problem }: { problem: Problem }) {
  const t = useText();
  if (problem.kind === 'ambiguous')
    return (
      <span className="flex items-center gap-2 text-bad">
        {t('Is this meant?')}
        {problem.values.map((value) => (
          <button
            key={value}
            type="button"
            onClick={() => problem.take(value)}
            className="rounded-md border border-line-strong px-2 leading-4 font-medium text-ink tabular-nums hover:bg-sunken"
          >
            {formatNumber(value)}
          </button>
        ))}
      </span>
    );
  return <span className="text-bad">{t.say(problem.sentence)}</span>;
}

function Concepts({ anchor }: { anchor: Anchor }) {
  const model = useModel();
  return <ConceptMarks model={model} anchor={anchor} {...useAttempts(model)} />;
}

function Holder({ person }: { person: Person }) {
  return (
    <span
      className="ml-auto max-w-32 truncate rounded-full px-2 text-xs leading-5 font-medium text-paper"
      style={{ background: colorOf(person) }}
    >
      {person.name}
    </span>
  );
}

/** Greyed out while the default is the value already. */
export function BackToDefault({ about, onPress }: { about: string; onPress: (() => void) | null }) {
  const t = useText();
  return (
    <button
      type="button"
      aria-label={t('Back to default')}
      title={t('Back to default')}
      aria-describedby={about}
      disabled={!onPress}
      onClick={onPress ?? undefined}
      className="ml-auto grid size-6 place-items-center rounded-md text-ink-soft transition-colors duration-150 hover:bg-sunken hover:text-ink disabled:opacity-25 disabled:hover:bg-transparent"
    >
      <RotateCcw aria-hidden size={14} />
    </button>
  );
}
