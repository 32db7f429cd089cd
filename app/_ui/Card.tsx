import type { ReactNode } from 'react';

/** News of the run, over the stage; they stand in `Cards`. */
export function Card({ urgent, children }: { urgent?: boolean; children: ReactNode }) {
  return (
    <div
      role={urgent ? 'alert' : undefined}
      className="pointer-events-auto flex w-fit max-w-xl items-center gap-4 rounded-2xl border border-line bg-surface px-6 py-4 shadow-(--shadow)"
    >
      {children}
    </div>
  );
}

/** Where they stand, one above the other. */
export function Cards({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-4 bottom-[calc(var(--row)+0.5rem)] z-30 flex flex-col items-center gap-2 desk:items-end">
      {children}
    </div>
  );
}
