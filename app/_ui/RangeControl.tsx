import { type CSSProperties, useId, useRef } from 'react';
import styles from './rangeControl.module.css';

interface RangeControlProps {
  label: string;
  min: number;
  max: number;
  step: number;
  value: number;
  /** The value as people read it. */
  shown: string;
  /** The same as a screen reader says it, if more is to be said. */
  said?: string;
  disabled?: boolean;
  /** Somebody else who moves it now; meanwhile it doesn't follow this person. */
  holder?: { readonly name: string; readonly color: number } | null;
  /** Whether its value stands out among others of its kind. */
  marked?: boolean;
  onChange(value: number): void;
  /** The pointer has taken it, and let go. */
  onTake?(): void;
  onRelease?(): void;
  /** Moved by a key. */
  onTouch?(): void;
}

/** A number chosen by dragging or with the arrow keys, on the platform's own slider. */
export function RangeControl(props: RangeControlProps) {
  const { label, min, max, step, value, shown, said = shown, disabled, holder, marked } = props;
  const id = useId();
  const isDragged = useRef(false);
  const color = holder ? `var(--person-${holder.color})` : marked ? 'var(--generated)' : undefined;
  return (
    <div className="min-w-0">
      <p className="flex justify-between gap-2 text-xs text-ink-soft">
        <label htmlFor={id} className={holder ? 'shrink-0' : 'truncate'}>
          {label}
        </label>
        {holder && (
          <span
            className="ml-auto min-w-4 truncate rounded-full px-2 font-medium text-paper"
            style={{ background: color }}
          >
            {holder.name}
          </span>
        )}
        <span className="shrink-0 tabular-nums">{shown}</span>
      </p>
      <input
        {...{ id, min, max, step, value, disabled }}
        type="range"
        aria-valuetext={holder ? `${said}, ${holder.name}` : said}
        aria-disabled={holder ? true : undefined}
        onPointerDown={(event) => {
          if (holder) return;
          // Else letting go beside it would not be heard of.
          event.currentTarget.setPointerCapture(event.pointerId);
          isDragged.current = true;
          props.onTake?.();
        }}
        onLostPointerCapture={() => {
          isDragged.current = false;
          props.onRelease?.();
        }}
        onChange={(event) => {
          if (holder) return;
          if (!isDragged.current) props.onTouch?.();
          props.onChange(event.currentTarget.valueAsNumber);
        }}
        className={styles.range}
        style={color ? ({ '--thumb': color } as CSSProperties) : undefined}
      />
    </div>
  );
}
