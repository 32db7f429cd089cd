import { type PointerEvent, useRef } from 'react';

/** Something that one drags. Between `take` and `release` it is in one's hand. */
export interface Grip<Value = number> {
  /** As people in the room know it, where it is shared. */
  readonly name?: string;
  /** Somebody else who has it; meanwhile it follows only them. */
  readonly holder: { readonly name: string; readonly color: number } | null;
  take(): void;
  move(value: Value): void;
  release(): void;
  /** Moves it at once, as by a key. */
  step(value: Value): void;
}

/** What nobody shares with anyone. */
export const ownGrip = (move: (value: number) => void): Grip => ({
  holder: null,
  take: () => {},
  release: () => {},
  move,
  step: move,
});

/** Where the pointer is, and where it was when it took hold. */
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
