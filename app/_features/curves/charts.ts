import { familyOf, type ModelId, modelOf } from '@/lib/catalog/models';
import type { Metric } from '@/lib/catalog/models/description';
import type { PlainMessage } from '@/lib/text/keys';

/** A metric as a curve of a chart. */
export interface Curve {
  /** Its index in the model's metrics, or among the measurements of diversity. */
  readonly metric: number;
  readonly label: PlainMessage;
  readonly side: Metric['side'] | null;
}

/** Metrics of one kind, drawn together. */
export interface Chart {
  readonly group: Metric['group'] | 'diversity';
  readonly label: PlainMessage;
  readonly curves: readonly Curve[];
  /** Factor from values to what is shown; 1 if absent. */
  readonly scale?: number;
}

/** Unit of a text model's loss, the cross-entropy of a character. */
export type LossUnit = 'nats' | 'bits';

const lossUnits = {
  nats: { label: 'Loss (nats)', scale: 1 },
  bits: { label: 'Loss (bits)', scale: 1 / Math.LN2 },
} as const satisfies Record<LossUnit, Pick<Chart, 'label' | 'scale'>>;

/** Whether a model's loss may be shown in bits: that of a text model, per character. */
export const hasLossUnits = (model: ModelId): boolean => familyOf(model) === 'text';

const groupLabels = {
  loss: 'Loss',
  divergence: 'KL divergence',
  share: 'Share##metric',
  score: 'Score',
} as const satisfies Record<Metric['group'], PlainMessage>;

/** What lib/runs/diversity measures of samples, in the order of its curve. */
const diversity: Chart = {
  group: 'diversity',
  label: 'Diversity',
  curves: [
    { metric: 0, label: 'Spread', side: 'generated' },
    { metric: 1, label: 'Classes', side: null },
  ],
};

/** A model's charts, in the order of its metrics; a chart of one metric has that one's name. */
export function chartsOf(model: ModelId, unit: LossUnit = 'nats'): Chart[] {
  const { metrics } = modelOf(model);
  const groups = [...new Set(metrics.map(({ group }) => group))];
  const charts = groups.map((group): Chart => {
    const curves = metrics.flatMap((metric, i) =>
      metric.group === group
        ? [{ metric: i, label: metric.short ?? metric.label, side: metric.side ?? null }]
        : [],
    );
    const [only] = curves;
    const label = curves.length === 1 && only ? only.label : groupLabels[group];
    const told = group === 'loss' && hasLossUnits(model) ? lossUnits[unit] : { label };
    return { group, curves, ...told };
  });
  return familyOf(model) === 'adversarial' ? [...charts, diversity] : charts;
}
