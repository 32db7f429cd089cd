import { limits } from '@/lib/protocol/limits';
import type { Hold, PeerPresence, Place } from '@/lib/protocol/messages';
import { type ControlValue, isControl, type LiveValues, overlap } from '@/lib/room/controls';
import { Refused } from '../refused';
import type { Held, Member } from './roster';

interface EphemeraHost {
  /** Tells everyone in the room, once a tick at most. */
  send(peers: PeerPresence[]): void;
  /** Whether controls may have these values. @throws Refused */
  check(live: LiveValues): void;
  /** What is held has moved, by somebody; or it is in the document now. */
  moved(member: Member): void;
  /** Puts a control's last value into the document; fulfils once it is on disk. */
  commit(member: Member, control: string, value: ControlValue): Promise<void>;
  report(error: unknown): void;
}

/**
 * What passes in a room beside its document: where people are, which controls they hold and how they move them. None of
 * it is kept, but for the last value of a control, which is committed when its holder lets go, loses it or leaves.
 */
export class Ephemera {
  private readonly held = new Set<Held>();
  private readonly news = new Map<number, PeerPresence>();
  private tick: NodeJS.Timeout | null = null;
  private ticked = Number.NEGATIVE_INFINITY;
  private expiry: NodeJS.Timeout | null = null;

  constructor(private readonly host: EphemeraHost) {}

  /** Where controls stand that the document doesn't know yet. */
  live(): LiveValues {
    const moved = [...this.held].flatMap(({ control, value }) =>
      value === undefined ? [] : [[control, value] as const],
    );
    return new Map(moved);
  }

  move(member: Member, place: Place | null): void {
    member.place = place;
    this.tell(member, { place });
  }

  /** Gives somebody the lease of a control, or keeps it, and moves it. @throws Refused */
  hold(member: Member, { control, value }: Hold): void {
    if (!isControl(control)) throw new Refused('malformed', 'No control has that name');
    this.assertFree(member, [control]);
    if (value !== undefined) this.host.check(new Map([...this.live(), [control, value]]));
    const before = member.held;
    if (before && before.control !== control) void this.settle(before);
    const held = before?.control === control ? before : this.take(member, control);
    held.time = performance.now();
    if (value === undefined || value === held.value) return;
    held.value = value;
    this.tell(member, { hold: { control, value } });
    this.host.moved(member);
  }

  /** Fulfils once what somebody held is on disk. */
  async release({ held }: Member): Promise<void> {
    if (held) await this.settle(held);
  }

  /**
   * Whether somebody may change these places of the document; what they hold among them counts as moved.
   * @throws Refused
   */
  assertFree({ person }: Member, places: readonly string[]): void {
    for (const held of this.held) {
      if (!places.some((place) => overlap(place, held.control))) continue;
      const by = held.member.person;
      if (by.client !== person.client) throw Refused.held(held.control, by);
      held.time = performance.now();
    }
  }

  /** Fulfils once what all held is on disk. */
  async close(): Promise<void> {
    await Promise.all([...this.held].map((held) => this.settle(held)));
    this.stop();
  }

  /** Forgets everything. */
  stop(): void {
    this.held.clear();
    for (const timer of [this.tick, this.expiry]) if (timer) clearTimeout(timer);
    this.tick = null;
    this.expiry = null;
  }

  private take(member: Member, control: string): Held {
    const held: Held = { member, control, value: undefined, time: 0 };
    this.held.add(held);
    member.held = held;
    this.tell(member, { hold: { control } });
    this.expiry ??= setTimeout(() => this.expire(), limits.leaseMs);
    return held;
  }

  /** Keeps the control held and its value shown until the document has it, so that nobody sees it jump back. */
  private async settle(held: Held): Promise<void> {
    const { member, control, value } = held;
    if (member.held === held) member.held = null;
    else if (!this.held.has(held)) return;
    try {
      if (value !== undefined) await this.host.commit(member, control, value);
    } catch (error) {
      this.host.report(error);
    }
    if (!this.held.delete(held)) return;
    if (!member.held) this.tell(member, { hold: null });
    if (value !== undefined) this.host.moved(member);
  }

  private expire(): void {
    const now = performance.now();
    let first = Number.POSITIVE_INFINITY;
    for (const held of this.held)
      if (now - held.time >= limits.leaseMs) void this.settle(held);
      else first = Math.min(first, held.time);
    const wait = first + limits.leaseMs - now;
    this.expiry = Number.isFinite(wait) ? setTimeout(() => this.expire(), wait) : null;
  }

  private tell({ person: { client } }: Member, news: Omit<PeerPresence, 'client'>): void {
    this.news.set(client, { ...this.news.get(client), ...news, client });
    if (this.tick) return;
    const wait = Math.max(0, this.ticked + limits.tickMs - performance.now());
    this.tick = setTimeout(() => {
      this.tick = null;
      this.ticked = performance.now();
      const peers = [...this.news.values()];
      this.news.clear();
      this.host.send(peers);
    }, wait);
  }
}
