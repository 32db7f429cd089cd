import { createStore } from './store';

/** Milliseconds between two looks at the clock. */
const PERIOD_MS = 500;

/** Detects a silent server: it sends something at least every `limits.pingMs`. */
export class Hearing {
  /** Whether nothing has been heard for too long. */
  readonly isSilent = createStore(false);
  /** When something was heard last, milliseconds since 1970. */
  heardAt = Date.now();
  private timer: ReturnType<typeof setInterval> | undefined;
  private lookedAt = 0;

  /** @param patienceMs without a word is silence. */
  constructor(private readonly patienceMs: number) {}

  start(): void {
    this.heard();
    clearInterval(this.timer);
    this.lookedAt = Date.now();
    this.timer = setInterval(() => this.look(), PERIOD_MS);
  }

  heard(): void {
    this.heardAt = Date.now();
    this.isSilent.set(false);
  }

  stop(): void {
    clearInterval(this.timer);
    this.isSilent.set(false);
  }

  private look(): void {
    const now = Date.now();
    // A page that was busy, or asleep, may have words waiting that it hasn't taken in yet.
    const isLate = now - this.lookedAt > 2 * PERIOD_MS;
    this.lookedAt = now;
    if (!isLate) this.isSilent.set(now - this.heardAt > this.patienceMs);
  }
}
