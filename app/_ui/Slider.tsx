import { type Grip, useDrag } from './grip';
import { fromFraction, type Range, toFraction } from './scale';

interface SliderProps {
  range: Range;
  value: number;
  disabled: boolean;
  grip: Grip;
}

/** Pixels of a thumb; its centre travels over the rest of the width. */
const THUMB = 16;

/**
 * A pointer convenience beside a number field, which keyboards and screen readers use instead.
 * Drags stay smooth on touch screens: vertical moves still scroll.
 */
export function Slider({ range, value, disabled, grip }: SliderProps) {
  const fraction = toFraction(value, range);
  const color = grip.holder ? `var(--person-${grip.holder.color})` : undefined;
  const isFixed = disabled || grip.holder !== null;
  const { handlers } = useDrag(grip, disabled, ({ event }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = (event.clientX - box.left - THUMB / 2) / (box.width - THUMB);
    return fromFraction(Math.min(1, Math.max(0, at)), range);
  });
  return (
    <div
      aria-hidden
      className={`group relative h-8 min-w-0 flex-1 touch-pan-y select-none ${isFixed ? 'cursor-not-allowed opacity-60' : 'cursor-ew-resize'}`}
      {...handlers}
    >
      <div className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-line" />
      <div
        className="absolute left-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-ink"
        style={{ width: `calc(${fraction} * (100% - ${THUMB}px) + ${THUMB / 2}px)`, background: color }}
      />
      <div
        className="absolute top-1/2 size-4 -translate-y-1/2 rounded-full border-2 border-ink bg-surface shadow-sm transition-transform duration-150 group-hover:scale-110 group-active:scale-125"
        style={{ left: `calc(${fraction} * (100% - ${THUMB}px))`, borderColor: color }}
      />
    </div>
  );
}
