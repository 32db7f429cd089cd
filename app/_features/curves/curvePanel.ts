import uPlot from 'uplot';
import type { FrameStore } from '@/app/_room/frameStore';
import type { Text } from '@/app/_ui/language';
import type { CanvasFont } from '@/app/_ui/useCanvasFont';
import { onDemand } from '@/app/_view/animation';
import type { Palette } from '@/app/_view/palette';
import type { Chart } from './charts';
import {
  axesOf,
  drawMarks,
  drawMoment,
  drawReference,
  nearestMark,
  seriesOf,
  stepRange,
  valueRange,
} from './curveStyle';
import {
  curveColumns,
  describe,
  diversityHistory,
  emptyColumns,
  type ReadOut,
  readOutBy,
  readOutOf,
} from './curves';
import type { Mark } from './marks';

interface CurvePanelOptions {
  /** Its label is the canvas's accessible name. */
  readonly chart: Chart;
  readonly palette: Palette;
  /** CSS pixels. */
  readonly rem: number;
  readonly isLog: boolean;
  readonly font: CanvasFont;
  readonly t: Text;
  /** The values under the cursor, else at the moment that is shown. */
  onReadOut(readOut: ReadOut | null): void;
  /** The mark beside the pointer, and where its line stands in CSS pixels. */
  onMark(mark: Mark | null, left: number): void;
}

/** Panels with one key share their cursor. */
const SYNC_KEY = 'curves';

/** One chart outside React. Draws on new metrics, marks, smoothing and size, and at no other time. */
export class CurvePanel {
  private readonly chart: uPlot;
  private readonly drawing = onDemand(() => this.draw());
  private readonly resized = new ResizeObserver(() => this.fit());
  private readonly closing: readonly (() => void)[];
  private marks: readonly Mark[] = [];
  private weight = 0;
  private hovered: number | null = null;

  /** @param host gives the size; the chart fills it. */
  constructor(
    private readonly host: HTMLElement,
    private readonly frames: FrameStore,
    private readonly options: CurvePanelOptions,
  ) {
    this.chart = new uPlot(this.chartOptions(), emptyColumns(options.chart.curves.length), host);
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', options.t(options.chart.label));
    this.closing = [
      frames.subscribe('metrics', this.drawing.request),
      frames.moment.subscribe(() => this.moveMoment()),
    ];
    this.resized.observe(host);
    this.drawing.request();
  }

  setSmoothing(weight: number): void {
    this.weight = weight;
    this.drawing.request();
  }

  setMarks(marks: readonly Mark[]): void {
    this.marks = marks;
    this.drawing.request();
  }

  /** Puts the cursor at a share of the curve's length, for keyboards; `null` takes it away. */
  pointAt(share: number | null): void {
    const last = this.chart.data[0].at(-1);
    if (share === null || last === undefined) this.chart.setCursor({ left: -10, top: -10 });
    else this.chart.setCursor({ left: this.chart.valToPos(share * last, 'x'), top: 0 });
  }

  dispose(): void {
    for (const close of this.closing) close();
    this.drawing.stop();
    this.resized.disconnect();
    this.chart.destroy();
  }

  private get canvas(): HTMLCanvasElement {
    return this.chart.ctx.canvas;
  }

  /** The curve stays; only what lies upon it moves. */
  private moveMoment(): void {
    this.chart.redraw(false);
    this.report();
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width > 0 && height > 0) this.chart.setSize({ width, height });
  }

  private draw(): boolean {
    const { curves, group, scale } = this.options.chart;
    const whole = this.frames.get('metrics')?.history;
    const history = whole && group === 'diversity' ? diversityHistory(whole) : whole;
    const metrics = curves.map(({ metric }) => metric);
    // Its few measurements are drawn as they are.
    const weight = group === 'diversity' ? 0 : this.weight;
    const columns = history ? curveColumns(history, metrics, weight, scale) : emptyColumns(metrics.length);
    this.chart.setData(columns);
    this.report();
    return false;
  }

  private report(): void {
    const { cursor, data } = this.chart;
    const left = cursor.left ?? -1;
    this.hovered = left < 0 ? null : (cursor.idx ?? null);
    const { chart, t } = this.options;
    const shown = readOutBy(data, this.frames.moment.get());
    this.canvas.setAttribute('aria-description', describe(shown, chart.curves, t));
    this.options.onReadOut(this.hovered === null ? shown : readOutOf(data, this.hovered));
    // Only the panel under the pointer names the mark; the others just follow its cursor.
    const near = cursor.event && left >= 0 ? nearestMark(this.chart, this.marks, left) : null;
    this.options.onMark(near?.mark ?? null, (near?.left ?? 0) + this.chart.over.offsetLeft);
  }

  private chartOptions(): uPlot.Options {
    const { palette, rem, isLog, font, chart: shown } = this.options;
    return {
      width: 1,
      height: 1,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: stepRange },
        y: { distr: isLog ? 3 : 1, range: valueRange(shown.group, isLog) },
      },
      axes: axesOf(palette, isLog, font, rem),
      series: seriesOf(shown.curves, palette),
      cursor: {
        y: false,
        drag: { x: false, y: false, setScale: false },
        points: { size: 8, stroke: palette.surface, width: 2, fill: palette.ink },
        sync: { key: SYNC_KEY },
      },
      hooks: {
        drawClear: [(chart) => drawReference(chart, shown.group, palette, rem, font, this.options.t)],
        draw: [
          (chart) => drawMarks(chart, this.marks, palette),
          (chart) => {
            const moment = this.frames.moment.get();
            if (moment !== null) drawMoment(chart, moment, palette);
          },
        ],
        setCursor: [() => this.report()],
      },
    };
  }
}
