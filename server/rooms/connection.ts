import type { Joined, Refusal, ServerEvents } from '@/lib/protocol/messages';
import type { OutFrame } from '@/server/processes/runs/runs';
import type { Seat } from './seat';

type BroadcastEvent = 'update' | 'people' | 'presence' | 'log' | 'run' | 'generator' | 'ownData';

/** A message to people in a room; `ServerEvents` says what each means. */
export type Broadcast = {
  readonly [E in BroadcastEvent]: { readonly event: E; readonly data: Parameters<ServerEvents[E]>[0] };
}[BroadcastEvent];

/** How a room reaches one page. Calls must not throw. */
export interface Connection {
  /** The first message: the whole state, and the seat through which the page acts from now on. */
  welcome(joined: Joined, seat: Seat): void;
  /** @param others who get the same, so that it is put into bytes once. */
  send(message: Broadcast, others?: readonly Connection[]): void;
  frame(frame: OutFrame): void;
  /** Ends the connection; with a refusal the page learns why. */
  close(refusal: Refusal | null): void;
}
