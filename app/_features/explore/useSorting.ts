import { type PointerEvent, useRef } from 'react';
import type { Control } from '@/app/_hooks/control';
import { useDrag } from '@/app/_ui/grip';
import { orderAt } from '@/lib/room/pins';

/** Pixels that a pointer moves before a press becomes a drag. */
const SLACK = 6;

/** What stands in a row in an order that all share. */
interface Sorted {
  readonly key: string;
  readonly order: number;
}

interface Row {
  /** Holds the tiles, each marked `data-tile` with its key. */
  readonly element: { readonly current: HTMLElement | null };
  /** All that stand in it, in their order. */
  readonly all: readonly Sorted[];
}

/** Drags one of a row to its place. @param onDrag says whether it is being dragged. */
export function useSorting(control: Control, key: string, row: Row, onDrag: (isDragged: boolean) => void) {
  const hasMoved = useRef(false);
  const { handlers } = useDrag(control, false, ({ event, from }) => {
    if (!hasMoved.current && Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK) {
      hasMoved.current = true;
      onDrag(true);
    }
    return hasMoved.current ? orderUnder(event.clientX, row, key) : null;
  });
  return {
    /** Whether a press that has just ended was a drag. */
    wasDragged: () => hasMoved.current,
    handlers: {
      ...handlers,
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        hasMoved.current = false;
        handlers.onPointerDown(event);
      },
      onLostPointerCapture: () => {
        onDrag(false);
        handlers.onLostPointerCapture();
      },
    },
  };
}

/** The order of a tile that is let go at `x`: between the neighbours there. */
function orderUnder(x: number, { element, all }: Row, moved: string): number {
  const tiles = [...(element.current?.querySelectorAll<HTMLElement>('[data-tile]') ?? [])];
  const place = tiles.filter((tile) => {
    const { left, width } = tile.getBoundingClientRect();
    return tile.dataset.tile !== moved && left + width / 2 < x;
  }).length;
  return orderAt(ordersBeside(all, moved), place);
}

/** The orders of all others. */
export const ordersBeside = (all: readonly Sorted[], key: string): number[] =>
  all.flatMap((each) => (each.key === key ? [] : [each.order]));
