'use client';

import { Dices } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Recipe } from '@/lib/catalog/models';
import type { SampleSource } from '@/lib/protocol/sampling';
import { useGenerator, useRun } from '../_client/context';
import { useText } from '../_ui/language';
import { RangeControl } from '../_ui/RangeControl';
import { drawLatents } from './latents';
import { Picture } from './Picture';
import { ToolButton } from './ToolButton';
import { TryFrame } from './TryFrame';
import styles from './try.module.css';
import { type Style, usePictures } from './usePictures';
import { type End, useWalk } from './useWalk';

/** New samples at once. */
const DRAWN = 12;

type AdversarialRecipe = Extract<Recipe, { model: 'gan' | 'dcgan' | 'stylegan' }>;

const isAdversarial = (recipe: Recipe): recipe is AdversarialRecipe =>
  recipe.model === 'gan' || recipe.model === 'dcgan' || recipe.model === 'stylegan';

/** Draw new samples, and walk from one to another. */
export function TryGenerator({ compact = false }: { compact?: boolean }) {
  const run = useRun();
  if (!run || !isAdversarial(run.spec.recipe)) return null;
  const { model, values } = run.spec.recipe;
  return (
    <Bench key={run.spec.id} compact={compact} size={values.codingSize} hasStyle={model === 'stylegan'} />
  );
}

/** The same with a generator that somebody brought along. */
export function TryOwnGenerator({ compact = false }: { compact?: boolean }) {
  const generator = useGenerator();
  if (!generator) return null;
  const { hash, name, info } = generator;
  return (
    <Bench
      key={hash}
      compact={compact}
      size={info.latentSize}
      hasStyle={false}
      source="generator"
      title={name}
    />
  );
}

interface BenchProps {
  compact: boolean;
  source?: SampleSource;
  title?: string;
  /** Numbers of a latent. */
  size: number;
  hasStyle: boolean;
}

function Bench({ compact, size, hasStyle, source = 'run', title }: BenchProps) {
  const t = useText();
  const [seed, setSeed] = useState(1);
  const drawn = useMemo(() => drawLatents(seed, DRAWN, size), [seed, size]);
  const [knobs, setKnobs] = useState<Style>({ truncation: 1, noise: 1 });
  const style = hasStyle ? knobs : undefined;
  const grid = usePictures(drawn, style, !compact, source);
  const walk = useWalk(drawn, style, !compact, source);
  return (
    <TryFrame
      compact={compact}
      title={title}
      asked={[grid, walk.asked]}
      tools={
        <ToolButton icon={Dices} onClick={() => setSeed(seed + DRAWN)}>
          {t('New samples')}
        </ToolButton>
      }
    >
      <div className={styles.bench}>
        <ul aria-label={t('Drawn samples')} className={styles.drawn}>
          {drawn.map((latent, i) => (
            <li key={`${latent[0]} ${latent[1]}`}>
              <button
                type="button"
                aria-label={t('Sample {place}: {purpose}', { place: i + 1, purpose: t(purposes[walk.open]) })}
                title={t(purposes[walk.open])}
                onClick={() => walk.choose(latent)}
                className={styles.choice}
              >
                <Picture batch={grid.answer?.result ?? null} index={i} className={styles.tile} />
              </button>
            </li>
          ))}
        </ul>
        <Path walk={walk} />
        <div className={styles.knobs}>
          <Share label={t('On the way')} value={walk.t} onChange={walk.setT} />
          {style && <StyleKnobs style={style} onChange={setKnobs} />}
        </div>
      </div>
    </TryFrame>
  );
}

const purposes = { from: 'Start from here', to: 'Go here' } as const satisfies Record<End, string>;

/** Both ends, small, and where one is between them, large. */
function Path({ walk }: { walk: ReturnType<typeof useWalk> }) {
  const t = useText();
  const batch = walk.asked.answer?.result ?? null;
  const end = (which: End, index: number) => (
    <button
      type="button"
      aria-pressed={walk.open === which}
      title={t('Press, then choose a sample for this end')}
      onClick={() => walk.setOpen(which)}
      className={styles.end}
    >
      <Picture batch={batch} index={index} className={styles.tile} />
      {t(which === 'from' ? 'From' : 'To')}
    </button>
  );
  return (
    <div className={styles.path}>
      {end('from', 0)}
      <div role="img" aria-label={t('Between the two')} data-step={batch?.step}>
        <Picture batch={batch} index={1} className={styles.hero} />
      </div>
      {end('to', 2)}
    </div>
  );
}

function StyleKnobs({ style, onChange }: { style: Style; onChange(style: Style): void }) {
  const t = useText();
  return (
    <>
      <Share
        label={t('Truncation')}
        value={style.truncation}
        onChange={(truncation) => onChange({ ...style, truncation })}
      />
      <Share label={t('Noise')} value={style.noise} onChange={(noise) => onChange({ ...style, noise })} />
    </>
  );
}

interface ShareProps {
  label: string;
  /** 0 to 1. */
  value: number;
  onChange(value: number): void;
}

function Share({ label, value, onChange }: ShareProps) {
  return (
    <RangeControl
      label={label}
      min={0}
      max={1}
      step={0.01}
      value={value}
      shown={`${Math.round(100 * value)} %`}
      onChange={onChange}
    />
  );
}
