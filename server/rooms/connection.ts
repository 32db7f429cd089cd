import type { Joined, Refusal, ServerEvents } from '@/lib/protocol/messages';
import type { OutFrame } from '@/server/processes/runs/runs';
import type { Seat } from './seat';

type BroadcastEvent = 'update' | 'people' | 'presence' | 'log' | 'run' | 'generator' | 'ownData';

/** An event of `ServerEvents` with its payload. */
export type Broadcast = {
  readonly [E in BroadcastEvent]: { readonly event: E; readonly data: Parameters<ServerEvents[E]>[0] };
}[BroadcastEvent];

/** The way from a room to one page. Calls must not throw. */
export interface Connection {
  /** The first message: the whole state, and the seat through which the page acts from now on. */
  welcome(joined: Joined, seat: Seat): void;
  /** @param others connections that get the same message: it is encoded once. */
  send(message: Broadcast, others?: readonly Connection[]): void;
  frame(frame: OutFrame): void;
  /** Ends the connection; with a refusal the page learns why. */
  close(refusal: Refusal | null): void;
}
