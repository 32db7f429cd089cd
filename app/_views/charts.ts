import { hasVariety, type Metric, type ModelId, modelOf } from '@/lib/catalog/models';
import type { PlainMessage } from '@/lib/messages/ko';

/** A metric as a chart draws it. */
export interface Curve {
  /** Its place in the model's list, or among a generator's measurements of variety. */
  readonly metric: number;
  readonly label: PlainMessage;
  readonly side: Metric['side'] | null;
}

/** Metrics of one kind, drawn together. */
export interface Chart {
  readonly group: Metric['group'] | 'variety';
  readonly label: PlainMessage;
  readonly curves: readonly Curve[];
}

const groupLabels = {
  loss: 'Loss',
  share: 'Share##metric',
  score: 'Score',
} as const satisfies Record<Metric['group'], PlainMessage>;

/** What lib/runs/variety measures of samples, in the order of its curve. */
const variety: Chart = {
  group: 'variety',
  label: 'Variety',
  curves: [
    { metric: 0, label: 'Spread', side: 'generated' },
    { metric: 1, label: 'Classes', side: null },
  ],
};

/** A model's charts, in the order of its metrics; one that stands alone gives its chart its name. */
export function chartsOf(model: ModelId): Chart[] {
  const { metrics } = modelOf(model);
  const groups = [...new Set(metrics.map(({ group }) => group))];
  const charts = groups.map((group): Chart => {
    const curves = metrics.flatMap((metric, i) =>
      metric.group === group
        ? [{ metric: i, label: metric.short ?? metric.label, side: metric.side ?? null }]
        : [],
    );
    const [only] = curves;
    return { group, label: curves.length === 1 && only ? only.label : groupLabels[group], curves };
  });
  return hasVariety(model) ? [...charts, variety] : charts;
}
