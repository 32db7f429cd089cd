'use client';

import { ChevronLeft, ChevronRight, CircleAlert, Footprints, StepForward } from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useConnection, usePending, usePresentRun, useRoom, useRun } from '@/app/_hooks/context';
import { useAsker, useHasWeights } from '@/app/_hooks/useAsker';
import { useText } from '@/app/_ui/language';
import { BusyRing } from '@/app/_view/BusyRing';
import { LivingStep } from '@/app/_view/living';
import stageStyles from '@/app/_view/stage.module.css';
import { ToolButton } from '@/app/_view/ToolButton';
import { ViewHeader } from '@/app/_view/ViewHeader';
import { SlowFlow } from './SlowFlow';
import styles from './slowMotion.module.css';
import { slowStages } from './slowStages';

/** One training step of both networks, stage by stage, each person at their own pace; taking it is for all. */
export function SlowMotion({ compact = false }: { compact?: boolean }) {
  return compact ? <LivingStep /> : <Slow />;
}

/** The stages of the next step, asked for anew when the run has taken another one. */
function useStages() {
  const status = useRun()?.status;
  const hasWeights = useHasWeights();
  const [asked, ask] = useAsker<'stages'>();
  const held = status && 'step' in status && status.state !== 'training' ? status.step : null;
  useEffect(() => {
    // `held` is a reason to ask, not part of the question.
    if (hasWeights && held !== undefined) ask({ kind: 'stages' });
  }, [ask, hasWeights, held]);
  return { asked, hasWeights, look: () => ask({ kind: 'stages' }) };
}

function Slow() {
  const t = useText();
  const { asked, hasWeights, look } = useStages();
  const [place, setPlace] = useState(1);
  const stages = asked.answer?.result ?? null;
  const stage = slowStages[place - 1];
  const go = (next: number) => {
    if (next > slowStages.length) look();
    setPlace(next < 1 ? 1 : next > slowStages.length ? 1 : next);
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowRight') go(Math.min(place + 1, slowStages.length));
    if (key === 'ArrowLeft') go(place - 1);
  };
  return (
    <>
      <ViewHeader
        title="Slow motion"
        about={
          <p className="flex items-center gap-2 text-xs text-ink-soft tabular-nums max-sm:hidden">
            {stages && t('Step {step}', { step: stages.step + 1 })}
            {!stages && !hasWeights && t('As soon as the training has begun')}
            <BusyRing isBusy={asked.isBusy} />
          </p>
        }
      >
        <ToolButton icon={ChevronLeft} disabled={place === 1} onClick={() => go(place - 1)}>
          {t('Back')}
        </ToolButton>
        <ToolButton icon={ChevronRight} onClick={() => go(place + 1)}>
          {place === slowStages.length ? t('Start over') : t('Next')}
        </ToolButton>
        <TakeStep onTaken={() => setPlace(1)} />
      </ViewHeader>
      <section
        aria-label={t('Slow motion')}
        className={`${stageStyles.clear} ${styles.slow}`}
        onKeyDown={onKeyDown}
      >
        <Stages place={place} onChoose={setPlace} />
        {stages && stage && <SlowFlow stages={stages} stage={stage} place={place} />}
        <p role="status" className={styles.caption}>
          {stages && stage?.caption(stages, t)}
        </p>
        {asked.problem && (
          <p role="alert" className={styles.problem}>
            <CircleAlert aria-hidden size={16} className="shrink-0 text-bad" />
            {t.say(asked.problem)}
          </p>
        )}
      </section>
    </>
  );
}

/** All stages, and which one is shown, counted from 1. */
function Stages({ place, onChoose }: { place: number; onChoose(place: number): void }) {
  const t = useText();
  return (
    <ol className={styles.steps}>
      {slowStages.map(({ title }, i) => (
        <li key={title}>
          <button
            type="button"
            aria-current={place === i + 1 ? 'step' : undefined}
            onClick={() => onChoose(i + 1)}
          >
            <b>{i + 1}</b>
            <span>{t(title)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Takes the step that is shown if the run is paused; pauses it if it trains. */
function TakeStep({ onTaken }: { onTaken(): void }) {
  const t = useText();
  const room = useRoom();
  const state = usePresentRun()?.status.state;
  const isPending = usePending() !== null;
  const live = useConnection().kind === 'live';
  const isTraining = state === 'training';
  const press = async () => {
    await room.command(isTraining ? 'pause' : 'step');
    onTaken();
  };
  return (
    <ToolButton
      icon={isTraining ? Footprints : StepForward}
      disabled={!live || isPending || !(isTraining || state === 'paused')}
      onClick={() => void press()}
    >
      {isTraining ? t('Hold the training') : t('Take this step')}
    </ToolButton>
  );
}
