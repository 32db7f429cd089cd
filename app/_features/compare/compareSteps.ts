import { indexAt } from '@/lib/runs/reel';

/** What two runs can show of a step; each keeps pictures at steps of its own. */
export interface ComparedStep {
  /** The steps of the pictures that stand for it, the last kept ones up to it; `null` where nothing is kept. */
  readonly present: number | null;
  readonly earlier: number | null;
  /** The nearest step of which both keep pictures; `null` if there is none. */
  readonly common: number | null;
}

const keptAt = (steps: readonly number[], step: number): number | null => steps[indexAt(steps, step)] ?? null;

/** @param present, earlier the steps of which each run keeps pictures, rising. */
export function comparedStep(
  step: number,
  present: readonly number[],
  earlier: readonly number[],
): ComparedStep {
  const known = new Set(earlier);
  const common = present.filter((each) => known.has(each));
  const distance = (each: number) => Math.abs(each - step);
  return {
    present: keptAt(present, step),
    earlier: keptAt(earlier, step),
    common: common.length === 0 ? null : common.reduce((a, b) => (distance(b) < distance(a) ? b : a)),
  };
}
