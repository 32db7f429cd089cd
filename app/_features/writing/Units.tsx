'use client';

import { Grid3x3, Ruler } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useRoom, useRun } from '@/app/_hooks/context';
import { useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';
import { TryFrame } from '@/app/_view/TryFrame';
import { HEATS, heat } from '@/app/_view/tint';
import { sentenceOf } from '@/lib/text/sentence';
import { HeatText } from './HeatText';
import { Prompt } from './Prompt';
import { TextPage } from './TextPage';
import { type Source, UnitSettings } from './UnitSettings';
import { UnitStrip } from './UnitStrip';
import { type Activations, type Criterion, columnOf, rankUnits, type UnitScore } from './unitScores';
import styles from './units.module.css';
import { activationsOf, lineCounter, useActivations, useReading } from './useUnits';

/** What the units of a text model do while it reads. */
export function Units({ compact = false }: { compact?: boolean }) {
  const run = useRun();
  if (compact)
    return (
      <div className="grid h-full place-items-center text-ink-soft">
        <Grid3x3 aria-hidden size={28} strokeWidth={1.5} />
      </div>
    );
  return run && <Heat key={run.spec.id} />;
}

/** The units of a layer, ranked by what they follow, and the one that is looked at. */
function useRanked() {
  const [settings, setSettings] = useState({ source: 'data' as Source, own: '', layer: 0 });
  const [criterion, setCriterion] = useState<Criterion>('line');
  const [unit, setUnit] = useState<number | null>(null);
  const reading = useReading(settings.source, settings.own);
  const asked = useActivations(reading, settings.layer);
  const room = useRoom();
  const result = asked.answer?.result ?? null;
  const activations = useMemo(() => result && activationsOf(result), [result]);
  const ranked = useMemo(
    () => (activations && result ? rankUnits(activations, criterion, result.text) : []),
    [activations, result, criterion],
  );
  const chosen = ranked.find((each) => each.unit === unit) ?? ranked[0];
  const column = useMemo(
    () => (activations && chosen ? columnOf(activations, chosen.unit) : null),
    [activations, chosen],
  );
  const find = async () => {
    if (!reading) return;
    const ask = (layer: number) => room.sample<'activations'>({ ...reading, layer });
    const best = await lineCounter(ask, result?.layers ?? 1).catch((error: Error) =>
      room.notify(sentenceOf(error)),
    );
    if (!best) return;
    setCriterion('line');
    setUnit(best.unit);
    setSettings((before) => ({ ...before, layer: best.layer }));
  };
  const layers = result?.layers ?? 1;
  const shown = { asked, result, layers, activations, ranked, chosen, column, settings, criterion };
  return { ...shown, setSettings, setCriterion, setUnit, find };
}

function Heat() {
  const t = useText();
  const heat = useRanked();
  const { asked, result, activations, ranked, chosen, column, criterion } = heat;
  return (
    <TryFrame living={false} title={t('Units')} asked={[asked]}>
      <div className={styles.sheet}>
        <UnitSettings
          settings={heat.settings}
          layers={heat.layers}
          criterion={criterion}
          onChange={heat.setSettings}
          onSort={heat.setCriterion}
          onFind={() => void heat.find()}
        />
        <div className={styles.views}>
          <TextPage label={t('Text by activation')} step={result?.step}>
            {result && column ? (
              <>
                <Prompt text={result.unknown} unknown={result.unknown} />
                <HeatText text={result.text} activations={column} />
              </>
            ) : (
              <p className="font-sans text-sm text-ink-soft">
                {t(
                  'Each unit of the network follows something in the text. Once it trains, you can see what.',
                )}
              </p>
            )}
          </TextPage>
          {activations && chosen && (
            <Strip
              activations={activations}
              ranked={ranked}
              chosen={chosen}
              criterion={criterion}
              onChoose={heat.setUnit}
            />
          )}
        </div>
      </div>
    </TryFrame>
  );
}

interface StripProps {
  activations: Activations;
  ranked: readonly UnitScore[];
  chosen: UnitScore;
  criterion: Criterion;
  onChoose(unit: number): void;
}

/** All units, and which one is chosen. */
function Strip({ activations, ranked, chosen, criterion, onChoose }: StripProps) {
  const t = useText();
  return (
    <div className={styles.strip}>
      <p className="text-xs text-ink-soft tabular-nums" role="status">
        <ChosenUnit unit={chosen.unit} score={chosen.score} criterion={criterion} />
      </p>
      <UnitStrip
        label={t('All units of the layer over the text')}
        activations={activations}
        ranked={ranked}
        chosen={chosen.unit}
        onChoose={onChoose}
      />
      <input
        type="range"
        aria-label={t('Unit by rank')}
        aria-valuetext={t('Unit {unit}', { unit: chosen.unit })}
        min={0}
        max={ranked.length - 1}
        value={ranked.indexOf(chosen)}
        onChange={(event) => onChoose(ranked[event.target.valueAsNumber]?.unit ?? chosen.unit)}
        className="w-full accent-ink"
      />
      <HeatLegend />
    </div>
  );
}

function ChosenUnit({ unit, score, criterion }: { unit: number; score: number; criterion: Criterion }) {
  const t = useText();
  return (
    <>
      <Ruler aria-hidden size={14} className="mr-1 inline" />
      <span className="font-semibold text-ink">{t('Unit {unit}', { unit })}</span>{' '}
      {criterion === 'variance'
        ? t('varies by {score}', { score: fixed(score, 2) })
        : t('correlates by {score}', { score: fixed(score, 2) })}
    </>
  );
}

function HeatLegend() {
  return (
    <p className="flex items-center gap-2 text-xs text-ink-soft tabular-nums">
      −1
      <span aria-hidden className="flex overflow-hidden rounded-sm border border-line">
        {Array.from({ length: 2 * HEATS + 1 }, (_, i) => i - HEATS).map((level) => (
          <span key={level} className="h-3 w-2" style={{ background: heat(level) }} />
        ))}
      </span>
      1
    </p>
  );
}
