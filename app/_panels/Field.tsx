import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Person } from '@/lib/protocol/messages';
import { Help } from '../_ui/Help';
import type { EffectNote } from './effect';
import { colorOf } from './person';

interface FieldProps {
  id: string;
  /** Several controls under one heading, each with a label of its own. */
  group?: boolean;
  label: string;
  help: string;
  /** What it accepts; empty where the control shows it by itself. */
  range: string;
  note: EffectNote | null;
  error: string | null;
  holder: Person | null;
  /** Sets the default; `null` while that is the value already. */
  onDefault: (() => void) | null;
  /** The name that live cursors point to. */
  anchor: string;
  children: ReactNode;
}

/** The frame around a control: label, help, way back to the default, and one reserved line for what there is to say. */
export function Field(props: FieldProps) {
  const { id, label, holder, note, error } = props;
  const Frame = props.group ? 'fieldset' : 'div';
  return (
    <Frame
      aria-labelledby={props.group ? `${id}-label` : undefined}
      data-anchor={props.anchor}
      className="relative -mx-3 rounded-xl px-3 py-2 transition-shadow duration-150"
      style={holder ? { boxShadow: `inset 0 0 0 2px ${colorOf(holder)}` } : undefined}
    >
      <div className="flex h-6 items-center">
        {props.group ? (
          <span id={`${id}-label`} className="mr-1 text-sm font-medium">
            {label}
          </span>
        ) : (
          <label htmlFor={id} id={`${id}-label`} className="mr-1 text-sm font-medium">
            {label}
          </label>
        )}
        <Help about={`${id}-label`}>
          <p id={`${id}-help`}>{props.help}</p>
        </Help>
        {holder && <Holder person={holder} />}
        {!holder && <BackToDefault about={`${id}-label`} onPress={props.onDefault} />}
      </div>
      {props.children}
      <p id={`${id}-note`} aria-live="polite" className="flex h-4 items-center justify-between gap-2 text-xs">
        {error ? (
          <span className="truncate text-bad" title={error}>
            {error.replace(`${label} must`, 'Must')}
          </span>
        ) : (
          <>
            <span className="truncate text-ink-faint">{props.range}</span>
            {note && (
              <span className={`shrink-0 ${note.pending ? 'font-medium text-ink' : 'text-ink-faint'}`}>
                {note.text}
              </span>
            )}
          </>
        )}
      </p>
    </Frame>
  );
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
  return (
    <button
      type="button"
      aria-label="Back to default"
      title="Back to default"
      aria-describedby={about}
      disabled={!onPress}
      onClick={onPress ?? undefined}
      className="ml-auto grid size-6 place-items-center rounded-md text-ink-soft transition-colors duration-150 hover:bg-sunken hover:text-ink disabled:opacity-25 disabled:hover:bg-transparent"
    >
      <RotateCcw aria-hidden size={14} />
    </button>
  );
}

/** "2 to 256": what a control accepts. */
export function rangeText({ min, max }: { readonly min: number; readonly max: number }): string {
  return `${min} to ${max}`;
}
