import type { Recipe } from '@/lib/catalog/models';

/** At least so many milliseconds lie between two recipes: somebody may be dragging a slider. */
const periodMs = 500;

/** Passes on the recipe that may be trained next, at most one in `periodMs`: of several the newest. */
export class Expectation {
  private newest: Recipe | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly tell: (recipe: Recipe) => void) {}

  set(recipe: Recipe): void {
    this.newest = recipe;
    if (!this.timer) this.pass();
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  private readonly pass = (): void => {
    const { newest } = this;
    this.newest = null;
    this.timer = newest && setTimeout(this.pass, periodMs).unref();
    if (newest) this.tell(newest);
  };
}
