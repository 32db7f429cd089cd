import { type RefObject, useEffect } from 'react';
import type { Spot, Surface } from '@/app/_room/surfaces';
import type { Place } from '@/lib/protocol/messages';
import { useRoom } from './context';

interface Shares {
  /** Shares of its width and height. */
  readonly x: number;
  readonly y: number;
  readonly scale?: number;
}

interface SurfaceView {
  /** Both must stay the same. */
  readonly placeAt: (at: Shares) => Place | null;
  readonly shareOf: (place: Place) => Shares | null;
}

/** Makes an element a surface, on which people point at what it shows. */
export function useSurface(
  element: RefObject<Element | null>,
  anchor: string,
  { placeAt, shareOf }: SurfaceView,
): void {
  const { surfaces } = useRoom().presence;
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const surface: Surface = {
      anchor,
      element: current,
      placeAt: ({ x, y }) => {
        const { left, top, width, height } = current.getBoundingClientRect();
        return placeAt({ x: (x - left) / width, y: (y - top) / height });
      },
      spotOf: (place): Spot | null => {
        const at = shareOf(place);
        if (!at) return null;
        const { left, top, width, height } = current.getBoundingClientRect();
        return { ...at, x: left + at.x * width, y: top + at.y * height };
      },
    };
    return surfaces.add(surface);
  }, [surfaces, element, anchor, placeAt, shareOf]);
}
