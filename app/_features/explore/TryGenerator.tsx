'use client';

import { AlignVerticalJustifyCenter, Dices } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useGenerator, useRun } from '@/app/_hooks/context';
import { controls, useControl } from '@/app/_hooks/control';
import { type Explored, useExplore, useExplored, useLooking, useMovers } from '@/app/_hooks/explore';
import { useShelf } from '@/app/_hooks/pins';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { useText } from '@/app/_ui/language';
import { LivingWalk } from '@/app/_view/living';
import { Picture } from '@/app/_view/Picture';
import { SharedRange } from '@/app/_view/SharedRange';
import { ToolButton } from '@/app/_view/ToolButton';
import { TryFrame } from '@/app/_view/TryFrame';
import styles from '@/app/_view/try.module.css';
import { useOwnSize } from '@/app/_view/useOwnSize';
import type { Explorer } from '@/lib/catalog/explorers';
import { isOf } from '@/lib/catalog/models';
import { styleLayers } from '@/lib/catalog/models/stylegan/styleLayers';
import { type GeneratorField, generatorId } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { DRAWN_SAMPLES, type End, walkOf } from '@/lib/room/explore';
import type { Pin } from '@/lib/room/pins';
import { GeneratorFields } from './GeneratorFields';
import { KeepButton } from './KeepButton';
import { Pins } from './Pins';
import { StyleMixer } from './StyleMixer';
import type { TryProps } from './TryCoding';
import { keeping, type Walking } from './walking';

/** Draws samples, and walks from one to another, together. */
export function TryGenerator({ compact = false, ways }: TryProps) {
  const run = useRun();
  const size = useSnapshot('assets');
  if (!run || isOf('text', run.spec.recipe)) return null;
  const { id, recipe } = run.spec;
  const layers = recipe.model === 'stylegan' ? styleLayers(recipe.values, size ?? USUAL) : null;
  return (
    <Bench
      key={recipe.model}
      compact={compact}
      ways={ways}
      walker={recipe.model}
      id={id}
      size={recipe.values.codingSize}
      layers={layers}
    />
  );
}

/** Pixels of an image whose size isn't known yet. */
const USUAL = { height: 28, width: 28 };

/** The same with a generator that somebody brought along. */
export function TryOwnWalk({ compact = false, ways }: TryProps) {
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
      ways={ways}
      walker="generator"
      id={id}
      size={info.latentSize}
      layers={layers}
      title={name}
      fields={info.fields}
    />
  );
}

/** Which end of a walk. */
type Side = 'from' | 'to';

interface BenchProps extends Pick<TryProps, 'ways'> {
  compact: boolean;
  walker: Explorer;
  id: string;
  /** Numbers of a latent. */
  size: number;
  /** StyleGAN: the size of each styled layer. */
  layers: ReturnType<typeof styleLayers> | null;
  title?: string;
  /** Further inputs of a generator. */
  fields?: readonly GeneratorField[];
}

/** The shared walk, its pictures, and the choice of its ends. */
function useWalk({ walker, id, size, layers }: Pick<BenchProps, 'walker' | 'id' | 'size' | 'layers'>) {
  const { entries, change } = useExplore(walker);
  const walk = walkOf(entries, walker);
  const explorable = { owner: walker, id, size, layers: layers?.length ?? 0 };
  const shelf = useShelf(walker, explorable);
  const parts = {
    between: useExplored('between', explorable, entries, shelf.drawable),
    ends: useExplored(layers ? 'crossed' : 'ends', explorable, entries, shelf.drawable),
    drawn: useExplored('drawn', explorable, entries),
    pinned: useExplored('pinned', explorable, entries, shelf.drawable),
  };
  const movers = useMovers(walker);
  /** The end that this person's next chosen sample becomes. */
  const [open, setOpen] = useState<Side>('from');
  const drawn = useControl(controls.explore(walker, 'seed'));
  const end = useControl(controls.explore(walker, open));
  const walking: Walking = { explorable, walk, change };
  const choose = (next: End) => {
    if (end.holder) return;
    end.step(next);
    setOpen(open === 'from' ? 'to' : 'from');
  };
  const drawAnew = () => {
    const next = walk.seed + DRAWN_SAMPLES;
    drawn.step(next + DRAWN_SAMPLES > limits.exploredSeed ? 0 : next);
  };
  const isDrawn = drawn.holder !== null;
  const kept = { ...keeping(walking, shelf, parts.between.answer?.result.step), shelf };
  return {
    entries,
    walking,
    parts,
    movers,
    kept,
    open,
    setOpen,
    choose,
    drawAnew,
    drawn: drawn.name,
    isDrawn,
  };
}

/** Pins are drawn where there are any; nothing waits for them else. */
const askedFor = ({ pinned, ...parts }: ReturnType<typeof useWalk>['parts']) => [
  ...Object.values(parts),
  ...(pinned.answer ? [pinned] : []),
];

function Bench({ compact, ways, walker, id, size, layers, title, fields = [] }: BenchProps) {
  const t = useText();
  const { entries, walking, parts, movers, kept, ...ends } = useWalk({ walker, id, size, layers });
  const { walk } = walking;
  const shown = ['between', layers ? 'crossed' : 'ends', 'drawn', 'pinned'] as const;
  useLooking(walker === 'generator' ? 'generator' : 'run', compact ? null : shown);
  const between = parts.between.answer?.result ?? null;
  const own = useOwnSize(between);
  return (
    <TryFrame
      living={compact && <LivingWalk explored={between} t={walk.t} />}
      title={title}
      asked={askedFor(parts)}
      movers={[...movers.values()]}
      tools={
        <>
          {ways}
          <KeepButton keep={kept.keep} isFull={kept.shelf.isFull} />
          {layers && <FollowAll {...walking} />}
          <ToolButton icon={Dices} data-control={ends.drawn} disabled={ends.isDrawn} onClick={ends.drawAnew}>
            {t('New samples')}
          </ToolButton>
        </>
      }
      shelf={<WalkPins kept={kept} ends={ends} pictures={parts.pinned.answer?.result ?? null} />}
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
            <Ends ends={parts.ends.answer?.result ?? null} open={ends.open} onOpen={ends.setOpen}>
              <Knobs {...walking} hasStyle={walker === 'stylegan'}>
                <GeneratorFields fields={fields} entries={entries} />
              </Knobs>
            </Ends>
            {layers && (
              <StyleMixer {...walking} layers={layers} crossed={parts.ends.answer?.result ?? null} />
            )}
          </div>
        </div>
      </div>
    </TryFrame>
  );
}

interface WalkPinsProps {
  kept: ReturnType<typeof useWalk>['kept'];
  ends: Pick<ReturnType<typeof useWalk>, 'open' | 'choose'>;
  pictures: Explored | null;
}

/** A pin becomes the end that is open; one that blends two latents brings both. */
function WalkPins({ kept, ends, pictures }: WalkPinsProps) {
  const t = useText();
  const onChoose = {
    purpose: t(ends.open === 'from' ? 'Begin here' : 'End here'),
    run: (pin: Pin) => (pin.blend ? kept.restore(pin) : ends.choose(pin.id)),
  };
  return <Pins shelf={kept.shelf} pictures={pictures} onChoose={onChoose} />;
}

const purposes = { from: 'Start from here', to: 'Go here' } as const;

interface DrawnProps {
  batch: Explored | null;
  seed: number;
  open: Side;
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

interface EndsProps {
  ends: Explored | null;
  open: Side;
  onOpen(end: Side): void;
  children: ReactNode;
}

/** Both ends with the knobs between them. The first and the last of `ends` are shown. */
function Ends({ ends, open, onOpen, children }: EndsProps) {
  const t = useText();
  const end = (which: Side, index: number) => (
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
