import * as z from 'zod/mini';

/** How a machine trains; tests simulate slower and faster ones, so that what holds on one holds on all. */
const machineSchema = z.strictObject({
  /** Milliseconds that a chunk of steps should take, so that commands and samples slip in between two. */
  chunkMs: z._default(z.number().check(z.positive()), 40),
  /** Steps of the first chunk: one, so that the first metrics come at once. */
  firstSteps: z._default(z.int().check(z.positive()), 1),
  /** Factor by which each chunk takes longer than here, and by which what is shown of them comes less often. */
  slowdown: z._default(z.number().check(z.gte(1)), 1),
});
export type Machine = z.infer<typeof machineSchema>;

/** The machine that `COLATENT_TEST_MACHINE` describes as JSON, else this one. @throws Error for what describes none. */
export function machineIn(variables: Readonly<Record<string, string | undefined>>): Machine {
  const { success, data, error } = machineSchema.safeParse(
    JSON.parse(variables.COLATENT_TEST_MACHINE || '{}'),
  );
  if (!success) throw new Error(`COLATENT_TEST_MACHINE: ${z.prettifyError(error)}`);
  return data;
}

/** Steps of one engine call; very fast steps make shorter chunks than `chunkMs`. */
const maxChunkSteps = 512;
/** Milliseconds over which the speed is averaged. */
const averageMs = 2_000;

/** Sizes chunks by the measured time of a step, and measures the speed of training. */
export class Pace {
  /** Steps of the next chunk; at most doubles. */
  chunkSteps: number;
  /** Everything between chunks included; 0 while unknown. */
  stepsPerSecond = 0;
  private last: number | null = null;

  constructor(private readonly machine: Machine = machineIn(process.env)) {
    this.chunkSteps = machine.firstSteps;
  }

  /** Milliseconds to wait after `ms` of work, to be as slow as that machine. */
  lag(ms: number): number {
    return (this.machine.slowdown - 1) * ms;
  }

  /** How often that machine would show what this one shows so often: milliseconds, and share of the time. */
  shown([periodMs, share]: readonly [number, number]): [periodMs: number, share: number] {
    return [periodMs * this.machine.slowdown, share / this.machine.slowdown];
  }

  /** To be called on a pause, whose time doesn't count into the speed. */
  interrupt(): void {
    this.last = null;
  }

  /** A chunk of `steps` ran from `start` to `end`, in milliseconds of one monotonic clock. */
  measured(steps: number, start: number, end: number): void {
    const wanted = (this.machine.chunkMs * steps) / Math.max(end - start, 0.001);
    this.chunkSteps = Math.round(Math.max(1, Math.min(wanted, 2 * this.chunkSteps, maxChunkSteps)));
    const elapsed = Math.max(end - (this.last ?? start), 0.001);
    const weight = this.stepsPerSecond === 0 ? 1 : 1 - Math.exp(-elapsed / averageMs);
    this.stepsPerSecond += weight * ((1000 * steps) / elapsed - this.stepsPerSecond);
    this.last = end;
  }
}

/**
 * Milliseconds at the beginning in which an eager cadence may take a larger share: people want to see a run
 * begin to learn.
 */
const eagerMs = 5_000;
const eagerShare = 0.3;

/** Milliseconds that the second one waits at most: the first one warms up what it uses, so its cost says little. */
const warmUpMs = 2_000;

/** Says when something periodic is due, and keeps its duration below a share of the time. */
export class Cadence {
  private next = 0;
  /** When the first one began; `null` before that. */
  private first: number | null = null;

  constructor(
    private periodMs: number,
    /** At most this share of the time is spent on it: what is slow comes less often. */
    private share: number,
    private readonly isEager = false,
  ) {}

  due(now: number): boolean {
    return now >= this.next;
  }

  /** Due at once. */
  reset(): void {
    this.next = 0;
  }

  /** Another period and share from now on. */
  change([periodMs, share]: readonly [number, number]): void {
    this.periodMs = periodMs;
    this.share = share;
  }

  done(start: number, end: number): void {
    const isYoung = this.isEager && start < (this.first ?? start) + eagerMs;
    const share = isYoung ? Math.max(eagerShare, this.share) : this.share;
    const wait = Math.min((end - start) / share, this.first === null ? warmUpMs : Infinity);
    this.next = start + Math.max(this.periodMs, wait);
    this.first ??= start;
  }
}
