'use client';

import { AlignVerticalJustifyCenter, Dices } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useGenerator, useRun } from '@/app/_hooks/context';
import { controls, useControl } from '@/app/_hooks/control';
import { type Explored, useExplore, useExplored, useLooking, useMovers } from '@/app/_hooks/explore';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { useText } from '@/app/_ui/language';
import { LivingWalk } from '@/app/_view/living';
import { Picture } from '@/app/_view/Picture';
import { SharedRange } from '@/app/_view/SharedRange';
import { ToolButton } from '@/app/_view/ToolButton';
import { TryFrame } from '@/app/_view/TryFrame';
import styles from '@/app/_view/try.module.css';
import { useOwnSize } from '@/app/_view/useOwnSize';
import { isOf } from '@/lib/catalog/models';
import { styleLayers } from '@/lib/catalog/models/stylegan/styleLayers';
import { type GeneratorField, generatorId } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { DRAWN_SAMPLES, type Explorer, walkOf } from '@/lib/room/explore';
import { GeneratorFields } from './GeneratorFields';
import { StyleMixer } from './StyleMixer';
import type { TryProps } from './TryCoding';
import type { Walking } from './walking';

/** Draws samples, and walks from one to another, together. */
export function TryGenerator({ compact = false, ways }: TryProps) {
  const run = useRun();
  const size = useSnapshot('assets');
  if (!run || isOf('text', run.spec.recipe)) return null;
  const { id, recipe } = run.spec;
  const layers = recipe.model === 'stylegan' ? styleLayers(recipe.values, size ?? USUAL) : null;
  return (
    <Bench key={recipe.model} compact={compact} ways={ways} walker={recipe.model} id={id} layers={layers} />
  );
}

/** Pixels of an image whose size isn't known yet. */
const USUAL = { height: 28, width: 28 };

/** The same with a generator that somebody brought along. */
export function TryOwnGenerator({ compact = false }: { compact?: boolean }) {
  const generator = useGenerator();
  if (!generator) return null;
  const { info, name } = generator;
  // Two a resolution, as StyleGAN has them.
  const resolutions = new Array<number>(Math.ceil(info.layers / 2)).fill(0);
  const layers = info.layers > 0 ? styleLayers({ synthesisFilters: resolutions }, info) : null;
  const id = generatorId(generator);
  return (
    <Bench
      key={id}
      compact={compact}
      walker="generator"
      id={id}
      layers={layers}
      title={name}
      fields={info.fields}
    />
  );
}

/** Which end of a walk. */
type End = 'from' | 'to';

interface BenchProps extends Pick<TryProps, 'ways'> {
  compact: boolean;
  walker: Explorer;
  id: string;
  /** StyleGAN: the size of each styled layer. */
  layers: ReturnType<typeof styleLayers> | null;
  title?: string;
  /** Further inputs of a generator. */
  fields?: readonly GeneratorField[];
}

/** The shared walk, its pictures, and the choice of its ends. */
function useWalk({ walker, id, layers }: Pick<BenchProps, 'walker' | 'id' | 'layers'>) {
  const { entries, change } = useExplore(walker);
  const walk = walkOf(entries, walker);
  const explorable = { owner: walker, id };
  const parts = {
    between: useExplored('between', explorable, entries),
    ends: useExplored(layers ? 'crossed' : 'ends', explorable, entries),
    drawn: useExplored('drawn', explorable, entries),
  };
  const movers = useMovers(walker);
  /** The end that this person's next chosen sample becomes. */
  const [open, setOpen] = useState<End>('from');
  const drawn = useControl(controls.explore(walker, 'seed'));
  const end = useControl(controls.explore(walker, open));
  const walking: Walking = { explorable, walk, change };
  const choose = (seed: number) => {
    if (end.holder) return;
    end.step(seed);
    setOpen(open === 'from' ? 'to' : 'from');
  };
  const drawAnew = () => {
    const next = walk.seed + DRAWN_SAMPLES;
    drawn.step(next + DRAWN_SAMPLES > limits.exploredSeed ? 0 : next);
  };
  const isDrawn = drawn.holder !== null;
  return { entries, walking, parts, movers, open, setOpen, choose, drawAnew, drawn: drawn.name, isDrawn };
}

function Bench({ compact, ways, walker, id, layers, title, fields = [] }: BenchProps) {
  const t = useText();
  const { entries, walking, parts, movers, ...ends } = useWalk({ walker, id, layers });
  const { walk } = walking;
  useLooking(walker === 'generator' ? 'generator' : 'run', !compact);
  const between = parts.between.answer?.result ?? null;
  const own = useOwnSize(between);
  return (
    <TryFrame
      living={compact && <LivingWalk explored={between} t={walk.t} />}
      title={title}
      asked={Object.values(parts)}
      movers={[...movers.values()]}
      tools={
        <>
          {ways}
          {layers && <FollowAll {...walking} />}
          <ToolButton icon={Dices} data-control={ends.drawn} disabled={ends.isDrawn} onClick={ends.drawAnew}>
            {t('New samples')}
          </ToolButton>
        </>
      }
    >
      <div className={styles.room}>
        <div className={`${styles.bench} ${layers ? styles.mixing : ''}`} style={own}>
          <figure>
            <div
              role="img"
              aria-label={t('Between the two')}
              data-step={between?.step}
              data-anchor="try:between"
            >
              <Picture batch={between} index={0} className={styles.hero} />
            </div>
            <figcaption className={styles.caption}>{t('Between the two')}</figcaption>
          </figure>
          <div className={styles.side}>
            <Drawn
              batch={parts.drawn.answer?.result ?? null}
              seed={walk.seed}
              open={ends.open}
              onChoose={ends.choose}
            />
            <Path ends={parts.ends.answer?.result ?? null} open={ends.open} onOpen={ends.setOpen}>
              <Knobs {...walking} hasStyle={walker === 'stylegan'}>
                <GeneratorFields fields={fields} entries={entries} />
              </Knobs>
            </Path>
            {layers && (
              <StyleMixer {...walking} layers={layers} crossed={parts.ends.answer?.result ?? null} />
            )}
          </div>
        </div>
      </div>
    </TryFrame>
  );
}

const purposes = { from: 'Start from here', to: 'Go here' } as const;

interface DrawnProps {
  batch: Explored | null;
  seed: number;
  open: End;
  onChoose(seed: number): void;
}

function Drawn({ batch, seed, open, onChoose }: DrawnProps) {
  const t = useText();
  return (
    <ul aria-label={t('Drawn samples')} className={styles.drawn}>
      {Array.from({ length: DRAWN_SAMPLES }, (_, i) => i).map((i) => (
        <li key={seed + i} data-anchor={`try:sample/${i}`}>
          <button
            type="button"
            aria-label={t('Sample {place}: {purpose}', { place: i + 1, purpose: t(purposes[open]) })}
            title={t(purposes[open])}
            onClick={() => onChoose(seed + i)}
            className={styles.choice}
          >
            <Picture batch={batch} index={i} className={styles.tile} />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface PathProps {
  ends: Explored | null;
  open: End;
  onOpen(end: End): void;
  children: ReactNode;
}

/** Both ends with the knobs between them. The first and the last of `ends` are shown. */
function Path({ ends, open, onOpen, children }: PathProps) {
  const t = useText();
  const end = (which: End, index: number) => (
    <button
      type="button"
      aria-pressed={open === which}
      title={t('Press, then choose a sample for this end')}
      data-anchor={`try:${which}`}
      onClick={() => onOpen(which)}
      className={styles.end}
    >
      <Picture batch={ends} index={index} className={styles.tile} />
      {t(which === 'from' ? 'From' : 'To')}
    </button>
  );
  return (
    <div className={styles.path}>
      {end('from', 0)}
      {children}
      {end('to', Math.max(1, (ends?.count ?? 0) - 1))}
    </div>
  );
}

type KnobsProps = Walking & { hasStyle: boolean; children: ReactNode };

function Knobs({ explorable, walk, hasStyle, children }: KnobsProps) {
  const t = useText();
  const knob = (key: 't' | 'truncation' | 'noise', label: string) => (
    <SharedRange control={controls.explore(explorable.owner, key)} label={label} value={walk[key]} />
  );
  return (
    <div className={styles.knobs}>
      {knob('t', t('On the way'))}
      {hasStyle && knob('truncation', t('Truncation'))}
      {hasStyle && knob('noise', t('Noise'))}
      {children}
    </div>
  );
}

/** Lets all layers of StyleGAN follow the way again. */
function FollowAll({ explorable, walk, change }: Walking) {
  const t = useText();
  const { holder, touch } = useControl(controls.explore(explorable.owner, 'layer'));
  return (
    <ToolButton
      icon={AlignVerticalJustifyCenter}
      disabled={walk.layers.length === 0 || holder !== null}
      onClick={() => {
        touch();
        change(Object.fromEntries(walk.layers.map(([layer]) => [`layer/${layer}`, null])));
      }}
    >
      {t('All layers together')}
    </ToolButton>
  );
}
