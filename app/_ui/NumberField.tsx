import { type KeyboardEvent, type SyntheticEvent, useLayoutEffect, useRef, useState } from 'react';
import { formatNumber, type Reading, readNumber } from './numbers';
import { nudge, type Range } from './scale';

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
  /** Something was typed or stepped. */
  onInput(reading: Reading): void;
  /** What was typed is given up: the field shows the document's value again. */
  onDone(): void;
}

/** What is being typed, until the field is left; what others set meanwhile doesn't reach under the caret. */
function useDraft(props: NumberFieldProps) {
  const { range, value, readOnly, invalid } = props;
  const whole = useWholeSelection(value);
  const [draft, setDraft] = useState<string | null>(null);
  const [isFocused, setFocused] = useState(false);
  const isTyped = draft !== null && (isFocused || invalid);
  const shown = isTyped ? draft : value === undefined ? '' : formatNumber(value);
  const type = (text: string) => {
    whole.forget();
    setDraft(text);
    props.onInput(readNumber(text));
  };
  const finish = () => {
    setDraft(null);
    props.onDone();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape' || (event.key === 'Enter' && !invalid)) return finish();
    const direction = { ArrowUp: 1, PageUp: 1, ArrowDown: -1, PageDown: -1 }[event.key];
    if (direction === undefined || value === undefined || readOnly) return;
    event.preventDefault();
    setDraft(null);
    const next = nudge(value, direction === 1 ? 1 : -1, event.key.startsWith('Page'), range);
    props.onInput({ values: [next], isCertain: true });
  };
  const enter = () => {
    setFocused(true);
    if (!invalid) setDraft(null);
  };
  const leave = () => {
    setFocused(false);
    if (!invalid) finish();
  };
  return { shown, isTyped, type, press, enter, leave, select: whole.select };
}

/** Keeps all of a field selected as others change its value: what is typed next takes the place of all of it. */
function useWholeSelection(value: number | undefined) {
  const selected = useRef<HTMLInputElement | null>(null);
  const before = useRef(value);
  useLayoutEffect(() => {
    const isChanged = before.current !== value;
    before.current = value;
    if (isChanged && selected.current === document.activeElement) selected.current?.select();
  }, [value]);
  const select = ({ currentTarget: field }: SyntheticEvent<HTMLInputElement>) => {
    const isWhole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    selected.current = isWhole && field.value !== '' ? field : null;
  };
  const forget = () => {
    selected.current = null;
  };
  return { select, forget };
}

/**
 * A number as text with role spinbutton: arrow keys step, Page keys leap. What is being typed stays as
 * typed until the field is left, whatever others set; what can't be taken stays, marked, until Escape.
 */
export function NumberField(props: NumberFieldProps) {
  const { id, range, unit, value, readOnly, invalid, color } = props;
  const { shown, isTyped, type, press, enter, leave, select } = useDraft(props);
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
        onFocus={enter}
        onSelect={select}
        onBlur={leave}
        data-shared-undo={isTyped ? undefined : ''}
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
