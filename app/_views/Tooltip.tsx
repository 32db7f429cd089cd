import type { ReactNode } from 'react';

/** A card beside a point of the nearest positioned ancestor, in CSS pixels; never in the pointer's way. */
export function Tooltip({ x, y, children }: { x: number; y: number; children: ReactNode }) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute z-10 w-max max-w-64 -translate-x-1/2 -translate-y-full rounded-lg border border-line bg-surface px-2 py-1 text-xs text-ink shadow-(--shadow)"
      style={{ left: x, top: y - 12 }}
    >
      {children}
    </div>
  );
}
