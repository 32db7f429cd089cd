import { limits } from '@/lib/protocol/limits';
import type { Join, PeerPresence, Person, Presence } from '@/lib/protocol/messages';
import type { Connection } from '../connection';
import { Rate } from '../rate';
import { Visitors } from './visitors';

const colors = 12;

/** Somebody in the room. */
export interface Member {
  person: Person;
  readonly connection: Connection;
  /** What the page's browser is known by, or the page alone where its browser keeps nothing. */
  readonly token: string;
  /** Whether somebody came, and not only another page of theirs or one that was here a moment ago. */
  readonly isArrival: boolean;
  presence: Presence;
  readonly rates: {
    readonly updates: Rate;
    readonly presence: Rate;
    readonly commands: Rate;
    readonly samples: Rate;
  };
}

function newRates(): Member['rates'] {
  return {
    updates: new Rate(limits.updatesPerSecond, limits.updatesPerSecond * 5),
    presence: new Rate(limits.presencePerSecond, limits.presencePerSecond),
    commands: new Rate(limits.commandsPerSecond, limits.commandsPerSecond),
    samples: new Rate(limits.samplesPerSecond, limits.samplesPerSecond),
  };
}

/** Who is in the room: names, colours, cursors, and who holds which control. */
export class Roster {
  private readonly members = new Map<number, Member>();
  /** Control to the client that holds it. */
  private readonly leases = new Map<string, number>();
  private readonly visitors: Visitors;

  constructor(now: () => number) {
    this.visitors = new Visitors(now);
  }

  get size(): number {
    return this.members.size;
  }

  all(): Iterable<Member> {
    return this.members.values();
  }

  get(client: number): Member | undefined {
    return this.members.get(client);
  }

  people(): Person[] {
    return [...this.members.values()].map((member) => member.person);
  }

  /** Presence of everyone but `client`. */
  presenceForOthers(client: number): PeerPresence[] {
    return [...this.members.values()]
      .filter((member) => member.person.client !== client)
      .map((member) => ({ client: member.person.client, ...member.presence }));
  }

  /** Another page of somebody who is here has their name and colour. */
  add(
    client: number,
    { name, visitor }: Pick<Join, 'name' | 'visitor'>,
    wishedColor: number | null,
    connection: Connection,
  ): Member {
    const token = visitor ?? String(client);
    const other = [...this.members.values()].find((member) => member.token === token)?.person;
    const color = other?.color ?? this.freeColor(this.visitors.colorOf(token) ?? wishedColor);
    const { who, isArrival } = this.visitors.enter(token, color);
    const person = { client, who, name: other?.name ?? name, color };
    const presence = { cursor: null, holding: null };
    const member = { person, connection, token, isArrival, presence, rates: newRates() };
    this.members.set(client, member);
    return member;
  }

  /** All pages of a person go by the same name. */
  rename({ person: { who } }: Member, name: string): void {
    for (const member of this.members.values())
      if (member.person.who === who) member.person = { ...member.person, name };
  }

  remove(client: number): void {
    this.letGo(client);
    const member = this.members.get(client);
    if (member) this.visitors.leave(member.token);
    this.members.delete(client);
  }

  /** Takes a person's presence in; the first who asks for a control holds it until they let go. */
  move(member: Member, { cursor, holding }: Presence): PeerPresence {
    const { client } = member.person;
    if (member.presence.holding !== holding) this.letGo(client);
    const granted = holding !== null && (this.leases.get(holding) ?? client) === client;
    if (granted) this.leases.set(holding, client);
    member.presence = { cursor, holding: granted ? holding : null };
    return { client, ...member.presence };
  }

  private letGo(client: number): void {
    for (const [control, holder] of this.leases) if (holder === client) this.leases.delete(control);
  }

  /** The wished colour if nobody has it, else the first free one, else the one that fewest have. */
  private freeColor(wished: number | null): number {
    const users = Array.from({ length: colors }, () => 0);
    const people = new Map([...this.members.values()].map(({ person }) => [person.who, person]));
    for (const { color } of people.values()) users[color] = (users[color] ?? 0) + 1;
    if (wished !== null && users[wished] === 0) return wished;
    return users.indexOf(Math.min(...users));
  }
}
