import { limits } from '../protocol/limits';
import type { DiversityPoint } from './diversity';

/**
 * The training curve of a run in bounded memory. It keeps at most `limits.historyPoints` buckets of
 * `stride` steps each; when they are full, neighbours are averaged and the stride doubles. Server and
 * clients run this same code over the same metrics, so everyone draws the same curve.
 */
export interface CurvePoint {
  /** The last training step that this point averages, counted from 1. */
  readonly step: number;
  /** One value a metric, in the order of the model's `metrics` in the catalog. */
  readonly values: readonly number[];
}

export interface History {
  /** Steps a bucket. */
  stride: number;
  /** Full buckets, in order. */
  training: CurvePoint[];
  /** Sums of the bucket that is being filled. */
  open: { count: number; values: number[] };
  /** Completed steps that this history has seen. */
  step: number;
  /** One point an evaluation of the validation set. */
  validation: CurvePoint[];
  /** How varied a generator's samples were. */
  diversity: DiversityPoint[];
}

export function emptyHistory(metrics: number): History {
  const open = { count: 0, values: zeros(metrics) };
  return { stride: 1, training: [], open, step: 0, validation: [], diversity: [] };
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);

/** Halves a curve by joining neighbours; an odd last point stays as it is. */
function halve(
  points: readonly CurvePoint[],
  join: (a: CurvePoint, b: CurvePoint) => CurvePoint,
): CurvePoint[] {
  return points.flatMap((point, i) => {
    if (i % 2 === 1) return [];
    const next = points[i + 1];
    return [next ? join(point, next) : point];
  });
}

const mean = (a: CurvePoint, b: CurvePoint): CurvePoint => ({
  step: b.step,
  values: a.values.map((value, i) => (value + (b.values[i] as number)) / 2),
});

/**
 * Adds the steps `firstStep, firstStep + 1, ...`; `metrics` holds one array of values a metric. Steps
 * already seen are skipped, so replaying a metrics frame changes nothing.
 * @throws RangeError if steps are missing between the history's last and `firstStep`.
 */
export function appendTraining(history: History, firstStep: number, metrics: readonly Float32Array[]): void {
  if (firstStep > history.step + 1)
    throw new RangeError(`Metrics from step ${history.step + 1} expected, got step ${firstStep}`);
  const count = metrics[0]?.length ?? 0;
  for (let i = history.step + 1 - firstStep; i < count; i++) {
    history.step += 1;
    history.open.count += 1;
    metrics.forEach((values, m) => {
      history.open.values[m] = (history.open.values[m] as number) + (values[i] as number);
    });
    if (history.open.count === history.stride) closeBucket(history);
  }
}

function closeBucket(history: History): void {
  const { count, values } = history.open;
  history.training.push({ step: history.step, values: values.map((sum) => sum / count) });
  history.open = { count: 0, values: zeros(values.length) };
  if (history.training.length < limits.historyPoints) return;
  history.training = halve(history.training, mean);
  history.stride *= 2;
}

/** Adds an evaluation; one at an already known step is skipped. Beyond the limit every other old point goes. */
export function appendValidation(history: History, point: CurvePoint): void {
  const last = history.validation.at(-1);
  if (last && point.step <= last.step) return;
  history.validation.push(point);
  if (history.validation.length > limits.historyPoints)
    history.validation = halve(history.validation, (_, b) => b);
}

/**
 * Forgets all after `step`, for a run that goes on from there. The bucket that reaches beyond it is opened again, with
 * its mean for each of its steps.
 */
export function cutHistory(history: History, step: number): void {
  if (step >= history.step) return;
  const beyond = history.training.find((point) => point.step > step);
  history.training = history.training.filter((point) => point.step <= step);
  const start = history.training.at(-1)?.step ?? 0;
  const count = step - start;
  const { open } = history;
  const mean = beyond?.values ?? open.values.map((sum) => sum / Math.max(1, open.count));
  history.open = { count, values: mean.map((value) => value * count) };
  history.step = step;
  history.validation = history.validation.filter((point) => point.step <= step);
  history.diversity = history.diversity.filter((point) => point.step <= step);
}
