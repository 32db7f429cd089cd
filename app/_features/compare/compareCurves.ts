import uPlot from 'uplot';
import { type Chart, chartsOf } from '@/app/_features/curves/charts';
import { smooth, trainingCurve } from '@/app/_features/curves/curves';
import { type ModelId, modelOf } from '@/lib/catalog/models';
import type { History } from '@/lib/runs/history';

/** Weight of the smoothing: two noisy curves over one another can't be told apart. */
const WEIGHT = 0.6;

/** A curve of a chart, in both runs. */
export interface ComparedChart {
  readonly group: Chart['group'];
  readonly label: Chart['label'];
  readonly present: Chart['curves'];
  readonly earlier: Chart['curves'];
}

/** The charts that both models have; curves are paired by their metric's key. */
export function comparedCharts(present: ModelId, earlier: ModelId): ComparedChart[] {
  const known = chartsOf(earlier);
  return chartsOf(present).flatMap((chart): ComparedChart[] => {
    const other = known.find(({ group }) => group === chart.group);
    // Diversity has a curve of its own in a history, and no key.
    if (!other || chart.group === 'diversity') return [];
    const keyOf = (model: ModelId, metric: number) => modelOf(model).metrics[metric]?.key;
    const isOne = chart.curves.length === 1 && other.curves.length === 1;
    const pairs = chart.curves.flatMap((curve) => {
      const same = other.curves.find(
        (each) => isOne || keyOf(present, curve.metric) === keyOf(earlier, each.metric),
      );
      return same ? [[curve, same] as const] : [];
    });
    if (pairs.length === 0) return [];
    const { group, label } = chart;
    return [{ group, label, present: pairs.map(([a]) => a), earlier: pairs.map(([, b]) => b) }];
  });
}

function columnsOf(history: History, curves: Chart['curves']): uPlot.AlignedData {
  const points = trainingCurve(history);
  const column = (metric: number) =>
    points.map(({ values }) => {
      const value = values[metric];
      return value !== undefined && Number.isFinite(value) ? value : null;
    });
  return [points.map(({ step }) => step), ...curves.map(({ metric }) => smooth(column(metric), WEIGHT))];
}

/** What uPlot draws: steps, the present run's curves, then the earlier one's. */
export function comparedColumns(chart: ComparedChart, present: History, earlier: History): uPlot.AlignedData {
  return uPlot.join([columnsOf(present, chart.present), columnsOf(earlier, chart.earlier)]);
}
