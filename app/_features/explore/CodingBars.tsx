import { type CSSProperties, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { controls, useControl } from '@/app/_hooks/control';
import { useDrag } from '@/app/_ui/grip';
import { type Text, useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';
import styles from '@/app/_view/try.module.css';
import type { Explorer } from '@/lib/catalog/explorers';
import { limits } from '@/lib/protocol/limits';
import type { Person } from '@/lib/protocol/messages';
import { placeOf, reachOf, valueAt } from './bars';

interface CodingBarsProps {
  owner: Explorer;
  /** The coding as it is shown; `null` until it is known. */
  coding: Float32Array | null;
  /** The picture's own coding, from which bars were moved. */
  own: Float32Array | null;
  /** Others who move a number, by `number/<index>`. */
  movers: ReadonlyMap<string, Person>;
}

/** Steps of the arrow keys, and of the Page keys. */
const STEP = 0.1;
const LEAP = 1;

/** The numbers of a coding as bars around zero, to be dragged; left and right go from one to the next. */
export function CodingBars({ owner, coding, own, movers }: CodingBarsProps) {
  const t = useText();
  const group = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  // Of the picture's own numbers alone: a scale that gave way would run from the pointer.
  const reach = useMemo(() => reachOf(own ?? []), [own]);
  const shown = Array.from({ length: Math.min(limits.exploredNumbers, coding?.length ?? 0) }, (_, i) => ({
    place: i,
    value: coding?.[i] ?? 0,
  }));
  const visit = (place: number) => {
    const bars = group.current?.querySelectorAll<HTMLElement>('[role=slider]');
    bars?.[Math.min(shown.length - 1, Math.max(0, place))]?.focus();
  };
  const turn = (event: KeyboardEvent, place: number) => {
    const turned = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (turned === undefined) return;
    event.preventDefault();
    visit(place + turned);
  };
  return (
    <section className={styles.coding} aria-label={t('Numbers of the coding')}>
      <div ref={group} className={styles.bars}>
        {shown.map(({ place, value }) => (
          <Bar
            key={place}
            owner={owner}
            place={place}
            value={value}
            own={own?.[place] ?? value}
            reach={reach}
            isStop={place === Math.min(focused, shown.length - 1)}
            onFocus={() => setFocused(place)}
            onKeyDown={(event) => turn(event, place)}
          />
        ))}
      </div>
      <Note size={coding?.length} movers={movers} />
    </section>
  );
}

interface NoteProps {
  size: number | undefined;
  movers: ReadonlyMap<string, Person>;
}

/** A note on what the bars are; while others move some, who moves which. */
function Note({ size, movers }: NoteProps) {
  const t = useText();
  const moved = [...movers].flatMap(([key, person]) => {
    const place = /^number\/(\d+)$/.exec(key)?.[1];
    return place === undefined ? [] : [{ place: Number(place), person }];
  });
  if (moved.length === 0) return <p className="text-xs text-ink-soft">{noteOn(size, t)}</p>;
  return (
    <p className="flex justify-center gap-3 overflow-hidden text-xs whitespace-nowrap text-ink">
      {moved.map(({ place, person }) => (
        <span key={place} className="flex items-center gap-1">
          <i
            aria-hidden
            className="size-2 rounded-full"
            style={{ background: `var(--person-${person.color})` }}
          />
          {t('{name} moves number {place}', { name: person.name, place: place + 1 })}
        </span>
      ))}
    </p>
  );
}

function noteOn(size: number | undefined, t: Text): string {
  if (size === undefined) return ' ';
  const shown = limits.exploredNumbers;
  return size > shown
    ? t('The first {shown} of its {size} numbers: drag one', { shown, size })
    : t('Its {size} numbers: drag one', { size });
}

interface BarProps {
  owner: Explorer;
  place: number;
  value: number;
  own: number;
  reach: number;
  /** Whether the Tab key stops here: at one bar of all. */
  isStop: boolean;
  onFocus(): void;
  onKeyDown(event: KeyboardEvent): void;
}

function Bar({ owner, place, value, own, reach, isStop, onFocus, onKeyDown }: BarProps) {
  const t = useText();
  const control = useControl(controls.explore(owner, `number/${place}`));
  const { holder } = control;
  const { handlers } = useDrag(control, false, ({ event }) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return valueAt((event.clientY - top) / height, reach);
  });
  const press = (event: KeyboardEvent) => {
    const change = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: LEAP, PageDown: -LEAP }[event.key];
    if (change === undefined) return onKeyDown(event);
    event.preventDefault();
    if (holder) return;
    control.step(valueAt(placeOf(value + change, reach), reach));
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
      aria-valuetext={holder ? `${fixed(value, 2)}, ${holder.name}` : fixed(value, 2)}
      aria-disabled={holder ? true : undefined}
      title={holder?.name}
      tabIndex={isStop ? 0 : -1}
      data-control={control.name}
      data-moved={value !== own}
      onFocus={onFocus}
      onKeyDown={press}
      {...handlers}
      className={styles.bar}
      style={holder ? ({ '--mover': `var(--person-${holder.color})` } as CSSProperties) : undefined}
    >
      <span style={{ top: `${100 * Math.min(0.5, end)}%`, height: `${100 * Math.abs(0.5 - end)}%` }} />
      <i style={{ top: `${100 * placeOf(own, reach)}%` }} />
    </div>
  );
}
