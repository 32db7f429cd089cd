import { type ReactNode, useLayoutEffect, useRef } from 'react';

/** CSS pixels between the card and its point, and between the card and its parent's edge. */
const GAP = 12;
const EDGE = 4;

const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value));

/**
 * A card above a point of the nearest positioned ancestor, in CSS pixels; below it where there is no room.
 * It stays inside of the ancestor and out of the pointer's way.
 */
export function Tooltip({ x, y, children }: { x: number; y: number; children: ReactNode }) {
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = card.current;
    const parent = element?.offsetParent;
    if (!element || !parent) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const above = y - GAP - height;
    const top = above >= EDGE ? above : y + GAP;
    element.style.left = `${clamp(x - width / 2, EDGE, parent.clientWidth - width - EDGE)}px`;
    element.style.top = `${clamp(top, EDGE, parent.clientHeight - height - EDGE)}px`;
  });
  return (
    <div
      ref={card}
      aria-hidden
      className="pointer-events-none absolute z-30 w-max max-w-64 rounded-lg border border-line bg-surface px-2 py-1 text-xs text-ink shadow-(--shadow)"
    >
      {children}
    </div>
  );
}
