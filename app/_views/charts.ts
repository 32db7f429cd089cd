import { type Metric, type ModelId, modelOf } from '@/lib/catalog/models';
import type { PlainMessage } from '@/lib/messages/ko';

/** A metric as a chart draws it. */
export interface Curve {
  /** Its place in the model's list. */
  readonly metric: number;
  readonly label: PlainMessage;
  readonly side: Metric['side'] | null;
}

/** Metrics of one kind, drawn together. */
export interface Chart {
  readonly group: Metric['group'];
  readonly label: PlainMessage;
  readonly curves: readonly Curve[];
}

const groupLabels = {
  loss: 'Loss',
  share: 'Share##metric',
  score: 'Score',
} as const satisfies Record<Metric['group'], PlainMessage>;

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
