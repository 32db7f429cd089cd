/** Milliseconds for which somebody who left is remembered: who comes back meanwhile, as by a reload, doesn't arrive. */
const returnMs = 10 * 60_000;

interface Visit {
  readonly who: number;
  color: number;
  /** Pages that are open. */
  pages: number;
  /** When the last of them closed. */
  left: number;
}

/** Who is or was here lately, by the token that a browser keeps: all its pages are one person. */
export class Visitors {
  private readonly visits = new Map<string, Visit>();
  private latest = 0;

  constructor(private readonly now: () => number) {}

  /** The colour that a person has or last had; `null` for somebody new. */
  colorOf(token: string): number | null {
    return this.known(token)?.color ?? null;
  }

  /** A page comes in. @returns the person's number here, and whether they weren't here before. */
  enter(token: string, color: number): { who: number; isArrival: boolean } {
    const known = this.known(token);
    const visit = known ?? { who: ++this.latest, color, pages: 0, left: 0 };
    visit.color = color;
    visit.pages += 1;
    this.visits.set(token, visit);
    return { who: visit.who, isArrival: known === undefined };
  }

  leave(token: string): void {
    const visit = this.visits.get(token);
    if (!visit) return;
    visit.pages -= 1;
    visit.left = this.now();
  }

  private known(token: string): Visit | undefined {
    const isGone = ({ pages, left }: Visit) => pages === 0 && this.now() - left > returnMs;
    for (const [each, visit] of this.visits) if (isGone(visit)) this.visits.delete(each);
    return this.visits.get(token);
  }
}
