interface Waiting {
  readonly parties: readonly string[];
  begin(): void;
}

/** Lets so many tasks run at once, and of each party fewer, so that nobody holds up all others; the rest wait in order. */
export class Turns {
  private readonly running = new Set<readonly string[]>();
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly most: number,
    private readonly mostOfParty: number,
  ) {}

  /** Fulfils when a task of these parties may run; the function ends its turn. @throws the signal's reason */
  async take(parties: readonly string[], signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    // A turn is known by its list of parties, so each has one of its own.
    const turn = [...parties];
    if (!this.mayRun(turn)) await this.wait(turn, signal);
    this.running.add(turn);
    return () => {
      if (!this.running.delete(turn)) return;
      const next = this.waiting.find(({ parties: each }) => this.mayRun(each));
      next?.begin();
    };
  }

  private wait(parties: readonly string[], signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => this.waiting.splice(this.waiting.indexOf(entry), 1);
      const giveUp = () => {
        leave();
        reject(signal.reason);
      };
      const entry = {
        parties,
        begin: () => {
          leave();
          signal.removeEventListener('abort', giveUp);
          // Counted at once: what ends meanwhile must not begin another one in its place.
          this.running.add(parties);
          resolve();
        },
      };
      this.waiting.push(entry);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  private mayRun(parties: readonly string[]): boolean {
    const isBusy = (party: string) =>
      [...this.running].filter((each) => each.includes(party)).length >= this.mostOfParty;
    return this.running.size < this.most && !parties.some(isBusy);
  }
}
