import { type KeyboardEvent, useState } from 'react';
import { formatNumber, nudge, parseNumber, type Range } from '../_ui/scale';

interface NumberFieldProps {
  id: string;
  range: Range;
  unit: string;
  /** `undefined` until the document is there. */
  value: number | undefined;
  readOnly: boolean;
  invalid: boolean;
  describedBy: string;
  color: string | undefined;
  /** Something was typed or stepped; NaN if it isn't a number. */
  onInput(value: number): void;
  /** Typing is over: the field shows the document's value again. */
  onDone(): void;
}

/**
 * A number as text with role spinbutton: arrow keys step, Page keys leap. What is being typed stays as
 * typed, until the document's value moves on or the field is left.
 */
export function NumberField(props: NumberFieldProps) {
  const { id, range, unit, value, readOnly, invalid, color } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const stale = draft !== null && !invalid && parseNumber(draft) !== value;
  const shown = draft === null || stale ? (value === undefined ? '' : formatNumber(value)) : draft;
  const type = (text: string) => {
    setDraft(text);
    props.onInput(parseNumber(text));
  };
  const finish = () => {
    setDraft(null);
    props.onDone();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' || event.key === 'Escape') return finish();
    const direction = { ArrowUp: 1, PageUp: 1, ArrowDown: -1, PageDown: -1 }[event.key];
    if (direction === undefined || value === undefined || readOnly) return;
    event.preventDefault();
    setDraft(null);
    props.onInput(nudge(value, direction === 1 ? 1 : -1, event.key.startsWith('Page'), range));
  };
  return (
    <div
      className={`flex h-8 w-28 shrink-0 items-center gap-1 rounded-lg border bg-surface px-2 text-sm transition-colors duration-150 ${invalid ? 'border-bad' : 'border-line focus-within:border-ink hover:border-line-strong'}`}
      style={color ? { borderColor: color } : undefined}
    >
      <input
        id={id}
        type="text"
        role="spinbutton"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        aria-valuenow={value ?? range.min}
        aria-valuemin={range.min}
        aria-valuemax={range.max}
        aria-valuetext={value === undefined ? undefined : `${formatNumber(value)} ${unit}`.trim()}
        aria-invalid={invalid || undefined}
        aria-describedby={props.describedBy}
        disabled={value === undefined}
        readOnly={readOnly}
        value={shown}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
        onBlur={finish}
        className="w-full min-w-0 bg-transparent text-right tabular-nums outline-none"
      />
      {unit && (
        <span aria-hidden className="shrink-0 text-xs text-ink-faint">
          {unit}
        </span>
      )}
    </div>
  );
}
