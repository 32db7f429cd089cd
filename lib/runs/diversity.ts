import { limits } from '../protocol/limits';

/** How varied a generator's samples are. */
export interface Diversity {
  /** Mean distance of two samples, relative to that of two real images: 1 is as varied as the data, 0 all alike. */
  readonly spread: number;
  /** Share of the classes to which the samples' nearest real images belong; `null` where there is one class only. */
  readonly coverage: number | null;
}

/** A measurement after so many training steps. */
export interface DiversityPoint extends Diversity {
  readonly step: number;
}

/** Adds a measurement in place; one of a known step is skipped. Beyond the limit every other old one goes. */
export function appendDiversity(points: DiversityPoint[], point: DiversityPoint): boolean {
  const last = points.at(-1);
  if (last && point.step <= last.step) return false;
  points.push(point);
  if (points.length > limits.diversityPoints)
    points.splice(0, points.length, ...points.filter((_, i) => i % 2 === 1 || i === points.length - 1));
  return true;
}

/** What counts as collapsed and what as varied again; between the two nothing changes. */
const thresholds = {
  collapsed: { spread: 0.3, coverage: 0.25 },
  varied: { spread: 0.45, coverage: 0.35 },
} as const;
/** Measurements in a row that it takes to change the verdict. */
const confirmations = 3;
/** Steps that a generator gets to become varied for the first time: untrained, it draws one grey image. */
const youthSteps = 1000;

const isBelow = ({ spread, coverage }: Diversity, limit: Diversity): boolean =>
  spread < limit.spread || (coverage !== null && coverage < (limit.coverage ?? 0));

/** The verdict on a run's diversity so far. */
export interface DiversityWatch {
  readonly verdict: 'young' | 'varied' | 'collapsed';
  /** The step at which the verdict began to hold. */
  readonly since: number;
  /** Measurements in a row that speak against the verdict, and the step of the first one. */
  readonly against: { readonly count: number; readonly first: number };
}

const none = { count: 0, first: 0 } as const;

export const freshWatch: DiversityWatch = { verdict: 'young', since: 0, against: none };

/** Whether a measurement speaks against the verdict. */
function contradicts({ verdict }: DiversityWatch, point: DiversityPoint): boolean {
  switch (verdict) {
    case 'young':
      return point.step >= youthSteps && isBelow(point, thresholds.collapsed);
    case 'varied':
      return isBelow(point, thresholds.collapsed);
    case 'collapsed':
      return !isBelow(point, thresholds.varied);
  }
}

/**
 * Mode collapse: samples that were varied become alike, or come to resemble few classes only. One measurement
 * is chance, so it takes several in a row, and more diversity to end a collapse than not to begin one.
 */
export function watchDiversity(before: DiversityWatch, point: DiversityPoint): DiversityWatch {
  const { verdict, against } = before;
  if (verdict === 'young' && !isBelow(point, thresholds.varied))
    return { verdict: 'varied', since: point.step, against: none };
  if (!contradicts(before, point)) return against.count === 0 ? before : { ...before, against: none };
  const count = against.count + 1;
  const first = against.count === 0 ? point.step : against.first;
  if (count < confirmations) return { ...before, against: { count, first } };
  return { verdict: verdict === 'collapsed' ? 'varied' : 'collapsed', since: first, against: none };
}

/** What a whole series comes to. */
export const watchOf = (points: readonly DiversityPoint[]): DiversityWatch =>
  points.reduce(watchDiversity, freshWatch);
