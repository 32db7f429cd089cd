import { useId } from 'react';
import styles from './rangeControl.module.css';

interface RangeControlProps {
  label: string;
  min: number;
  max: number;
  step: number;
  value: number;
  /** The value as people read it. */
  shown: string;
  disabled?: boolean;
  onChange(value: number): void;
}

/** A number chosen by dragging or with the arrow keys, on the platform's own slider. */
export function RangeControl({ label, shown, value, onChange, ...rest }: RangeControlProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <p className="flex justify-between gap-2 text-xs text-ink-soft">
        <label htmlFor={id} className="truncate">
          {label}
        </label>
        <span className="tabular-nums">{shown}</span>
      </p>
      <input
        id={id}
        type="range"
        aria-valuetext={shown}
        value={value}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        className={styles.range}
        {...rest}
      />
    </div>
  );
}
