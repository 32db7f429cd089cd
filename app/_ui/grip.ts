import { type PointerEvent, useRef } from 'react';

/** A value that is dragged; between `take` and `release` it is held. */
export interface Grip<Value = number> {
  /** The shared control's name; absent for what isn't shared. */
  readonly name?: string;
  /** The other person who holds it; `null` for nobody. */
  readonly holder: { readonly name: string; readonly color: number } | null;
  take(): void;
  move(value: Value): void;
  release(): void;
  /** Sets it without dragging, as by a key. */
  step(value: Value): void;
}

/** A grip of a value that isn't shared. */
export const ownGrip = (move: (value: number) => void): Grip => ({
  holder: null,
  take: () => {},
  release: () => {},
  move,
  step: move,
});

/** The pointer's position, and where it was pressed. */
export interface Pull {
  readonly event: PointerEvent<HTMLElement>;
  readonly from: { readonly x: number; readonly y: number };
}

/**
 * The handlers of what one drags with a pointer: it takes the grip, and lets go wherever it is let go.
 * @param follow the value for where the pointer is; `null` leaves it. Called on taking hold, too.
 */
export function useDrag(
  { holder, take, move, release }: Grip,
  isDisabled: boolean,
  follow: (pull: Pull) => number | null,
) {
  const from = useRef<Pull['from'] | null>(null);
  const go = (event: PointerEvent<HTMLElement>) => {
    if (!from.current) return;
    const value = follow({ event, from: from.current });
    if (value !== null) move(value);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (isDisabled || holder || event.button !== 0) return;
      // Else letting go beside it would not be heard of.
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY };
      take();
      go(event);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!isDisabled && !holder) go(event);
    },
    onLostPointerCapture: () => {
      if (!from.current) return;
      from.current = null;
      release();
    },
  };
  return { handlers, isDragged: () => from.current !== null };
}
