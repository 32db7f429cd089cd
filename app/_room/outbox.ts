import * as Y from 'yjs';
import type { Answer, Refusal } from '@/lib/protocol/messages';
import { createStore } from './store';

/** Milliseconds until an update that came too fast is sent again. */
const RETRY_MS = 300;

/**
 * Sends this page's document updates, one at a time; those made meanwhile go out merged once the
 * acknowledgement is here. Nothing counts as saved before its acknowledgement.
 */
export class Outbox {
  readonly unsaved = createStore(false);
  private waiting: Uint8Array[] = [];
  private inFlight = false;
  /** Counts connections, so that an answer to an earlier one is ignored. `null` while there is none. */
  private connection: number | null = null;
  private connections = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param send resolves with `null` if the connection was lost before an answer came.
   * @param refused is told when the server did not take an update; the document must be rebuilt then.
   */
  constructor(
    private readonly send: (update: Uint8Array) => Promise<Answer | null>,
    private readonly refused: (refusal: Refusal) => void,
  ) {}

  push(update: Uint8Array): void {
    this.waiting.push(update);
    this.unsaved.set(true);
    void this.flush();
  }

  /** A connection is there; `missing` is all that the server lacks, in place of what was waiting. */
  open(missing: Uint8Array | null): void {
    this.close();
    this.connection = ++this.connections;
    this.waiting = missing ? [missing] : [];
    this.unsaved.set(missing !== null);
    void this.flush();
  }

  /** The connection is gone; what isn't acknowledged stays unsaved. */
  close(): void {
    clearTimeout(this.retry);
    this.connection = null;
    this.inFlight = false;
  }

  /** Drops everything that waits. */
  clear(): void {
    this.close();
    this.waiting = [];
    this.unsaved.set(false);
  }

  private async flush(): Promise<void> {
    const { connection } = this;
    if (connection === null || this.inFlight || this.waiting.length === 0) return;
    const update = Y.mergeUpdates(this.waiting);
    this.waiting = [];
    this.inFlight = true;
    const answer = await this.send(update);
    if (connection !== this.connection || answer === null) return;
    this.inFlight = false;
    if (answer.ok) {
      if (this.waiting.length === 0) this.unsaved.set(false);
      void this.flush();
    } else if (answer.code === 'too-fast') {
      this.waiting.unshift(update);
      this.retry = setTimeout(() => void this.flush(), RETRY_MS);
    } else this.refused(answer);
  }
}
