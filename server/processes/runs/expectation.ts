import type { Recipe } from '@/lib/catalog/models';

/** Milliseconds between two recipes at least: somebody may be dragging a slider. */
const periodMs = 500;

/** The recipe that may be trained next; of those that follow one another fast only the newest is told. */
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
