import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { axesOf, drawMoment, stepRange, valueRange } from '@/app/_features/curves/curveStyle';
import { useText } from '@/app/_ui/language';
import { type CanvasFont, useCanvasFont } from '@/app/_ui/useCanvasFont';
import { type Palette, usePalette } from '@/app/_view/palette';
import type { History } from '@/lib/runs/history';
import { type ComparedChart, comparedColumns } from './compareCurves';

interface CompareChartProps {
  chart: ComparedChart;
  present: History;
  earlier: History;
  /** Completed steps of the present run: its history grows in place. */
  grown: number;
  /** Where both runs are looked at. */
  step: number;
}

/** Curves of both runs over one another: the present one whole, the earlier one dashed. */
export function CompareChart({ chart, present, earlier, grown, step }: CompareChartProps) {
  const t = useText();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const shownStep = useRef(step);
  const palette = usePalette();
  const font = useCanvasFont();
  useEffect(() => {
    if (!host.current || !palette) return;
    const columns = comparedColumns(chart, present, earlier);
    const created = new uPlot(optionsOf(chart, palette, font, shownStep), columns, host.current);
    created.ctx.canvas.setAttribute('aria-hidden', 'true');
    plot.current = created;
    const resized = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      if (width > 0 && height > 0) created.setSize({ width, height });
    });
    resized.observe(host.current);
    return () => {
      resized.disconnect();
      created.destroy();
      plot.current = null;
    };
  }, [chart, present, earlier, palette, font]);
  useEffect(() => {
    if (grown > 0) plot.current?.setData(comparedColumns(chart, present, earlier));
  }, [chart, present, earlier, grown]);
  useEffect(() => {
    shownStep.current = step;
    plot.current?.redraw(false);
  }, [step]);
  const label = t(chart.label);
  return (
    <figure>
      <figcaption className="text-sm font-semibold">{label}</figcaption>
      <div
        ref={host}
        role="img"
        aria-label={t('{chart} of both runs', { chart: label })}
        className="h-36 overflow-hidden"
      />
    </figure>
  );
}

function optionsOf(
  { group, present, earlier }: ComparedChart,
  palette: Palette,
  font: CanvasFont,
  step: { readonly current: number },
): uPlot.Options {
  const colour = (side: ComparedChart['present'][number]['side']) => (side ? palette[side] : palette.ink);
  const plain = { points: { show: false } };
  return {
    width: 1,
    height: 1,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: stepRange }, y: { range: valueRange(group, false) } },
    axes: axesOf(palette, false, font),
    series: [
      {},
      ...present.map(({ side }) => ({ ...plain, stroke: colour(side), width: 2, spanGaps: true })),
      ...earlier.map(({ side }) => ({
        ...plain,
        stroke: colour(side),
        width: 1.5,
        dash: [5, 4],
        spanGaps: true,
      })),
    ],
    hooks: { draw: [(chart) => drawMoment(chart, step.current, palette)] },
  };
}
