import { frozenKey } from '@/lib/catalog/models';
import { isOwn } from '@/lib/catalog/ownData';
import { published } from '@/server/datasets/index';
import { findFolder } from '@/server/datasets/published';
import type { Basis } from '@/server/wire/messages';
import { type Prepared, prepare, type Report } from './prepare';

/** Equal for recipes that share the compiled model and the data. */
function keyOf({ recipe, executor, threads, datasets, dataDir }: Basis): string {
  return JSON.stringify([frozenKey(recipe), executor, threads, datasets, dataDir]);
}

/** Whether the data is there without a download, which waits until somebody presses Train. */
async function isAtHand({ recipe, dataDir, datasets: source }: Basis): Promise<boolean> {
  const remote = isOwn(recipe.dataset) ? undefined : published[recipe.dataset];
  return !remote || (await findFolder(remote, { dataDir, source })) !== undefined;
}

/** Prepares a run that may be started, so that it begins at once. */
export class Expected {
  /** Fulfils when everything is prepared; `null` if it can't be, or was given up. */
  readonly ready: Promise<Prepared | null>;
  private fate: 'open' | 'taken' | 'given up' = 'open';
  private report: Report = () => {};

  /** @param before an earlier preparation, which is given up. */
  constructor(
    private readonly basis: Basis,
    before: Expected | null,
  ) {
    // A failure is told to whoever starts the run, which then tries again.
    this.ready = this.work(before).catch(() => null);
  }

  isFor(basis: Basis): boolean {
    return keyOf(basis) === keyOf(this.basis);
  }

  /** @returns what was prepared if the run needs just that, else `null`; then it is disposed of. */
  async take(basis: Basis, report: Report): Promise<Prepared | null> {
    if (!this.isFor(basis)) {
      void this.giveUp();
      return null;
    }
    this.fate = 'taken';
    this.report = report;
    return this.ready;
  }

  private async giveUp(): Promise<void> {
    this.fate = 'given up';
    const prepared = await this.ready;
    await prepared?.program.dispose();
  }

  private async work(before: Expected | null): Promise<Prepared | null> {
    await before?.giveUp();
    if (this.fate === 'given up' || !(await isAtHand(this.basis))) return null;
    const prepared = await prepare(this.basis, null, (progress) => this.report(progress));
    const { task, program, state } = prepared;
    // A picture's own graph is compiled when the first one is drawn; the step's is compiled already.
    if (this.fate === 'open') await task.observe('', program).makers[0]?.make(state.step);
    return prepared;
  }
}
