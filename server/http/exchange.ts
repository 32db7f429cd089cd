import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Visit } from '@/server/rooms/seat';

/** What the pattern of a path names: `'/runs/:run/reel/:topic'` has `'run' | 'topic'`. */
export type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** One request, and where its answer goes. */
export interface Exchange<Name extends string = string> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What stands in the path where the route's pattern has a name, decoded. */
  readonly params: Readonly<Record<Name, string>>;
  readonly query: URLSearchParams;
}

/** Puts an answer out. @throws Refused, which becomes an answer, too. */
export type Handle<Name extends string = string> = (exchange: Exchange<Name>) => Promise<void> | void;

/** A request in a playground, with what of a seat there its route needs. */
export interface RoomExchange<Deed extends keyof Visit, Name extends string = never> extends Exchange<Name> {
  readonly seat: Pick<Visit, Deed>;
}
