import { limits } from '@/lib/protocol/limits';
import type { PeerPresence, Person, Presence } from '@/lib/protocol/messages';
import { createSignal } from './store';

/** Milliseconds between two presence messages; a little slower than the limit, since clocks differ. */
const INTERVAL_MS = 1100 / limits.presencePerSecond;

/** Where everyone points and what they hold; sends this page's own share, throttled, the newest last. */
export class PresenceBoard {
  readonly peers = new Map<number, PeerPresence>();
  private readonly moved = createSignal();
  private readonly held = createSignal();
  private mine: Presence = { cursor: null, holding: null };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastSent = 0;

  constructor(private readonly send: (presence: Presence) => void) {}

  /** Listens to every movement of the others. */
  readonly onMove = this.moved.subscribe;
  /** Listens to who holds what. */
  readonly onHold = this.held.subscribe;

  /** The client that holds a control, as the server granted it; `null` if nobody does. */
  holderOf(key: string): number | null {
    for (const peer of this.peers.values()) if (peer.holding === key) return peer.client;
    return null;
  }

  receive(peer: PeerPresence): void {
    const before = this.peers.get(peer.client)?.holding ?? null;
    this.peers.set(peer.client, peer);
    if (before !== peer.holding) this.held.notify();
    this.moved.notify();
  }

  /** Everyone's presence on joining. */
  replace(peers: readonly PeerPresence[]): void {
    this.peers.clear();
    for (const peer of peers) this.peers.set(peer.client, peer);
    this.held.notify();
    this.moved.notify();
    this.schedule();
  }

  /** Forgets those who have left. */
  keep(people: readonly Person[]): void {
    const here = new Set(people.map((person) => person.client));
    for (const client of this.peers.keys()) if (!here.has(client)) this.peers.delete(client);
    this.held.notify();
    this.moved.notify();
  }

  point(cursor: Presence['cursor']): void {
    if (cursor === null && this.mine.cursor === null) return;
    this.mine = { ...this.mine, cursor };
    this.schedule();
  }

  /** Asks for the lease of a control. @returns whether this page didn't hold it already. */
  hold(key: string): boolean {
    if (key === this.mine.holding) return false;
    this.mine = { ...this.mine, holding: key };
    this.schedule();
    return true;
  }

  /** Lets go of a control. @returns whether this page held it. */
  release(key: string): boolean {
    if (key !== this.mine.holding) return false;
    this.mine = { ...this.mine, holding: null };
    this.schedule();
    return true;
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private schedule(): void {
    if (this.timer !== undefined) return;
    const wait = Math.max(0, this.lastSent + INTERVAL_MS - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.lastSent = performance.now();
      this.send(this.mine);
    }, wait);
  }
}
