import uPlot from 'uplot';
import type { Text } from '@/app/_ui/language';
import type { CanvasFont } from '@/app/_ui/useCanvasFont';
import type { Palette } from '@/app/_view/palette';
import { formatStepShort } from '@/app/_view/steps';
import type { PlainMessage } from '@/lib/text/keys';
import type { Chart, Curve } from './charts';
import type { Mark } from './marks';

/** CSS pixels around a mark's line within which it counts as hovered. */
const MARK_REACH = 8;
/** Steps that the axis shows at least. */
const LEAST_STEPS = 10;

/** As long as the axis is wide: 0.25, 1200, 5e+17. */
function formatTick(tick: number): string {
  const size = Math.abs(tick);
  const isPlain = size === 0 || (size >= 0.001 && size < 10_000);
  return isPlain ? String(Number(tick.toPrecision(4))) : Number(tick.toPrecision(2)).toExponential();
}

/** Only round numbers name a line of a logarithmic axis. */
const roundValues: uPlot.Axis['values'] = (_, ticks) =>
  ticks.map((tick) => {
    const round = tick === null ? Number.NaN : Number(tick.toPrecision(2));
    return Math.abs(round / tick - 1) < 1e-9 ? formatTick(round) : '';
  });

/** @param rem CSS pixels: type and its room grow with it. */
export function axesOf(
  { inkFaint, line }: Palette,
  isLog: boolean,
  { family }: CanvasFont,
  rem = 16,
): uPlot.Axis[] {
  const common: uPlot.Axis = {
    stroke: inkFaint,
    font: `${0.75 * rem}px ${family}`,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    gap: 0.375 * rem,
  };
  const steps: uPlot.Axis = {
    size: 1.5 * rem,
    space: 4.5 * rem,
    grid: { show: false },
    values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? formatStepShort(tick) : '')),
  };
  return [
    { ...common, ...steps },
    {
      ...common,
      size: 3 * rem,
      space: 2 * rem,
      values: isLog ? roundValues : (_, ticks) => ticks.map(formatTick),
    },
  ];
}

/**
 * Raw training faintly behind the smoothed one; validation heavier, dashed and dotted. In the order of
 * `curveColumns`.
 */
export function seriesOf(curves: readonly Curve[], palette: Palette): uPlot.Series[] {
  const { ink, inkFaint, paper } = palette;
  const training = curves.flatMap(({ side }) => {
    const stroke = side ? palette[side] : inkFaint;
    return [
      { stroke: `${stroke}40`, width: 1, points: { show: false } },
      { stroke, width: side ? 2 : 1.5, points: { show: false } },
    ];
  });
  const validation = curves.map(({ side }) => ({
    stroke: side ? palette[side] : ink,
    width: 2.5,
    dash: [8, 5],
    points: { show: true, size: 7, fill: paper, width: 2 },
  }));
  return [{}, ...training, ...validation];
}

export const stepRange: uPlot.Range.Function = (_chart, _min, max) => [0, Math.max(max ?? 0, LEAST_STEPS)];

/** Range of a score, so that its balance stays in the middle. */
const SCORES = [0, 1] as const;
/** Range of the diversity: from samples all alike to a little more varied than the data. */
const VARIETIES = [0, 1.2] as const;

/** A line to compare with: where neither network gains by changing, and where samples are as varied as the data. */
const references: Readonly<
  Partial<Record<Chart['group'], { readonly at: number; readonly label: PlainMessage }>>
> = {
  score: { at: 0.5, label: 'Nash equilibrium: 0.5' },
  diversity: { at: 1, label: 'As varied as the real images' },
};

/** A little air above and below; never a range of nothing. */
export function valueRange(group: Chart['group'], isLog: boolean): uPlot.Range.Function {
  if (group === 'score') return () => [...SCORES];
  if (group === 'diversity')
    return (_chart, _min, max: number | null) => [VARIETIES[0], Math.max(VARIETIES[1], max ?? 0)];
  return (_chart, min: number | null, max: number | null) => {
    if (min === null || max === null) return isLog ? [0.1, 1] : [0, 1];
    if (isLog) return [min / 1.1, max * 1.1];
    const air = Math.max((max - min) * 0.08, Math.abs(max) * 1e-3, 1e-6);
    return [min - air, max + air];
  };
}

/** A dashed and named line that a group's curves are compared with, if it has one. */
export function drawReference(
  chart: uPlot,
  group: Chart['group'],
  { inkFaint, inkSoft }: Palette,
  rem: number,
  { family }: CanvasFont,
  t: Text,
): void {
  const reference = references[group];
  if (!reference) return;
  const { ctx, bbox } = chart;
  const unit = uPlot.pxRatio;
  const y = chart.valToPos(reference.at, 'y', true);
  ctx.save();
  ctx.font = `${0.6875 * rem * unit}px ${family}`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  ctx.fillStyle = inkSoft;
  ctx.fillText(t(reference.label), bbox.left + bbox.width - 4 * unit, y - 2 * unit);
  ctx.strokeStyle = inkFaint;
  ctx.lineWidth = unit;
  ctx.setLineDash([3 * unit, 3 * unit]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** A line across the plot and a dot above it, in the colour of whoever made the change; the server's are a warning. */
export function drawMarks(chart: uPlot, marks: readonly Mark[], { people, ink, bad }: Palette): void {
  const { ctx, bbox } = chart;
  const unit = uPlot.pxRatio;
  ctx.save();
  ctx.lineWidth = 1.5 * unit;
  for (const { step, color } of marks) {
    const x = chart.valToPos(step, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = color === null ? bad : (people[color] ?? ink);
    ctx.fillStyle = ctx.strokeStyle;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x, bbox.top, 4 * unit, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

/** How far what comes after the moment that is shown is faded. */
const VEIL = 0.8;

/** Marks the moment that views show; the curve after it is faded. */
export function drawMoment(chart: uPlot, step: number, { ink, surface }: Palette): void {
  const { ctx, bbox } = chart;
  const unit = uPlot.pxRatio;
  const x = chart.valToPos(step, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.setLineDash([]);
  ctx.globalAlpha = VEIL;
  ctx.fillStyle = surface;
  ctx.fillRect(x, bbox.top, bbox.left + bbox.width - x, bbox.height);
  ctx.globalAlpha = 1;
  for (const [stroke, width] of [
    [surface, 5],
    [ink, 2],
  ] as const) {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width * unit;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.fillStyle = ink;
  ctx.beginPath();
  ctx.moveTo(x - 5 * unit, bbox.top);
  ctx.lineTo(x + 5 * unit, bbox.top);
  ctx.lineTo(x, bbox.top + 7 * unit);
  ctx.fill();
  ctx.restore();
}

/** The mark whose line is nearest to `left`, in CSS pixels of the plot; `null` if none is in reach. */
export function nearestMark(
  chart: uPlot,
  marks: readonly Mark[],
  left: number,
): { mark: Mark; left: number } | null {
  const near = marks
    .map((mark) => ({ mark, left: chart.valToPos(mark.step, 'x') }))
    .filter((each) => Math.abs(each.left - left) <= MARK_REACH)
    .sort((a, b) => Math.abs(a.left - left) - Math.abs(b.left - left));
  return near[0] ?? null;
}
