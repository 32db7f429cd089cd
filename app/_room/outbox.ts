import * as Y from 'yjs';
import type { Answer, Refusal } from '@/lib/protocol/messages';
import type { Step } from './document';
import { createStore } from './store';

/** Milliseconds until an update that came too fast is sent again. */
const RETRY_MS = 300;

/** Updates as one, and what made them. */
interface Parcel {
  readonly update: Uint8Array;
  readonly steps: readonly Step[];
}

/**
 * Sends this page's document updates, one at a time; those made meanwhile go out merged once the
 * acknowledgement is here. Nothing counts as saved before its acknowledgement.
 */
export class Outbox {
  readonly unsaved = createStore(false);
  private waiting: Parcel[] = [];
  /** The update that waits for its acknowledgement. */
  private flying: Parcel | null = null;
  /** Counts connections, so that an answer to an earlier one is ignored. `null` while there is none. */
  private connection: number | null = null;
  private connections = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param send resolves with `null` if the connection was lost before an answer came.
   * @param refused is told when the server did not take an update, and the edits that it doesn't have; the document must
   * be rebuilt then.
   */
  constructor(
    private readonly send: (update: Uint8Array) => Promise<Answer | null>,
    private readonly refused: (refusal: Refusal, steps: readonly Step[]) => void,
  ) {}

  push(update: Uint8Array, step: Step | null = null): void {
    this.waiting.push({ update, steps: step ? [step] : [] });
    this.unsaved.set(true);
    void this.flush();
  }

  /**
   * A connection is there; `missing` is all that the server lacks, in place of what was waiting.
   * @param isKnown whether what a step did has come through, though no answer has.
   */
  open(missing: Uint8Array | null, isKnown: (step: Step) => boolean = () => false): void {
    this.close();
    this.connection = ++this.connections;
    const steps = this.steps().filter((step) => !isKnown(step));
    this.waiting = missing ? [{ update: missing, steps }] : [];
    this.flying = null;
    this.unsaved.set(missing !== null);
    void this.flush();
  }

  /** The connection is gone; what isn't acknowledged stays unsaved. */
  close(): void {
    clearTimeout(this.retry);
    this.connection = null;
  }

  /** Drops everything that waits. */
  clear(): void {
    this.close();
    this.waiting = [];
    this.flying = null;
    this.unsaved.set(false);
  }

  /** Resolves once the server has every update so far. */
  saved(): Promise<void> {
    const { unsaved } = this;
    return new Promise((resolve) => {
      const stop = unsaved.subscribe(settle);
      function settle() {
        if (unsaved.get()) return;
        stop();
        resolve();
      }
      settle();
    });
  }

  /** What the server hasn't acknowledged, in order. */
  steps(): Step[] {
    const parcels = [this.flying ?? [], this.waiting].flat();
    return [...new Set(parcels.flatMap(({ steps }) => steps))];
  }

  private async flush(): Promise<void> {
    const { connection } = this;
    if (connection === null || this.flying || this.waiting.length === 0) return;
    const update = Y.mergeUpdates(this.waiting.map((parcel) => parcel.update));
    const parcel = { update, steps: this.steps() };
    this.waiting = [];
    this.flying = parcel;
    const answer = await this.send(update);
    if (connection !== this.connection || answer === null) return;
    if (!answer.ok && answer.code !== 'too-fast') return this.refused(answer, this.steps());
    this.flying = null;
    if (answer.ok) {
      if (this.waiting.length === 0) this.unsaved.set(false);
      void this.flush();
    } else {
      this.waiting.unshift(parcel);
      this.retry = setTimeout(() => void this.flush(), RETRY_MS);
    }
  }
}
