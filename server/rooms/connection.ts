import type { Concerning, Joined, Presence, Refusal, ServerEvents } from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult, SampleSource } from '@/lib/protocol/sampling';
import type { Command } from '@/lib/runs/status';
import type { OutFrame } from '@/server/processes/runs/runs';

type BroadcastEvent = 'update' | 'people' | 'presence' | 'log' | 'run' | 'generator' | 'ownData';

/** A message to people in a room; `ServerEvents` says what each means. */
export type Broadcast = {
  readonly [E in BroadcastEvent]: { readonly event: E; readonly data: Parameters<ServerEvents[E]>[0] };
}[BroadcastEvent];

/** How a room reaches one page. Calls must not throw. */
export interface Connection {
  /** The first message: the whole state, and the seat through which the page acts from now on. */
  welcome(joined: Joined, seat: Seat): void;
  send(message: Broadcast): void;
  frame(frame: OutFrame): void;
  /** Ends the connection; with a refusal the page learns why. */
  close(refusal: Refusal | null): void;
}

/** What one person may do in a room. Promises reject with `Refused`, and fulfil when the deed is on disk. */
export interface Seat {
  update(update: Uint8Array): Promise<void>;
  /** Beyond its rate or size, presence is dropped. */
  presence(presence: Presence): void;
  rename(name: string): Promise<void>;
  command(command: Command, about?: Concerning): Promise<void>;
  /** What the playground's run, or its own generator, makes of latents, images or a prompt; for this person alone. */
  sample(request: SampleRequest, source?: SampleSource): Promise<SampleResult>;
  /** What of `explore` this person's page shows from now on; `null` for nothing. */
  look(at: SampleSource | null): void;
  /** The whole curve now, as a frame; `null` without a run. */
  history(): OutFrame | null;
  leave(): void;
}
