import { limits } from '@/lib/protocol/limits';
import type { Hold, Join, PeerPresence, Person, Place } from '@/lib/protocol/messages';
import { type Topic, topicOf, topics } from '@/lib/protocol/topics';
import type { ControlValue } from '@/lib/room/controls';
import type { OutFrame } from '@/server/processes/runs/runs';
import type { Connection } from '../connection';
import { Rate } from '../rate';
import { Visitors } from './visitors';

/** A control that somebody holds, and where they have moved it. */
export interface Held {
  readonly member: Member;
  readonly control: string;
  value: ControlValue | undefined;
  /** When it was moved last; milliseconds of `performance.now()`. */
  time: number;
}

const shown = ({ control, value }: Held): Hold => ({ control, value });

/** Somebody in the room. */
export interface Member {
  person: Person;
  readonly connection: Connection;
  /** What the page's browser is known by, or the page alone where its browser keeps nothing. */
  readonly token: string;
  /** Whether somebody came, and not only another page of theirs or one that was here a moment ago. */
  readonly isArrival: boolean;
  place: Place | null;
  held: Held | null;
  /** What their page draws. */
  watched: ReadonlySet<Topic>;
  readonly rates: {
    readonly updates: Rate;
    readonly places: Rate;
    readonly holds: Rate;
    readonly commands: Rate;
    readonly samples: Rate;
    readonly watches: Rate;
    readonly clocks: Rate;
  };
}

function newRates(): Member['rates'] {
  return {
    updates: new Rate(limits.updatesPerSecond, limits.updatesPerSecond * 5),
    places: new Rate(limits.placesPerSecond, limits.placesPerSecond),
    holds: new Rate(limits.holdsPerSecond, limits.holdsPerSecond),
    commands: new Rate(limits.commandsPerSecond, limits.commandsPerSecond),
    samples: new Rate(limits.samplesPerSecond, limits.samplesPerSecond),
    watches: new Rate(limits.watchesPerSecond, limits.watchesPerSecond),
    clocks: new Rate(limits.clocksPerSecond, limits.clocksPerSecond),
  };
}

/** Whether a frame that is streamed to a room goes to somebody in it. */
export function takes({ watched }: Member, frame: OutFrame): boolean {
  const topic = topicOf(frame);
  return topics[topic].to !== 'watchers' || watched.has(topic);
}

/** Changes what somebody's page draws. @returns what of `newest` it has to get now. */
export function watch(member: Member, wanted: readonly Topic[], newest: readonly OutFrame[]): OutFrame[] {
  const before = member.watched;
  member.watched = new Set(wanted);
  return newest.filter((frame) => !before.has(topicOf(frame)) && takes(member, frame));
}

/** Who is in the room: names and colours. */
export class Roster {
  private readonly members = new Map<number, Member>();
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

  connections(except?: Member): Connection[] {
    const members = [...this.members.values()].filter((member) => member !== except);
    return members.map(({ connection }) => connection);
  }

  people(): Person[] {
    return [...this.members.values()].map((member) => member.person);
  }

  /** Presence of everyone but `client`. */
  presenceForOthers(client: number): PeerPresence[] {
    return [...this.members.values()]
      .filter((member) => member.person.client !== client)
      .map(({ person, place, held }) => ({ client: person.client, place, hold: held && shown(held) }));
  }

  /** Another page of somebody who is here has their name and colour. */
  add(
    client: number,
    { name, visitor, watch }: Pick<Join, 'name' | 'visitor' | 'watch'>,
    wishedColor: number | null,
    connection: Connection,
  ): Member {
    const token = visitor ?? String(client);
    const other = [...this.members.values()].find((member) => member.token === token)?.person;
    const color = other?.color ?? this.freeColor(this.visitors.colorOf(token) ?? wishedColor);
    const { who, isArrival } = this.visitors.enter(token, color);
    const person = { client, who, name: other?.name ?? name, color };
    const rest = { place: null, held: null, watched: new Set<Topic>(watch), rates: newRates() };
    const member: Member = { person, connection, token, isArrival, ...rest };
    this.members.set(client, member);
    return member;
  }

  /** All pages of a person go by the same name. */
  rename({ person: { who } }: Member, name: string): void {
    for (const member of this.members.values())
      if (member.person.who === who) member.person = { ...member.person, name };
  }

  remove(client: number): void {
    const member = this.members.get(client);
    if (member) this.visitors.leave(member.token);
    this.members.delete(client);
  }

  /** The wanted colour if it is free, else the first free one, else the one that the fewest people have. */
  private freeColor(wished: number | null): number {
    const users = Array.from({ length: limits.colors }, () => 0);
    const people = new Map([...this.members.values()].map(({ person }) => [person.who, person]));
    for (const { color } of people.values()) users[color] = (users[color] ?? 0) + 1;
    if (wished !== null && users[wished] === 0) return wished;
    return users.indexOf(Math.min(...users));
  }
}
