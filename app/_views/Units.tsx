'use client';

import { Grid3x3, Ruler } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { limits } from '@/lib/protocol/limits';
import { useRun } from '../_client/context';
import { useAsker, useHasWeights } from '../_client/useAsker';
import { useText } from '../_ui/language';
import { HeatText } from './HeatText';
import { TextPage } from './TextPage';
import { TryFrame } from './TryFrame';
import { HEATS, heat } from './tint';
import { type Source, UnitSettings } from './UnitSettings';
import { UnitStrip } from './UnitStrip';
import { type Criterion, columnOf, rankUnits } from './unitScores';
import styles from './units.module.css';
import { useSnapshot } from './useSnapshot';

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

/** Activations of a layer over the chosen text, anew whenever the model has written. */
function useActivations(source: Source, own: string, layer: number) {
  const [asked, ask] = useAsker<'activations'>();
  const hasWeights = useHasWeights();
  const writing = useSnapshot('text');
  const written = writing?.passages[0]?.text ?? '';
  const text = { data: undefined, sample: written, own }[source];
  const step = writing?.step;
  useEffect(() => {
    // Every text that the model writes tells that it has learned something.
    if (!hasWeights || step === undefined || text === '') return;
    ask({ kind: 'activations', layer, ...(text !== undefined && { text: cutTo(text) }) });
  }, [ask, hasWeights, step, text, layer]);
  return asked;
}

const cutTo = (text: string): string => [...text].slice(0, limits.activationCharacters / 2).join('');

function Heat() {
  const t = useText();
  const [settings, setSettings] = useState({ source: 'data' as Source, own: '', layer: 0 });
  const [criterion, setCriterion] = useState<Criterion>('line');
  const [unit, setUnit] = useState<number | null>(null);
  const asked = useActivations(settings.source, settings.own, settings.layer);
  const result = asked.answer?.result ?? null;
  const activations = useMemo(
    () => result && { units: result.units, values: new Int8Array(result.activations.buffer.slice(0)) },
    [result],
  );
  const ranked = useMemo(
    () => (activations && result ? rankUnits(activations, criterion, result.text) : []),
    [activations, result, criterion],
  );
  const chosen = ranked.find((each) => each.unit === unit) ?? ranked[0];
  const column = useMemo(
    () => (activations && chosen ? columnOf(activations, chosen.unit) : null),
    [activations, chosen],
  );
  const rank = chosen ? ranked.indexOf(chosen) : 0;
  return (
    <TryFrame compact={false} title="Units" asked={[asked]}>
      <div className={styles.sheet}>
        <UnitSettings
          settings={settings}
          layers={result?.layers ?? 1}
          criterion={criterion}
          onChange={(next) => setSettings(next)}
          onSort={(next) => setCriterion(next)}
          onFind={() => {
            setCriterion('line');
            setUnit(null);
          }}
        />
        <div className={styles.views}>
          <TextPage label={t('Text by activation')} step={result?.step}>
            {result && column ? (
              <HeatText text={result.text} activations={column} />
            ) : (
              <p className="font-sans text-sm text-ink-soft">
                {t(
                  'Each unit of the network follows something in the text. Once it trains, you can see what.',
                )}
              </p>
            )}
          </TextPage>
          <div className={styles.strip}>
            <p className="text-xs text-ink-soft tabular-nums" role="status">
              {chosen && <ChosenUnit unit={chosen.unit} score={chosen.score} criterion={criterion} />}
            </p>
            {activations && chosen && (
              <>
                <UnitStrip
                  label={t('All units of the layer over the text')}
                  activations={activations}
                  ranked={ranked}
                  chosen={chosen.unit}
                  onChoose={setUnit}
                />
                <input
                  type="range"
                  aria-label={t('Unit by rank')}
                  aria-valuetext={t('Unit {unit}', { unit: chosen.unit })}
                  min={0}
                  max={ranked.length - 1}
                  value={rank}
                  onChange={(event) => setUnit(ranked[event.target.valueAsNumber]?.unit ?? null)}
                  className="w-full accent-ink"
                />
                <HeatLegend />
              </>
            )}
          </div>
        </div>
      </div>
    </TryFrame>
  );
}

function ChosenUnit({ unit, score, criterion }: { unit: number; score: number; criterion: Criterion }) {
  const t = useText();
  return (
    <>
      <Ruler aria-hidden size={14} className="mr-1 inline" />
      <span className="font-semibold text-ink">{t('Unit {unit}', { unit })}</span>{' '}
      {criterion === 'variance'
        ? t('varies by {score}', { score: score.toFixed(2) })
        : t('correlates by {score}', { score: score.toFixed(2) })}
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
