import type { Surfaces } from '@/app/_room/surfaces';
import type { Place } from '@/lib/protocol/messages';

type Tell = (place: Place | null) => void;

const anchorOf = (element: Element): string | undefined =>
  element.closest<HTMLElement>('[data-anchor]')?.dataset.anchor;
const controlOf = (element: Element): HTMLElement | null => element.closest<HTMLElement>('[data-control]');

/** A point of the window, as fractions of an element's box. */
function fractionsOf(element: Element, { clientX, clientY }: PointerEvent): [number, number] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [(clientX - left) / width, (clientY - top) / height];
}

/** What a mouse or pen points to: a control, a place on a surface, or else a point of the nearest plane. */
function pointedAt(surfaces: Surfaces, target: Element, event: PointerEvent): Place | null {
  const element = controlOf(target);
  const control = element?.dataset.control;
  if (element && control)
    return { kind: 'control', control, within: anchorOf(element), at: fractionsOf(element, event) };
  const place = surfaces.of(target)?.placeAt({ x: event.clientX, y: event.clientY });
  if (place) return place;
  const plane = target.closest<HTMLElement>('[data-anchor]');
  if (!plane?.dataset.anchor) return null;
  const [x, y] = fractionsOf(plane, event);
  return { kind: 'plane', anchor: plane.dataset.anchor, x, y };
}

/** Where the keyboard is: in a text that all share, or at a control; `null` elsewhere. */
function keyedAt(): Place | null {
  const { activeElement: focused } = document;
  const element = focused && controlOf(focused);
  const control = element?.dataset.control;
  if (!focused || !element || !control) return null;
  if (focused instanceof HTMLInputElement && 'caret' in focused.dataset) {
    const { selectionStart, selectionEnd, selectionDirection } = focused;
    const caret = selectionDirection === 'backward' ? selectionStart : selectionEnd;
    return { kind: 'text', control, caret: caret ?? 0 };
  }
  return focused.matches(':focus-visible') ? { kind: 'control', control, within: anchorOf(element) } : null;
}

/**
 * Tells where this page's person is: where their mouse or pen points, or what has the keyboard, whichever they used last.
 * @returns the function that ends it.
 */
export function followOwnPlace(surfaces: Surfaces, tell: Tell): () => void {
  const closing: (() => void)[] = [];
  const on = <Name extends keyof DocumentEventMap>(
    name: Name,
    handle: (event: DocumentEventMap[Name]) => void,
  ) => {
    document.addEventListener(name, handle);
    closing.push(() => document.removeEventListener(name, handle));
  };
  const showKeys = () => {
    const place = keyedAt();
    if (place) tell(place);
  };
  on('pointermove', (event) => {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return;
    tell(pointedAt(surfaces, event.target, event));
  });
  const leave = () => tell(keyedAt());
  document.documentElement.addEventListener('pointerleave', leave);
  closing.push(() => document.documentElement.removeEventListener('pointerleave', leave));
  on('focusin', showKeys);
  on('keyup', showKeys);
  on('selectionchange', () => {
    // Also where somebody else's text comes in.
    const place = keyedAt();
    if (place?.kind === 'text') tell(place);
  });
  on('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget === null && target instanceof Element && controlOf(target)) tell(null);
  });
  return () => {
    for (const close of closing) close();
  };
}
