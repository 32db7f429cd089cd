import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useFrameStore } from '@/app/_hooks/context';
import { useText } from '@/app/_ui/language';
import { useCanvasFont } from '@/app/_ui/useCanvasFont';
import { usePalette } from '@/app/_view/palette';
import { Tooltip } from '@/app/_view/Tooltip';
import { useRem } from '@/app/_view/useRem';
import { ViewConcepts } from '@/app/_view/ViewConcepts';
import { TrainingLine, ValidationLine } from './CurveLine';
import type { Chart } from './charts';
import { CurvePanel } from './curvePanel';
import { describe, formatMetric, type ReadOut } from './curves';
import type { Mark } from './marks';

interface CurveViewProps {
  chart: Chart;
  /** Whether the model is evaluated on data kept aside. */
  isValidated: boolean;
  isLog: boolean;
  /** Of the smoothing, 0 to 1. */
  weight: number;
  marks: readonly Mark[];
  /** Other charts that may stand here, in the title's place. */
  choices?: ReactNode;
  /** The step that the read-out stands at. */
  onStep(step: number | null): void;
}

/** One chart: its curves, the values under the cursor (else the newest), and the mark under the pointer. */
export function CurveView({ chart, isValidated, isLog, weight, marks, choices, onStep }: CurveViewProps) {
  const t = useText();
  const host = useRef<HTMLDivElement>(null);
  const [panel, setPanel] = useState<CurvePanel | null>(null);
  const [readOut, setReadOut] = useState<ReadOut | null>(null);
  const [hovered, setHovered] = useState<{ mark: Mark; left: number } | null>(null);
  const frames = useFrameStore();
  const palette = usePalette();
  const rem = useRem();
  const font = useCanvasFont();

  useEffect(() => {
    if (!host.current || !palette) return;
    const onMark = (mark: Mark | null, left: number) => setHovered(mark && { mark, left });
    const options = { chart, palette, rem, isLog, font, t, onReadOut: setReadOut, onMark };
    const created = new CurvePanel(host.current, frames, options);
    setPanel(created);
    return () => created.dispose();
  }, [frames, palette, rem, chart, isLog, font, t]);
  const step = readOut?.step ?? null;
  useEffect(() => onStep(step), [onStep, step]);
  useEffect(() => panel?.setSmoothing(weight), [panel, weight]);
  useEffect(() => panel?.setMarks(marks), [panel, marks]);

  return (
    <div className="@container flex min-h-0 min-w-0 flex-col rounded-lg has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-real">
      <CurveReadOut chart={chart} isValidated={isValidated} readOut={readOut} choices={choices} />
      <input
        type="range"
        aria-label={t('Curve pointer')}
        aria-valuetext={describe(readOut, chart.curves, t)}
        min={0}
        max={1}
        step={0.01}
        defaultValue={1}
        className="sr-only"
        onChange={(event) => panel?.pointAt(event.target.valueAsNumber)}
        onBlur={() => panel?.pointAt(null)}
      />
      <div className="relative min-h-24 flex-1">
        <div ref={host} className="absolute inset-0 overflow-hidden" />
        {hovered && (
          <Tooltip x={hovered.left} y={0}>
            <MarkLabel mark={hovered.mark} />
          </Tooltip>
        )}
      </div>
    </div>
  );
}

interface CurveReadOutProps extends Pick<CurveViewProps, 'chart' | 'isValidated' | 'choices'> {
  readOut: ReadOut | null;
}

/** In one line, if there is room: where there is little, the colours alone say which curve a value is of. */
function CurveReadOut({ chart, isValidated, readOut, choices }: CurveReadOutProps) {
  const t = useText();
  const { group, label, curves } = chart;
  const isWide = curves.length > 1 && isValidated;
  const nameClass =
    curves.length === 1 ? 'sr-only' : isWide ? '@max-[36rem]:sr-only' : '@max-[25rem]:sr-only';
  return (
    <div className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-4 whitespace-nowrap @max-[25rem]:gap-x-2">
      <div className="flex items-center gap-1">
        <h3 className={choices ? 'sr-only' : 'text-sm font-semibold text-ink'}>{t(label)}</h3>
        {choices}
        <ViewConcepts anchor={`chart:${group}`} />
      </div>
      {curves.map((curve, i) => {
        const reading = readOut?.readings[i];
        const name = t(curves.length === 1 ? 'Training' : curve.label);
        return (
          <div key={curve.metric} className="flex gap-x-2 text-xs">
            <span className="text-ink-soft" title={name}>
              <TrainingLine side={curve.side} /> <span className={nameClass}>{name}</span>{' '}
              <Value value={reading?.training} />
            </span>
            {isValidated && (
              <span>
                <span className="sr-only">{t('Validation')}</span>
                <ValidationLine /> <Value value={reading?.validation} />
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** As wide as the widest value, so that nothing moves. */
function Value({ value }: { value: number | null | undefined }) {
  return (
    <span className="inline-block min-w-[6ch] font-mono text-sm font-medium text-ink @max-[25rem]:text-xs">
      {formatMetric(value)}
    </span>
  );
}

function MarkLabel({ mark }: { mark: Mark }) {
  const t = useText();
  return (
    <>
      {mark.color === null ? (
        <span className="font-semibold text-bad">{mark.text}</span>
      ) : (
        <>
          <span className="font-semibold" style={{ color: `var(--person-${mark.color})` }}>
            {mark.name}
          </span>{' '}
          {mark.text}
        </>
      )}
      <span className="ml-2 text-ink-faint">{t('step {step}', { step: mark.step })}</span>
    </>
  );
}
