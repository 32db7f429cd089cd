import { type CSSProperties, useId } from 'react';
import { type Grip, useDrag } from './grip';
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
  /** Whether its value stands out among others of its kind. */
  marked?: boolean;
  grip: Grip;
}

/** A number chosen by dragging or with the arrow keys, on the platform's own slider. */
export function RangeControl(props: RangeControlProps) {
  const { label, min, max, step, value, shown, said = shown, disabled, marked, grip } = props;
  const { holder } = grip;
  const id = useId();
  // Where the thumb goes is the platform's own.
  const { handlers, isDragged } = useDrag(grip, disabled ?? false, () => null);
  const color = holder ? `var(--person-${holder.color})` : marked ? 'var(--generated)' : undefined;
  return (
    <div className="min-w-0" data-control={grip.name}>
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
        {...handlers}
        onChange={(event) => {
          if (holder) return;
          const { valueAsNumber } = event.currentTarget;
          if (isDragged()) grip.move(valueAsNumber);
          else grip.step(valueAsNumber);
        }}
        className={styles.range}
        style={color ? ({ '--thumb': color } as CSSProperties) : undefined}
      />
    </div>
  );
}
