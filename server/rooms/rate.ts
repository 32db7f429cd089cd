/** A token bucket: `perSecond` on average, `burst` at once. */
export class Rate {
  private tokens: number;
  private filled: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = burst;
    this.filled = now();
  }

  /** Whether one more is within the rate; if so, it is counted. */
  allow(): boolean {
    const now = this.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filled) / 1000) * this.perSecond);
    this.filled = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
