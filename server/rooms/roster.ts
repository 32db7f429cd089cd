import { limits } from '@/lib/protocol/limits';
import type { PeerPresence, Person, Presence } from '@/lib/protocol/messages';
import type { Connection } from './connection';
import { Rate } from './rate';

const colors = 12;

/** Somebody in the room. */
export interface Member {
  person: Person;
  readonly connection: Connection;
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

  add(client: number, name: string, wishedColor: number | null, connection: Connection): Member {
    const person = { client, name, color: this.freeColor(wishedColor) };
    const member = { person, connection, presence: { cursor: null, holding: null }, rates: newRates() };
    this.members.set(client, member);
    return member;
  }

  remove(client: number): void {
    this.letGo(client);
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
    for (const { person } of this.members.values()) users[person.color] = (users[person.color] ?? 0) + 1;
    if (wished !== null && users[wished] === 0) return wished;
    return users.indexOf(Math.min(...users));
  }
}
