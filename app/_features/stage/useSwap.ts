import { type RefObject, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { goToView, subscribeToView, viewInAddress } from '@/app/_room/viewAddress';
import { prefersReducedMotion } from '@/app/_view/animation';

/** Milliseconds that a view takes from its old place to its new one. */
const GLIDE_MS = 180;

/** Lets `element` start from where it was and come to where it is. */
function glideFrom(element: Element, before: DOMRect): void {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width === before.width && height === before.height) return;
  const scale = `scale(${before.width / width}, ${before.height / height})`;
  const from = `translate(${before.left - left}px, ${before.top - top}px) ${scale}`;
  element.animate(
    [
      { transformOrigin: '0 0', transform: from },
      { transformOrigin: '0 0', transform: 'none' },
    ],
    { duration: GLIDE_MS, easing: 'ease-out' },
  );
}

/**
 * Which of the views is large, as the address has it. When another one is made so, those within `stage` glide to their new
 * places.
 * @returns the id in the address, `null` without one, and the function that makes another one large.
 */
export function useSwap(stage: RefObject<HTMLElement | null>) {
  const large = useSyncExternalStore(subscribeToView, viewInAddress, () => null);
  const before = useRef(new Map<Element, DOMRect>());
  const swap = (id: string) => {
    const views = prefersReducedMotion() ? [] : (stage.current?.querySelectorAll('[data-view]') ?? []);
    before.current = new Map([...views].map((view) => [view, view.getBoundingClientRect()]));
    goToView(id);
  };
  useLayoutEffect(() => {
    for (const [element, place] of before.current) glideFrom(element, place);
    before.current.clear();
  });
  return [large, swap] as const;
}
