import uPlot from 'uplot';
import type { Text } from '@/app/_ui/language';
import { formatStep } from '@/app/_view/steps';
import { type CurvePoint, emptyHistory, type History } from '@/lib/runs/history';
import { indexBy } from '@/lib/runs/reel';
import type { Curve } from './charts';

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

/** Columns of each metric's training: as it is, and smoothed. */
const TRAINING_COLUMNS = 2;

/** What uPlot draws of some metrics, aligned by step: steps, then each one's training and training smoothed, then each one's validation. */
export function curveColumns(
  history: History,
  metrics: readonly number[],
  weight: number,
  scale = 1,
): uPlot.AlignedData {
  const training = trainingCurve(history);
  const { validation } = history;
  const column = (points: readonly CurvePoint[], metric: number) =>
    points.map((point) => finite(scale * (point.values[metric] ?? Number.NaN)));
  const trainings = metrics.flatMap((metric) => {
    const raw = column(training, metric);
    return [raw, smooth(raw, weight)];
  });
  return uPlot.join([
    [training.map((point) => point.step), ...trainings],
    [validation.map((point) => point.step), ...metrics.map((metric) => column(validation, metric))],
  ]);
}

/** A generator's measurements of diversity as a curve of two metrics: spread, and share of the classes. */
export function diversityHistory({ diversity, step }: History): History {
  const training = diversity.map((point) => ({
    step: point.step,
    values: [point.spread, point.coverage ?? Number.NaN],
  }));
  return { ...emptyHistory(2), training, step };
}

/** Columns without a point, for so many metrics. */
export function emptyColumns(metrics: number): uPlot.AlignedData {
  return [[], ...Array.from({ length: metrics * (TRAINING_COLUMNS + 1) }, () => [])];
}

/** A metric at a step: training there, validation as last evaluated by then. */
export interface Reading {
  readonly training: number | null;
  readonly validation: number | null;
}

/** The readings at a step, one a metric. */
export interface ReadOut {
  readonly step: number;
  readonly readings: readonly Reading[];
}

function lastKnown(column: uPlot.AlignedData[number] | undefined, index: number): number | null {
  for (let i = index; i >= 0; i--) {
    const value = column?.[i];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}

/** What the columns say at `index`; `null` stands for the newest, -1 for before the first. @returns `null` if there is nothing yet. */
export function readOutOf(columns: uPlot.AlignedData, index: number | null): ReadOut | null {
  const [steps, ...values] = columns;
  const at = index ?? steps.length - 1;
  const step = steps[at];
  if (step === undefined) return null;
  const metrics = values.length / (TRAINING_COLUMNS + 1);
  const readings = Array.from({ length: metrics }, (_, i) => ({
    training: lastKnown(values[i * TRAINING_COLUMNS], at),
    validation: lastKnown(values[metrics * TRAINING_COLUMNS + i], at),
  }));
  return { step, readings };
}

/** What the columns say by `step`, without anything that comes later; `null` stands for the newest. */
export function readOutBy(columns: uPlot.AlignedData, step: number | null): ReadOut | null {
  return readOutOf(columns, step === null ? null : indexBy(columns[0], step));
}

/** A metric as people read it: four significant digits. */
export function formatMetric(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return value.toPrecision(4);
}

/** A read-out as one sentence, for screen readers. */
export function describe(readOut: ReadOut | null, curves: readonly Curve[], t: Text): string {
  if (!readOut) return t('Nothing yet');
  const { step, readings } = readOut;
  const told = readings.map(({ training, validation }, i) => {
    const name = t(readings.length === 1 ? 'Training' : (curves[i]?.label ?? 'Training'));
    const evaluated = validation === null ? '' : `, ${t('Validation')} ${formatMetric(validation)}`;
    return `${name} ${formatMetric(training)}${evaluated}`;
  });
  return t('Step {step}: {readings}', { step: formatStep(step), readings: told.join(', ') });
}
