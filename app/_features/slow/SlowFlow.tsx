import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { useText } from '@/app/_ui/language';
import { Picture } from '@/app/_view/Picture';
import type { PictureBatch } from '@/app/_view/pixels';
import { useOwnSize } from '@/app/_view/useOwnSize';
import type { PlainMessage } from '@/lib/text/keys';
import styles from './slowMotion.module.css';
import { type Part, type SlowStage, type Stages, shownIn } from './slowStages';

/** Numbers of a row of noise that are drawn. */
const SHOWN_NUMBERS = 10;

interface SlowFlowProps {
  stages: Stages;
  stage: SlowStage;
  /** From 1. */
  place: number;
}

/** Both networks and the data between them; the parts of the present stage are lit, and errors flow back. */
export function SlowFlow({ stages, stage, place }: SlowFlowProps) {
  const shown = useMemo(() => shownIn(stages, stage), [stages, stage]);
  const isLit = (part: Part) => stage.lit.includes(part);
  const back = stage.learns !== null;
  const hasScores = place >= 3;
  const own = useOwnSize(stages);
  return (
    <div className={styles.flow} style={own}>
      <Node area="noise" title="Noise" side="generated" lit={isLit('noise')}>
        <NoiseRows noise={shown.noise} size={stages.latentSize} count={stages.count} />
      </Node>
      <Arrow area="toGenerator" lit={isLit('noise') && isLit('generator')} side="generated" />
      <Network area="generator" title="Generator" side="generated" stage={stage} />
      <Arrow
        area="toFakes"
        lit={isLit('generator') && isLit('fakes')}
        back={stage.learns === 'generator'}
        side="generated"
      />
      <Node area="fakes" title="Generated" side="generated" lit={isLit('fakes')}>
        <Tiles
          stages={stages}
          pixels={place === 1 ? null : shown.fakes}
          scores={hasScores ? shown.fakeScore.each : null}
        />
      </Node>
      <Arrow
        area="fakesIn"
        lit={isLit('fakes') && isLit('discriminator')}
        back={stage.learns === 'generator'}
        side="generated"
      />
      <Node area="reals" title="Real" side="real" lit={isLit('reals')}>
        <Tiles stages={stages} pixels={shown.reals} scores={hasScores ? shown.realScore.each : null} />
      </Node>
      <Arrow area="realsIn" lit={isLit('reals')} side="real" />
      <Network area="discriminator" title="Discriminator" side="real" stage={stage} />
      <Arrow
        area="fakesOut"
        lit={isLit('fakeScore')}
        back={back}
        side={stage.learns === 'generator' ? 'generated' : 'real'}
      />
      <Arrow area="realsOut" lit={isLit('realScore')} back={back} side="real" />
      <Score
        area="fakeScore"
        side="generated"
        lit={isLit('fakeScore')}
        share={hasScores ? shown.fakeScore.mean : null}
      />
      <Score
        area="realScore"
        side="real"
        lit={isLit('realScore')}
        share={hasScores ? shown.realScore.mean : null}
      />
    </div>
  );
}

type Side = 'real' | 'generated';
const colors: Readonly<Record<Side, string>> = { real: 'var(--real)', generated: 'var(--generated)' };

/** Style of a part: its grid area and its side's colour. */
const placed = (area: string, side: Side) => ({ gridArea: area, '--side': colors[side] }) as CSSProperties;

interface NodeProps {
  area: string;
  title: PlainMessage;
  side: Side;
  lit: boolean;
  children: ReactNode;
}

function Node({ area, title, side, lit, children }: NodeProps) {
  const t = useText();
  return (
    <figure className={styles.node} style={placed(area, side)} data-lit={lit}>
      {children}
      <figcaption>{t(title)}</figcaption>
    </figure>
  );
}

interface NetworkProps {
  area: 'generator' | 'discriminator';
  title: PlainMessage;
  side: Side;
  stage: SlowStage;
}

function Network({ area, title, side, stage }: NetworkProps) {
  const t = useText();
  const learns = stage.learns === area;
  return (
    <div
      className={styles.network}
      style={placed(area, side)}
      data-lit={stage.lit.includes(area)}
      data-learns={learns}
    >
      <span>{t(title)}</span>
      <small>{learns ? t('learns') : ''}</small>
    </div>
  );
}

function Arrow({
  area,
  lit,
  back = false,
  side,
}: {
  area: string;
  lit: boolean;
  back?: boolean;
  side: Side;
}) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 40 12"
      preserveAspectRatio="none"
      className={styles.arrow}
      style={placed(area, side)}
      data-lit={lit}
      data-back={lit && back}
    >
      <line x1="2" y1="6" x2="32" y2="6" />
      <path d="M31 1.5 L38 6 L31 10.5 Z" />
    </svg>
  );
}

/** Rows of numbers: the darker, the further from 0; below 0 hollow. */
function NoiseRows({ noise, size, count }: { noise: Uint8Array; size: number; count: number }) {
  const values = useMemo(() => new Float32Array(new Uint8Array(noise).buffer), [noise]);
  const shown = Math.min(size, SHOWN_NUMBERS);
  const cell = 6;
  return (
    <svg aria-hidden viewBox={`0 0 ${shown * cell} ${count * cell}`} className={styles.noise}>
      {Array.from({ length: shown * count }, (_, i) => {
        const [row, column] = [Math.floor(i / shown), i % shown];
        const value = values[row * size + column] ?? 0;
        return (
          <rect
            key={`${row} ${column}`}
            x={column * cell + 0.5}
            y={row * cell + 0.5}
            width={cell - 1}
            height={cell - 1}
            fill={value > 0 ? 'var(--generated)' : 'var(--ink-soft)'}
            opacity={Math.min(1, 0.1 + Math.abs(value) / 2.2)}
          />
        );
      })}
    </svg>
  );
}

interface TilesProps {
  stages: Stages;
  /** `null` keeps their places. */
  pixels: Uint8Array | null;
  /** Of each, 0 to 1. */
  scores: readonly number[] | null;
}

function Tiles({ stages, pixels, scores }: TilesProps) {
  const { count, height, width, channels } = stages;
  const batch = useMemo<PictureBatch | null>(
    () => pixels && { count, height, width, channels, pixels },
    [pixels, count, height, width, channels],
  );
  return (
    <ul className={styles.tiles}>
      {[...Array(count).keys()].map((i) => (
        <li key={i}>
          <Picture key={batch ? 'picture' : 'place'} batch={batch} index={i} className={styles.tile} />
          <span>{scores ? `${Math.round(100 * (scores[i] ?? 0))} %` : '\u00a0'}</span>
        </li>
      ))}
    </ul>
  );
}

/** The mean score of a batch, on a bar from 0 to 1 with the balance in its middle. */
function Score({ area, side, lit, share }: { area: string; side: Side; lit: boolean; share: number | null }) {
  const t = useText();
  return (
    <div className={styles.score} style={placed(area, side)} data-lit={lit}>
      <span className={styles.percent}>
        {share === null ? '–' : t('{share} % real', { share: Math.round(100 * share) })}
      </span>
      <span aria-hidden className={styles.bar}>
        <span style={{ transform: `scaleX(${share ?? 0})` }} />
      </span>
    </div>
  );
}
