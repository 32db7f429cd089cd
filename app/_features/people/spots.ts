import type { Spot, Surfaces } from '@/app/_room/surfaces';
import type { Place } from '@/lib/protocol/messages';

/** How a place is marked: by an arrow, a dot at a control that has somebody's keyboard, a disc in space, a caret. */
export type Look = 'arrow' | 'dot' | 'disc' | 'caret';

/** Where a mark goes on this page. */
export interface Marked {
  readonly look: Look;
  readonly spot: Spot;
  /** The control that somebody is at. */
  readonly control?: Element;
  /** It lies in a tile, which has no room for a name. */
  readonly isSmall: boolean;
  /** CSS pixels of a caret. */
  readonly height?: number;
}

/** How much higher than its letters a caret is. */
const CARET = 1.3;

export const contains = ({ left, right, top, bottom }: DOMRect, { x, y }: Spot): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

/** Whether a spot isn't scrolled away. */
function isInView(element: Element, spot: Spot): boolean {
  const clip = element.closest('[data-clip]')?.getBoundingClientRect();
  return !clip || contains(clip, spot);
}

/** The element that shows a control: the one in the same plane, if there are several. */
function controlElement(control: string, within?: string): HTMLElement | undefined {
  const all = document.querySelectorAll<HTMLElement>(`[data-control="${CSS.escape(control)}"]`);
  const shown = [...all].filter(isShown);
  const isWithin = (element: Element) =>
    element.closest<HTMLElement>('[data-anchor]')?.dataset.anchor === within;
  return shown.find(isWithin) ?? shown[0];
}

function atFraction(element: Element, x: number, y: number): Spot {
  const box = element.getBoundingClientRect();
  return { x: box.left + x * box.width, y: box.top + y * box.height };
}

const textStyles = ['font', 'fontFeatureSettings', 'letterSpacing'] as const;

/** CSS pixels that a text takes in one line, set as an element's own. */
function widthOf(text: string, style: CSSStyleDeclaration): number {
  const line = document.createElement('span');
  Object.assign(line.style, { position: 'fixed', visibility: 'hidden', whiteSpace: 'pre' });
  for (const name of textStyles) line.style[name] = style[name];
  line.textContent = text;
  document.body.append(line);
  const { width } = line.getBoundingClientRect();
  line.remove();
  return width;
}

/** Where the caret stands in a line of text that somebody else has the keyboard in. */
function caretIn(input: HTMLInputElement, caret: number): { spot: Spot; height: number } | null {
  const style = getComputedStyle(input);
  const { left, top, width, height: high } = input.getBoundingClientRect();
  const indent = Number.parseFloat(style.borderLeftWidth) + Number.parseFloat(style.paddingLeft);
  const x = indent + widthOf(input.value.slice(0, caret), style) - input.scrollLeft;
  if (x < 0 || x > width) return null;
  const height = Math.min(high, CARET * Number.parseFloat(style.fontSize));
  return { spot: { x: left + x, y: top + (high - height) / 2 }, height };
}

function markControl({ control, within, at }: Extract<Place, { kind: 'control' }>): Marked | null {
  const element = controlElement(control, within);
  if (!element) return null;
  const spot = at ? atFraction(element, ...at) : atFraction(element, 1, 0);
  if (!isInView(element, atFraction(element, 0.5, 0.5))) return null;
  return { look: at ? 'arrow' : 'dot', spot, control: element, isSmall: false };
}

function markText({ control, caret }: Extract<Place, { kind: 'text' }>): Marked | null {
  const element = controlElement(control);
  if (!(element instanceof HTMLInputElement)) return null;
  const found = caretIn(element, caret);
  return found && { look: 'caret', ...found, isSmall: false };
}

const isInTile = (element: Element): boolean => element.closest('[data-view]:not([data-large])') !== null;

function markPlane({ anchor, x, y }: Extract<Place, { kind: 'plane' }>): Marked | null {
  const all = document.querySelectorAll(`[data-anchor="${CSS.escape(anchor)}"]`);
  const element = [...all].find(isShown);
  if (!element) return null;
  const spot = atFraction(element, x, y);
  return isInView(element, spot) ? { look: 'arrow', spot, isSmall: isInTile(element) } : null;
}

function markSurface(place: Extract<Place, { anchor: string }>, surfaces: Surfaces): Marked | null {
  const surface = surfaces.named(place.anchor);
  const spot = surface && isShown(surface.element) ? surface.spotOf(place) : null;
  if (!surface || !spot) return null;
  return { look: place.kind === 'space' ? 'disc' : 'arrow', spot, isSmall: isInTile(surface.element) };
}

/** Where somebody's place is on this page; `null` where this page doesn't show what it is about. */
export function markOf(place: Place | null, surfaces: Surfaces): Marked | null {
  switch (place?.kind) {
    case 'plane':
      return markPlane(place);
    case 'control':
      return markControl(place);
    case 'text':
      return markText(place);
    case 'space':
    case 'picture':
      return markSurface(place, surfaces);
    default:
      return null;
  }
}
