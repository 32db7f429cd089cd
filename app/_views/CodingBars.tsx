import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import { type Text, useText } from '../_ui/language';
import { placeOf, reachOf, SHOWN_BARS, valueAt } from './bars';
import styles from './try.module.css';

interface CodingBarsProps {
  /** The numbers as they stand; `null` until the model has told them. */
  coding: Float32Array | null;
  /** The picture's own numbers: where each bar stood. */
  own: Float32Array | null;
  onMove(place: number, value: number): void;
}

/** Steps of the arrow keys, and of the Page keys. */
const STEP = 0.1;
const LEAP = 1;

/** The numbers of a coding as bars around zero, to be dragged; left and right go from one to the next. */
export function CodingBars({ coding, own, onMove }: CodingBarsProps) {
  const t = useText();
  const group = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  // Of the picture's own numbers alone: a scale that gave way would run from the pointer.
  const reach = useMemo(() => reachOf(own ?? []), [own]);
  const shown = Array.from({ length: Math.min(SHOWN_BARS, coding?.length ?? 0) }, (_, i) => ({
    place: i,
    value: coding?.[i] ?? 0,
  }));
  const visit = (place: number) => {
    const bars = group.current?.querySelectorAll<HTMLElement>('[role=slider]');
    bars?.[Math.min(shown.length - 1, Math.max(0, place))]?.focus();
  };
  const press = (event: KeyboardEvent, place: number, value: number) => {
    const turn = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const change = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: LEAP, PageDown: -LEAP }[event.key];
    if (turn === undefined && change === undefined) return;
    event.preventDefault();
    if (turn !== undefined) visit(place + turn);
    if (change !== undefined) onMove(place, valueAt(placeOf(value + change, reach), reach));
  };
  return (
    <section className={styles.coding} aria-label={t('Numbers of the coding')}>
      <div ref={group} className={styles.bars}>
        {shown.map(({ place, value }) => (
          <Bar
            key={place}
            place={place}
            value={value}
            own={own?.[place] ?? value}
            reach={reach}
            isStop={place === Math.min(focused, shown.length - 1)}
            onFocus={() => setFocused(place)}
            onKeyDown={(event) => press(event, place, value)}
            onMove={onMove}
          />
        ))}
      </div>
      <p className="text-xs text-ink-soft">{note(coding?.length, t)}</p>
    </section>
  );
}

function note(size: number | undefined, t: Text): string {
  if (size === undefined) return ' ';
  return size > SHOWN_BARS
    ? t('The first {shown} of its {size} numbers: drag one', { shown: SHOWN_BARS, size })
    : t('Its {size} numbers: drag one', { size });
}

interface BarProps {
  place: number;
  value: number;
  own: number;
  reach: number;
  /** Whether the Tab key stops here: at one bar of all. */
  isStop: boolean;
  onFocus(): void;
  onKeyDown(event: KeyboardEvent): void;
  onMove(place: number, value: number): void;
}

function Bar({ place, value, own, reach, isStop, onFocus, onKeyDown, onMove }: BarProps) {
  const t = useText();
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    onMove(place, valueAt((event.clientY - top) / height, reach));
  };
  const end = placeOf(value, reach);
  return (
    <div
      role="slider"
      aria-orientation="vertical"
      aria-label={t('Number {place}', { place: place + 1 })}
      aria-valuemin={-reach}
      aria-valuemax={reach}
      aria-valuenow={value}
      aria-valuetext={value.toFixed(2)}
      tabIndex={isStop ? 0 : -1}
      data-moved={value !== own}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && follow(event)}
      className={styles.bar}
    >
      <span style={{ top: `${100 * Math.min(0.5, end)}%`, height: `${100 * Math.abs(0.5 - end)}%` }} />
      <i style={{ top: `${100 * placeOf(own, reach)}%` }} />
    </div>
  );
}
