import type { Place } from '@/lib/protocol/messages';
import { createSignal } from './store';

/** A point of the window, in CSS pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** How large something looks there, against the middle of a space; 1 where there is no depth. */
  readonly scale?: number;
}

/** An element that tells places within it by itself, finer than as fractions of its box: a cloud, a grid of pictures. */
export interface Surface {
  /** Its name in places; the same on every page that shows it. */
  readonly anchor: string;
  readonly element: Element;
  /** What is at a spot; `null` for what has no place of its own. */
  placeAt(spot: Spot): Place | null;
  /** Where a place is now; `null` if it isn't shown. */
  spotOf(place: Place): Spot | null;
}

/** The surfaces that this page shows. */
export class Surfaces {
  private readonly shown = new Set<Surface>();
  private readonly moved = createSignal();

  /** Listens to whatever moves on a surface by itself: places on it are elsewhere then. */
  readonly onMove = this.moved.subscribe;
  readonly tellMoved = this.moved.notify;

  /** @returns the function that takes it away. */
  add(surface: Surface): () => void {
    this.shown.add(surface);
    this.moved.notify();
    return () => {
      this.shown.delete(surface);
      this.moved.notify();
    };
  }

  /** The one that an element is. */
  of(element: Element): Surface | undefined {
    return [...this.shown].find((each) => each.element === element);
  }

  named(anchor: string): Surface | undefined {
    return [...this.shown].find((each) => each.anchor === anchor);
  }
}
