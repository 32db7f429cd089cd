import { useEffect, useRef, useState } from 'react';
import { useFrameStore } from '../_client/context';
import { TrainingLine, ValidationLine } from './CurveLine';
import { CurvePanel } from './curvePanel';
import { describe, formatMetric, type ReadOut } from './curves';
import type { Mark } from './marks';
import { usePalette } from './palette';
import { formatStep } from './steps';
import { Tooltip } from './Tooltip';

interface CurveViewProps {
  label: string;
  /** The metric's place in the model's list. */
  metric: number;
  isLog: boolean;
  /** Of the smoothing, 0 to 1. */
  weight: number;
  marks: readonly Mark[];
  /** The step that the read-out stands at. */
  onStep(step: number | null): void;
}

/** One metric: its curves, the values under the cursor (else the newest), and the mark under the pointer. */
export function CurveView({ label, metric, isLog, weight, marks, onStep }: CurveViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const [panel, setPanel] = useState<CurvePanel | null>(null);
  const [readOut, setReadOut] = useState<ReadOut | null>(null);
  const [hovered, setHovered] = useState<{ mark: Mark; left: number } | null>(null);
  const frames = useFrameStore();
  const palette = usePalette();

  useEffect(() => {
    if (!host.current || !palette) return;
    const onMark = (mark: Mark | null, left: number) => setHovered(mark && { mark, left });
    const options = { label, metric, palette, isLog, onReadOut: setReadOut, onMark };
    const created = new CurvePanel(host.current, frames, options);
    setPanel(created);
    return () => created.dispose();
  }, [frames, palette, label, metric, isLog]);
  const step = readOut?.step ?? null;
  useEffect(() => onStep(step), [onStep, step]);
  useEffect(() => panel?.setSmoothing(weight), [panel, weight]);
  useEffect(() => panel?.setMarks(marks), [panel, marks]);

  return (
    <div className="flex min-h-0 min-w-0 flex-col rounded-lg has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-real">
      <CurveReadOut label={label} readOut={readOut} />
      <input
        type="range"
        aria-label="Curve pointer"
        aria-valuetext={readOut ? describe(readOut) : 'Nothing yet'}
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

function CurveReadOut({ label, readOut }: { label: string; readOut: ReadOut | null }) {
  return (
    <div className="flex shrink-0 items-baseline gap-x-5 overflow-x-clip whitespace-nowrap">
      <h3 className="text-sm font-semibold text-ink">{label}</h3>
      <span>
        <span className="sr-only">Training</span>
        <TrainingLine /> <Value value={readOut?.training} />
      </span>
      <span>
        <span className="sr-only">Validation</span>
        <ValidationLine /> <Value value={readOut?.validation} />
      </span>
    </div>
  );
}

/** As wide as any value, so that nothing moves. */
function Value({ value }: { value: number | null | undefined }) {
  return (
    <span className="inline-block min-w-[7ch] font-mono text-sm font-medium text-ink">
      {formatMetric(value)}
    </span>
  );
}

function MarkLabel({ mark }: { mark: Mark }) {
  return (
    <>
      <span className="font-semibold" style={{ color: `var(--person-${mark.color})` }}>
        {mark.name}
      </span>{' '}
      {mark.text}
      <span className="ml-2 text-ink-faint">step {formatStep(mark.step)}</span>
    </>
  );
}
