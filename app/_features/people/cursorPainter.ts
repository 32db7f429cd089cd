import type { PresenceBoard } from '@/app/_room/presence';
import type { Spot } from '@/app/_room/surfaces';
import { onDemand } from '@/app/_view/animation';
import type { Person, Place } from '@/lib/protocol/messages';
import { overlap } from '@/lib/room/controls';
import { contains, type Marked, markOf } from './spots';

/** Milliseconds after which somebody who hasn't moved is shown without a name. */
const FRESH_MS = 3000;
/** Milliseconds after which it is looked again where things are: what marks lie on may have moved. */
const AGAIN_MS = 400;
/** Marks from which on names are shown only near one's own pointer. */
const CROWD = 12;
/** CSS pixels from one's own pointer within which a mark shows its name. */
const NEAR = 32;
/** Dots beside one another at a control; of more people the first ones have one. */
const MOST_DOTS = 5;
/** CSS pixels between a control and the ring around it, and from the window's edges to a name's other side. */
const RING_GAP = 2;
const EDGE = { right: 160, top: 28 };

/** The elements of somebody's mark, and what they show. */
interface Cursor {
  readonly mark: HTMLElement;
  readonly ring: HTMLElement;
  place: Place | null;
  /** When the place came, in ms of `performance.now()`. */
  moved: number;
}

/** Somebody's mark as it is to be drawn now. */
interface Drawn {
  readonly cursor: Cursor;
  readonly marked: Marked;
  /** The control that they are at, as it lies here. */
  readonly box: DOMRect | null;
  /** How many before them are at the same control: the first one's colour is around it. */
  readonly rank: number;
  readonly ring: { readonly box: DOMRect; readonly radius: string } | null;
}

interface Paint {
  readonly isCrowded: boolean;
  /** Whether marks glide to where they belong, or are there at once. */
  readonly isGliding: boolean;
}

/** Draws where the others are, outside React: places come many times a second and person. */
export class CursorPainter {
  private readonly cursors = new Map<number, Cursor>();
  private readonly frame = onDemand((now) => this.paint(now, true));
  private readonly closing: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private own: Spot = { x: Number.NaN, y: Number.NaN };

  constructor(
    private readonly layer: HTMLElement,
    private readonly presence: PresenceBoard,
  ) {
    const look = (event: Event) => {
      if (event instanceof PointerEvent) this.own = { x: event.clientX, y: event.clientY };
      this.frame.request();
    };
    for (const name of ['scroll', 'resize', 'pointermove']) {
      addEventListener(name, look, { capture: true, passive: true });
      this.closing.push(() => removeEventListener(name, look, { capture: true }));
    }
    this.closing.push(
      presence.onMove(() => this.frame.request()),
      presence.surfaces.onMove(() => this.follow()),
    );
  }

  /** These people have marks. */
  meet(people: readonly Person[]): void {
    this.cursors.clear();
    for (const { client } of people) {
      const mark = this.layer.querySelector<HTMLElement>(`[data-cursor="${client}"]`);
      const ring = this.layer.querySelector<HTMLElement>(`[data-ring="${client}"]`);
      if (mark && ring) this.cursors.set(client, { mark, ring, place: null, moved: 0 });
    }
    this.frame.request();
  }

  stop(): void {
    this.frame.stop();
    clearTimeout(this.timer);
    for (const close of this.closing) close();
  }

  /** A space has been seen from elsewhere: marks in it stay with it, in the same frame. */
  private follow(): void {
    const isInSpace = [...this.cursors.values()].some(({ place }) => place?.kind === 'space');
    if (isInSpace) this.paint(performance.now(), false);
    else if (this.cursors.size > 0) this.frame.request();
  }

  /** Reads all, then writes all: else the page would be laid out for each mark. */
  private paint(now: number, isGliding: boolean): boolean {
    const drawn = this.read(now);
    const isCrowded = drawn.length > CROWD;
    const shown = new Set(drawn.map(({ cursor }) => cursor));
    for (const each of drawn) this.write(each, now, { isCrowded, isGliding });
    for (const cursor of this.cursors.values()) if (!shown.has(cursor)) hide(cursor);
    clearTimeout(this.timer);
    if (drawn.length > 0 && !document.hidden) this.timer = setTimeout(this.frame.request, AGAIN_MS);
    return false;
  }

  private read(now: number): Drawn[] {
    const ranks = new Map<Element, number>();
    const drawn: Drawn[] = [];
    for (const [client, cursor] of this.cursors) {
      const { place = null, hold } = this.presence.peers.get(client) ?? {};
      if (place !== cursor.place) cursor.moved = now;
      cursor.place = place;
      const marked = markOf(place, this.presence.surfaces);
      if (!marked) continue;
      const { control } = marked;
      const rank = control ? (ranks.get(control) ?? 0) : 0;
      if (control) ranks.set(control, rank + 1);
      const box = control?.getBoundingClientRect() ?? null;
      // A control that somebody holds shows that itself.
      const isHeld = hold && place?.kind === 'control' && overlap(hold.control, place.control);
      const isRinged = control && box && rank === 0 && !isHeld;
      const ring = isRinged ? { box, radius: getComputedStyle(control).borderRadius } : null;
      drawn.push({ cursor, marked, box, rank, ring });
    }
    return drawn;
  }

  private write({ cursor, marked, box, rank, ring }: Drawn, now: number, paint: Paint): void {
    const { mark } = cursor;
    const { look, spot, isSmall, height = 0 } = marked;
    const isNear = box
      ? contains(box, this.own)
      : Math.hypot(spot.x - this.own.x, spot.y - this.own.y) < NEAR;
    const isFresh = look !== 'dot' && now - cursor.moved < FRESH_MS;
    const wasShown = mark.dataset.look !== undefined && mark.dataset.look !== 'none';
    Object.assign(mark.dataset, {
      look: look === 'dot' && rank >= MOST_DOTS ? 'none' : look,
      named: String(isNear || (isFresh && !isSmall && !paint.isCrowded)),
      small: String(isSmall),
      glides: String(paint.isGliding && wasShown),
      flipped: String(spot.x > innerWidth - EDGE.right),
      low: String(spot.y < EDGE.top),
    });
    mark.style.transform = `translate(${spot.x}px, ${spot.y}px)`;
    mark.style.setProperty('--scale', String(spot.scale ?? 1));
    mark.style.setProperty('--rank', String(rank));
    mark.style.setProperty('--height', `${height}px`);
    writeRing(cursor.ring, ring);
  }
}

function writeRing(element: HTMLElement, ring: Drawn['ring']): void {
  element.dataset.shown = String(ring !== null);
  if (!ring) return;
  const { left, top, width, height } = ring.box;
  Object.assign(element.style, {
    transform: `translate(${left - RING_GAP}px, ${top - RING_GAP}px)`,
    width: `${width + 2 * RING_GAP}px`,
    height: `${height + 2 * RING_GAP}px`,
    borderRadius: ring.radius === '0px' ? '' : `calc(${ring.radius} + ${RING_GAP}px)`,
  });
}

function hide({ mark, ring }: Cursor): void {
  mark.dataset.look = 'none';
  ring.dataset.shown = 'false';
}
