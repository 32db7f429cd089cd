/** What a question for the server's time has told. Milliseconds: `sent` and `heard` as `performance.now()`, `server` since 1970. */
export interface Reading {
  readonly sent: number;
  readonly heard: number;
  readonly server: number;
}

/** Readings that are kept, the newest last. */
const KEPT = 32;
/** By how much two clocks may part: milliseconds a millisecond. Quartz is within 100 ppm. */
const DRIFT = 1e-4;

/** Milliseconds that the server's clock may have gone on by since it was read as a whole number. */
const TICK = 1;

/** What the server's clock is ahead of `performance.now()`, and how wrong that may be, at most. */
interface Offset {
  readonly offset: number;
  readonly error: number;
}

/** The answer was given between both moments: at the middle, give or take half of the time that went by. */
const offsetOf = ({ sent, heard, server }: Reading, now: number): Offset => ({
  offset: server - (sent + heard) / 2,
  error: (heard - sent) / 2 + DRIFT * Math.max(0, now - heard),
});

/** The offset of the reading that can be least wrong: of a short way, and not long ago. */
export function bestOffset(readings: readonly Reading[], now: number): Offset | null {
  const offsets = readings.map((reading) => offsetOf(reading, now));
  return offsets.reduce<Offset | null>(
    (best, each) => (best === null || each.error < best.error ? each : best),
    null,
  );
}

/** Takes a reading in. Those that it contradicts go: a clock was set, or stood still while the machine slept. */
export function withReading(readings: readonly Reading[], reading: Reading): readonly Reading[] {
  const { heard } = reading;
  const fresh = offsetOf(reading, heard);
  const agrees = (other: Reading) => {
    const { offset, error } = offsetOf(other, heard);
    return Math.abs(offset - fresh.offset) <= error + fresh.error + TICK;
  };
  return [...readings.filter(agrees), reading].slice(-KEPT);
}

/**
 * Milliseconds between two questions: soon, as they may have waited on their way, until the clock is good to so many
 * milliseconds, but only so often; then now and then.
 */
const SOON_MS = 250;
const GOOD_MS = 10;
const OFTEN = 40;
const LATER_MS = 5000;

/** The server's clock on this page, measured anew for as long as something follows it. */
export class ServerClock {
  private readings: readonly Reading[] = [];
  private followers = 0;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param ask for the server's time; `null` without an answer. */
  constructor(private readonly ask: () => Promise<number | null>) {}

  /** Milliseconds since 1970 by the server's clock; by this machine's own until the server has told. */
  now(): number {
    const now = performance.now();
    const best = bestOffset(this.readings, now);
    return now + (best?.offset ?? performance.timeOrigin);
  }

  /** How wrong it may be, milliseconds. */
  private error(): number {
    return bestOffset(this.readings, performance.now())?.error ?? Number.POSITIVE_INFINITY;
  }

  /** Takes in what the server's clock said between `sent` and now. */
  hear(server: number, sent: number): void {
    this.readings = withReading(this.readings, { sent, heard: performance.now(), server });
  }

  /** Has it measured while something on the page follows it. @returns the function that ends that. */
  follow(): () => void {
    this.followers += 1;
    if (this.followers === 1) {
      this.asked = 0;
      void this.measure();
    }
    return () => {
      this.followers -= 1;
      if (this.followers === 0) this.close();
    };
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private wait(): number {
    return this.error() > GOOD_MS && this.asked < OFTEN ? SOON_MS : LATER_MS;
  }

  private async measure(): Promise<void> {
    clearTimeout(this.timer);
    const sent = performance.now();
    const server = await this.ask();
    if (server !== null) this.hear(server, sent);
    this.asked += 1;
    clearTimeout(this.timer);
    if (this.followers > 0) this.timer = setTimeout(() => void this.measure(), this.wait());
  }
}
