import uPlot from 'uplot';
import type { CurvePoint, History } from '@/lib/runs/history';
import { formatStep } from './steps';

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/**
 * Exponential moving average. `weight` is the share of what came before, 0 (as it is) to 1 (exclusive). The
 * start is corrected for its missing past, so a constant curve stays itself. Missing values are passed over.
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  let sum = 0;
  let total = 0;
  return values.map((value) => {
    if (value === null) return null;
    sum = weight * sum + (1 - weight) * value;
    total = weight * total + (1 - weight);
    return sum / total;
  });
}

/** The training curve, with the bucket that is still being filled as its last point. */
export function trainingCurve(history: History): CurvePoint[] {
  const { training, open, step } = history;
  if (open.count === 0) return training;
  return [...training, { step, values: open.values.map((sum) => sum / open.count) }];
}

/** One metric's columns as uPlot aligns them: steps, training, training smoothed, validation. */
export function curveColumns(history: History, metric: number, weight: number): uPlot.AlignedData {
  const training = trainingCurve(history);
  const raw = training.map((point) => finite(point.values[metric]));
  const { validation } = history;
  return uPlot.join([
    [training.map((point) => point.step), raw, smooth(raw, weight)],
    [validation.map((point) => point.step), validation.map((point) => finite(point.values[metric]))],
  ]);
}

/** The values at a step: training there, validation as last evaluated by then. */
export interface ReadOut {
  readonly step: number;
  readonly training: number | null;
  readonly validation: number | null;
}

function lastKnown(column: uPlot.AlignedData[number] | undefined, index: number): number | null {
  for (let i = index; i >= 0; i--) {
    const value = column?.[i];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}

/** What the columns say at `index`; `null` stands for the newest. @returns `null` if there is nothing yet. */
export function readOutOf(columns: uPlot.AlignedData, index: number | null): ReadOut | null {
  const [steps, training, , validation] = columns;
  const at = index ?? steps.length - 1;
  const step = steps[at];
  if (step === undefined) return null;
  return { step, training: lastKnown(training, at), validation: lastKnown(validation, at) };
}

/** A metric as people read it: four significant digits. */
export function formatMetric(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return value.toPrecision(4);
}

/** A read-out as one sentence, for screen readers. */
export function describe({ step, training, validation }: ReadOut): string {
  return `Step ${formatStep(step)}: training ${formatMetric(training)}, validation ${formatMetric(validation)}`;
}
