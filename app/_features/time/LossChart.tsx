'use client';

import 'uplot/dist/uPlot.min.css';
import { useMemo, useState } from 'react';
import { ChartRow } from '@/app/_features/curves/ChartRow';
import { TrainingLine, ValidationLine } from '@/app/_features/curves/CurveLine';
import { chartsOf, hasLossUnits, type LossUnit } from '@/app/_features/curves/charts';
import { type Mark, marksOf } from '@/app/_features/curves/marks';
import { useLog, useRun } from '@/app/_hooks/context';
import { useMetrics } from '@/app/_hooks/metrics';
import { useModel } from '@/app/_hooks/recipe';
import { useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';
import { formatStep } from '@/app/_view/steps';
import { ToolButton } from '@/app/_view/ToolButton';
import { hasValidation } from '@/lib/catalog/models';
import { TimeScrubber } from './TimeScrubber';
import { useScrubber } from './useScrubber';

/** Weights of the exponential smoothing: none, and the strongest. */
const SMOOTHING = { initial: 0.6, max: 0.98, step: 0.02 };

/** The model's metrics over the training steps, and who changed what when. Fills its parent. */
export function LossChart() {
  const t = useText();
  const run = useRun();
  const draft = useModel();
  const log = useLog();
  const [isLog, setLog] = useState(false);
  const [weight, setWeight] = useState(SMOOTHING.initial);
  const [step, setStep] = useState<number | null>(null);
  const model = run?.spec.recipe.model ?? draft;
  const [unit, setUnit] = useState<LossUnit>('nats');
  const charts = useMemo(() => chartsOf(model, unit), [model, unit]);
  const isValidated = hasValidation(model);
  const marks = marksOf(log, run?.spec.id, t);
  return (
    <section className="@container flex h-full min-h-0 flex-col gap-1">
      <div className="flex min-h-7 items-center gap-x-4 px-1 text-xs whitespace-nowrap text-ink-soft @max-[28rem]:gap-x-2">
        {isValidated && <Key />}
        <span>
          {t.rich(
            'at step {step}##reading',
            { step: step === null ? '–' : formatStep(step) },
            { step: (text) => <span className="font-mono text-sm text-ink">{text}</span> },
          )}
        </span>
        <Smoothing weight={weight} onChange={setWeight} />
        {hasLossUnits(model) && (
          <ToolButton pressed={unit === 'bits'} onClick={() => setUnit(unit === 'bits' ? 'nats' : 'bits')}>
            {t('Bits a character')}
          </ToolButton>
        )}
        <ToolButton pressed={isLog} onClick={() => setLog(!isLog)}>
          {t('Log scale')}
        </ToolButton>
      </div>
      <ChartRow
        charts={charts}
        isValidated={isValidated}
        isLog={isLog}
        weight={weight}
        marks={marks}
        onStep={setStep}
      />
      <Playback marks={marks} />
      <MarkList marks={marks} />
    </section>
  );
}

function Smoothing({ weight, onChange }: { weight: number; onChange(weight: number): void }) {
  const t = useText();
  return (
    <label className="ml-auto flex items-center gap-2">
      <span className="@max-[46rem]:sr-only">{t('Smoothing')}</span>
      <input
        type="range"
        min={0}
        max={SMOOTHING.max}
        step={SMOOTHING.step}
        value={weight}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        title={t('Smoothing')}
        className="w-24 accent-ink @max-[28rem]:w-16"
      />
      <output className="w-8 font-mono text-ink @max-[28rem]:hidden">{fixed(weight, 2)}</output>
    </label>
  );
}

/** The marks of the curves as a list, for screen readers. */
function MarkList({ marks }: { marks: readonly Mark[] }) {
  const t = useText();
  return (
    <ul className="sr-only">
      {marks.map(({ id, step, name, text }) => (
        <li key={id}>
          {name === ''
            ? t('Step {step}: {text}', { step, text })
            : t('Step {step}, {name}: {text}', { step, name, text })}
        </li>
      ))}
    </ul>
  );
}

/** Renders with each metrics frame, so that the charts' frame doesn't. */
function Playback({ marks }: { marks: readonly Mark[] }) {
  const { scrubber, state } = useScrubber(useRun()?.spec.id);
  const present = useMetrics()?.history.step ?? 0;
  return <TimeScrubber scrubber={scrubber} state={state} present={present} marks={marks} />;
}

/** Which curve is which, where a model has both. */
function Key() {
  const t = useText();
  return (
    <>
      <span className="flex items-center gap-2 @max-[34rem]:hidden">
        <TrainingLine /> {t('Training')}
      </span>
      <span className="flex items-center gap-2 @max-[34rem]:hidden">
        <ValidationLine /> {t('Validation')}
      </span>
    </>
  );
}
