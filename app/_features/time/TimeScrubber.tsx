'use client';

import { Columns2, Film, Pause, Play } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import type { Mark } from '@/app/_features/curves/marks';
import { type Scrubber, type ScrubState, type Speed, speeds } from '@/app/_room/scrubber';
import { IconButton } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { indexAt } from '@/lib/runs/reel';
import styles from './timeScrubber.module.css';

const ExportDialog = lazy(async () => ({
  default: (await import('@/app/_features/film/ExportDialog')).ExportDialog,
}));

const CompareDialog = lazy(async () => ({
  default: (await import('@/app/_features/compare/CompareDialog')).CompareDialog,
}));

interface TimeScrubberProps {
  scrubber: Scrubber | null;
  state: ScrubState;
  /** Completed steps of the run. */
  present: number;
  marks: readonly Mark[];
}

/** Plays a run and moves through its moments, with all views. The right end of its track is live. */
export function TimeScrubber({ scrubber, state, present, marks }: TimeScrubberProps) {
  const t = useText();
  const { stops, step, shown, isPlaying, speed } = state;
  const isEmpty = stops.length === 0;
  const toggle = () => (isPlaying ? scrubber?.pause() : scrubber?.play());
  const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] as Speed;
  return (
    <fieldset
      aria-label={t('Playback')}
      className="flex min-h-9 min-w-0 shrink-0 items-center gap-x-2 @max-[34rem]:flex-wrap"
    >
      <IconButton
        icon={isPlaying ? Pause : Play}
        label={isPlaying ? t('Hold the playback') : t('Play what the run has shown')}
        disabled={isEmpty}
        onClick={toggle}
      />
      <ToolButton
        aria-label={t('Playback speed {speed}', { speed: `${speed}×` })}
        onClick={() => scrubber?.setSpeed(next)}
      >
        <span className="inline-block w-8 tabular-nums">{speed}×</span>
      </ToolButton>
      <Track scrubber={scrubber} state={state} present={present} marks={marks} onToggle={toggle} />
      <output
        aria-label={t('Shown step')}
        className="w-[15ch] shrink-0 text-right font-mono text-xs text-ink-soft tabular-nums @max-[34rem]:ml-auto @max-[34rem]:w-auto"
      >
        <span className="text-sm text-ink">{t.number(shown ?? present)}</span>
        <span> / {t.number(present)}</span>
      </output>
      <ToolButton pressed={step === null} onClick={() => scrubber?.seek(null)}>
        {t('Live')}
      </ToolButton>
      {scrubber && <Export scrubber={scrubber} isEmpty={isEmpty} />}
      <Compare />
    </fieldset>
  );
}

interface TrackProps extends TimeScrubberProps {
  /** Plays or holds. */
  onToggle(): void;
}

/** A slider over the run's moments, with a mark wherever somebody changed something. */
function Track({ scrubber, state, present, marks, onToggle }: TrackProps) {
  const t = useText();
  const { stops, step, isPlaying } = state;
  const isEmpty = stops.length === 0;
  const index = step === null ? stops.length : Math.max(0, indexAt(stops, step));
  const pressKey = (event: KeyboardEvent) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    onToggle();
  };
  const seek = (next: number) => {
    if (isPlaying) scrubber?.pause();
    scrubber?.seekIndex(next);
  };
  return (
    <div className="relative min-w-0 flex-1 @max-[34rem]:order-last @max-[34rem]:basis-full">
      <Ticks marks={marks} stops={stops} />
      <input
        type="range"
        aria-label={t('Moment')}
        aria-valuetext={
          step === null ? t('Live, step {step}', { step: present }) : t('Step {step}', { step })
        }
        min={0}
        max={Math.max(1, stops.length)}
        step={1}
        value={isEmpty ? 1 : index}
        disabled={isEmpty}
        data-live={step === null}
        onPointerDown={() => scrubber?.refresh()}
        onFocus={() => scrubber?.refresh()}
        onKeyDown={pressKey}
        onChange={(event) => seek(event.currentTarget.valueAsNumber)}
        className={styles.track}
        style={{ '--done': isEmpty ? 1 : index / stops.length } as React.CSSProperties}
      />
    </div>
  );
}

function Export({ scrubber, isEmpty }: { scrubber: Scrubber; isEmpty: boolean }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ToolButton icon={Film} disabled={isEmpty} onClick={() => setOpen(true)}>
        {t('Export')}
      </ToolButton>
      <Suspense>{isOpen && <ExportDialog reel={scrubber.reel} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}

function Compare() {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ToolButton icon={Columns2} onClick={() => setOpen(true)}>
        {t('Compare')}
      </ToolButton>
      <Suspense>{isOpen && <CompareDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}

/** Where somebody changed something, in their colour. */
function Ticks({ marks, stops }: { marks: readonly Mark[]; stops: readonly number[] }) {
  if (stops.length === 0) return null;
  return (
    <div aria-hidden className={styles.ticks}>
      {marks.map(({ id, step, color }) => (
        <span
          key={id}
          style={{
            left: `${(100 * Math.max(0, indexAt(stops, step))) / stops.length}%`,
            background: `var(--person-${color})`,
          }}
        />
      ))}
    </div>
  );
}
