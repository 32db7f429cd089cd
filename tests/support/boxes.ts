import type { Page } from 'playwright';

/** Windows as people have them: phones, a laptop at 200 %, laptops, a desk, a projector. */
export const windows = [
  [390, 844],
  [844, 390],
  [720, 450],
  [1024, 768],
  [1280, 720],
  [1366, 768],
  [1440, 900],
  [1920, 1080],
  [2560, 1440],
] as const;

/** Resizes the page and lets what depends on sizes follow. */
export async function resize(page: Page, [width, height]: readonly [number, number]): Promise<void> {
  // Not by setViewportSize: Chromium's shell lets no window be resized that is in full screen.
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: 1,
    mobile: false,
  });
  await settle(page);
}

/** Waits until the page has been laid out and drawn twice, and nothing glides any more. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let i = 0; i < 3; i++) await frame();
    const gliding = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(gliding.map((each) => each.finished));
    await frame();
  });
}

/**
 * What is wrong with the boxes of a page as it stands, a line each: what sticks out of the window, what an ancestor that
 * doesn't scroll cuts off, controls that something lies over, texts that overlap.
 * @param within a selector: only what is in there, e.g. in a drawer that lies over the rest.
 */
export const boxFaults = (page: Page, within = 'body'): Promise<string[]> =>
  page.evaluate(
    `(() => { ${partsInPage().map(String).join('\n')}; return inspect(${JSON.stringify(within)}); })()`,
  );

// What follows runs in the page, together and without what stands above.

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function nameOf(element: Element): string {
  const text = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
  return `${element.tagName.toLowerCase()} "${text.slice(0, 40)}"`;
}

/** Whether it is drawn, and itself: a tile shows a part of its view, as a picture does. */
function isLookedAt(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  if (width <= 1 || height <= 1 || element.closest('[data-view]:not([data-large])')) return false;
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}

/** Drawn nowhere: screen readers say it. */
function isForEars(element: Element): boolean {
  for (let each: Element | null = element; each; each = each.parentElement)
    if (getComputedStyle(each).clipPath === 'inset(50%)') return true;
  return false;
}

/** Whether what is positioned within it is placed, and cut, by it. */
function holdsPositioned(style: CSSStyleDeclaration): boolean {
  const { position, transform, containerType, contain } = style;
  return position !== 'static' || transform !== 'none' || containerType !== 'normal' || contain !== 'none';
}

/** Cuts `seen` to an ancestor that doesn't show what sticks out of it. @returns whether that can't be scrolled to. */
function cutTo(ancestor: Element, seen: Box): boolean {
  const style = getComputedStyle(ancestor);
  const edge = ancestor.getBoundingClientRect();
  let isLost = false;
  const axes = [
    ['left', 'right', style.overflowX],
    ['top', 'bottom', style.overflowY],
  ] as const;
  for (const [low, high, overflow] of axes) {
    if (overflow === 'visible') continue;
    const sticksOut = seen[low] < edge[low] - 1.5 || seen[high] > edge[high] + 1.5;
    const isShortened = low === 'left' && style.textOverflow === 'ellipsis';
    if (sticksOut && overflow !== 'auto' && overflow !== 'scroll' && !isShortened) isLost = true;
    seen[low] = Math.min(Math.max(seen[low], edge[low]), edge[high]);
    seen[high] = Math.max(Math.min(seen[high], edge[high]), edge[low]);
  }
  return isLost;
}

/**
 * What of a box of `element`, its own or a line of its text, can be seen now; adds to `faults` what can't be scrolled to.
 */
function seenOf(element: Element, { left, top, right, bottom }: DOMRect, faults: Set<string>): Box {
  const seen = { left, top, right, bottom };
  // It shortens its text itself.
  if (getComputedStyle(element).textOverflow === 'ellipsis') cutTo(element, seen);
  let { position } = getComputedStyle(element);
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
    if (position === 'fixed') break;
    const style = getComputedStyle(each);
    if (position === 'absolute' && !holdsPositioned(style)) continue;
    position = style.position;
    if (cutTo(each, seen)) faults.add(`${nameOf(element)} is cut by ${nameOf(each)}`);
  }
  const isInside =
    seen.left >= -1.5 &&
    seen.top >= -1.5 &&
    seen.right <= innerWidth + 1.5 &&
    seen.bottom <= innerHeight + 1.5;
  if (!isInside) faults.add(`${nameOf(element)} sticks out of the window`);
  return seen;
}

function inspectTexts(root: Element, faults: Set<string>): void {
  const texts: { readonly element: Element; readonly box: Box }[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element || !node.textContent?.trim() || !isLookedAt(element) || isForEars(element)) continue;
    if (element.closest('option, script, style')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      const box = seenOf(element, line, faults);
      if (box.right - box.left > 2 && box.bottom - box.top > 2) texts.push({ element, box });
    }
  }
  for (const [i, { element, box }] of texts.entries())
    for (const other of texts.slice(i + 1)) {
      if (element.contains(other.element) || other.element.contains(element)) continue;
      const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (wide > 2 && high > 4) faults.add(`${nameOf(element)} overlaps ${nameOf(other.element)}`);
    }
}

/** Each control can be brought into sight, and then the pointer meets it. */
function inspectControls(root: Element, faults: Set<string>): void {
  const controls = 'button, a[href], input, select, textarea, summary, [role=slider]';
  for (const control of root.querySelectorAll(controls)) {
    if (!isLookedAt(control) || getComputedStyle(control).pointerEvents === 'none') continue;
    seenOf(control, control.getBoundingClientRect(), faults);
    control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    const { left, top, width, height } = control.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    const isLabelled = hit?.closest('label')?.contains(control);
    if (!(hit && control.contains(hit)) && !isLabelled)
      faults.add(`${nameOf(control)} can't be reached: ${hit ? nameOf(hit) : 'nothing'} lies there`);
  }
  for (const scrolled of root.querySelectorAll('*')) {
    if (scrolled.scrollTop > 0) scrolled.scrollTop = 0;
    if (scrolled.scrollLeft > 0) scrolled.scrollLeft = 0;
  }
}

function inspect(within: string): string[] {
  const faults = new Set<string>();
  const root = document.querySelector(within);
  if (!root) return [`There is no ${within}`];
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth + 1) faults.add('The page is wider than the window');
  if (scrollHeight > innerHeight + 1) faults.add('The page is taller than the window');
  inspectTexts(root, faults);
  for (const picture of root.querySelectorAll('canvas, img, svg[role=img]'))
    if (isLookedAt(picture)) seenOf(picture, picture.getBoundingClientRect(), faults);
  inspectControls(root, faults);
  return [...faults];
}

/** Hoisted, so that what stands above may name them. */
function partsInPage() {
  return [
    nameOf,
    isLookedAt,
    isForEars,
    holdsPositioned,
    cutTo,
    seenOf,
    inspectTexts,
    inspectControls,
    inspect,
  ];
}
