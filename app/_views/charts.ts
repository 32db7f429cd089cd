import { type Metric, type ModelId, modelOf } from '@/lib/catalog/models';

/** A metric as a chart draws it. */
export interface Curve {
  /** Its place in the model's list. */
  readonly metric: number;
  readonly label: string;
  readonly side: Metric['side'] | null;
}

/** Metrics of one kind, drawn together. */
export interface Chart {
  readonly group: Metric['group'];
  readonly label: string;
  readonly curves: readonly Curve[];
}

const groupLabels: Readonly<Record<Metric['group'], string>> = {
  loss: 'Loss',
  share: 'Share',
  score: 'Score',
};

/** A model's charts, in the order of its metrics; one that stands alone gives its chart its name. */
export function chartsOf(model: ModelId): Chart[] {
  const { metrics } = modelOf(model);
  return [...new Set(metrics.map(({ group }) => group))].map((group) => {
    const curves = metrics.flatMap((metric, i) =>
      metric.group === group
        ? [{ metric: i, label: metric.short ?? metric.label, side: metric.side ?? null }]
        : [],
    );
    const [only] = curves;
    return { group, label: curves.length === 1 && only ? only.label : groupLabels[group], curves };
  });
}
