import { limits } from '@/lib/protocol/limits';
import type { Hold, PeerPresence, Person, Place } from '@/lib/protocol/messages';
import { type ControlValue, type LiveValues, overlap } from '@/lib/room/controls';
import { createSignal } from './store';
import { Surfaces } from './surfaces';

/** Milliseconds between two places that are sent; a little slower than the limit, since clocks differ. */
const INTERVAL_MS = 1100 / limits.placesPerSecond;

/** Four decimals tell a place. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value;

/** Somebody else in the room. */
export interface Peer {
  readonly client: number;
  readonly place: Place | null;
  readonly hold: Hold | null;
}

/** Where the others are, what they hold and how they move it; sends this page's own place, throttled, the newest last. */
export class PresenceBoard {
  readonly peers = new Map<number, Peer>();
  /** What of this page tells places by itself. */
  readonly surfaces = new Surfaces();
  /** Where controls stand that others move at this moment. */
  live: LiveValues = new Map();
  private client = Number.NaN;
  private readonly moved = createSignal();
  private readonly held = createSignal();
  private readonly lived = createSignal();
  /** Where this page's person is, and as others shall see it. */
  private own: Place | null = null;
  private told: Place | null = null;
  private isUnseen = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastSent = 0;

  /** @param heard what the server says that this page holds. */
  constructor(
    private readonly send: (place: Place | null) => void,
    private readonly heard: (hold: Hold | null) => void,
  ) {}

  /** Listens to every movement of the others. */
  readonly onMove = this.moved.subscribe;
  /** Listens to who holds what. */
  readonly onHold = this.held.subscribe;
  /** Listens to what others move. */
  readonly onLive = this.lived.subscribe;

  /** The other client that holds a control, or something that has to do with it; `null` if nobody does. */
  holderOf(control: string): number | null {
    for (const { client, hold } of this.peers.values())
      if (hold && overlap(hold.control, control)) return client;
    return null;
  }

  /** The controls that others hold. */
  controlsHeld(): string[] {
    return [...this.peers.values()].flatMap(({ hold }) => hold?.control ?? []);
  }

  receive(news: readonly PeerPresence[]): void {
    let [isHeld, isLive] = [false, false];
    for (const { client, place, hold } of news) {
      if (client === this.client) {
        if (hold !== undefined) this.heard(hold);
        continue;
      }
      const before = this.peers.get(client) ?? { client, place: null, hold: null };
      const now = {
        client,
        place: place ?? (place === null ? null : before.place),
        hold: hold === undefined ? before.hold : hold,
      };
      this.peers.set(client, now);
      isHeld ||= before.hold?.control !== now.hold?.control;
      isLive ||= before.hold?.value !== now.hold?.value;
    }
    this.tell(isHeld, isLive);
  }

  /** Everyone's presence, when this page joins as `client`. */
  replace(news: readonly PeerPresence[], client: number): void {
    this.client = client;
    this.peers.clear();
    for (const { client: each, place = null, hold = null } of news)
      this.peers.set(each, { client: each, place, hold });
    this.tell(true, true);
    if (this.told) this.schedule();
  }

  /** Forgets those who have left. */
  keep(people: readonly Person[]): void {
    const here = new Set(people.map((person) => person.client));
    for (const client of this.peers.keys()) if (!here.has(client)) this.peers.delete(client);
    this.tell(true, true);
  }

  /** This page's person is there now. */
  point(place: Place | null): void {
    this.own = place;
    this.update();
  }

  /** Whether the page can't be seen: meanwhile its person is nowhere. */
  rest(isUnseen: boolean): void {
    this.isUnseen = isUnseen;
    this.update();
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private tell(isHeld: boolean, isLive: boolean): void {
    if (isLive || isHeld) {
      const moved = [...this.peers.values()].flatMap(({ hold }): [string, ControlValue][] =>
        hold?.value === undefined ? [] : [[hold.control, hold.value]],
      );
      this.live = new Map(moved);
      this.lived.notify();
    }
    if (isHeld) this.held.notify();
    this.moved.notify();
  }

  private update(): void {
    const next = JSON.stringify(this.isUnseen ? null : this.own, rounded);
    if (next === JSON.stringify(this.told)) return;
    this.told = JSON.parse(next);
    this.schedule();
  }

  private schedule(): void {
    if (this.timer !== undefined) return;
    const wait = Math.max(0, this.lastSent + INTERVAL_MS - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.lastSent = performance.now();
      this.send(this.told);
    }, wait);
  }
}
