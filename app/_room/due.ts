/** Something that is to be shown at a moment, milliseconds by the server's clock; `null` for at once. */
interface Timed {
  readonly at: number | null;
  /** What it answers: of something else, nothing that waits is shown any more. */
  readonly asked: string;
}

/** What has come and waits for its moment. */
export class Due<T extends Timed> {
  /** In the order of their moments. */
  private waiting: readonly T[] = [];
  private shown: T | null = null;

  /** Takes in what has come; what is for a moment before that of the last one shown is too late. */
  take(next: T): void {
    const { at, asked } = next;
    const before = this.shown?.asked === asked ? this.shown.at : null;
    if (at !== null && before !== null && at < before) return;
    const others = at === null ? [] : this.waiting.filter((each) => each.asked === asked);
    this.waiting = [...others, next].toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  }

  /** The last one whose moment has come, and none of those before it; `null` if there is nothing new. */
  due(now: number): T | null {
    const ready = this.waiting.filter(({ at }) => at === null || at <= now);
    this.waiting = this.waiting.slice(ready.length);
    const last = ready.at(-1) ?? null;
    this.shown = last ?? this.shown;
    return last;
  }

  /** When the next one is to be shown; `null` for none. */
  get next(): number | null {
    return this.waiting[0]?.at ?? null;
  }
}
