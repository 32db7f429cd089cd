'use client';

import { RotateCcw } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useRun } from '@/app/_hooks/context';
import { type Explorable, useExplore, useExplored, useLooking } from '@/app/_hooks/explore';
import { useShelf } from '@/app/_hooks/pins';
import { useClassNames } from '@/app/_hooks/useClassNames';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { useText } from '@/app/_ui/language';
import { LivingCoding } from '@/app/_view/living';
import { Picture } from '@/app/_view/Picture';
import { SideLegend } from '@/app/_view/SideLegend';
import { ToolButton } from '@/app/_view/ToolButton';
import { TryFrame } from '@/app/_view/TryFrame';
import styles from '@/app/_view/try.module.css';
import { useOwnSize } from '@/app/_view/useOwnSize';
import { isOf } from '@/lib/catalog/models';
import { limits } from '@/lib/protocol/limits';
import { codingOf } from '@/lib/room/explore';
import type { Pin } from '@/lib/room/pins';
import type { PlainMessage } from '@/lib/text/keys';
import { CodingBars } from './CodingBars';
import { numbersOf, useCodingOf } from './coding';
import { KeepButton } from './KeepButton';
import { Pins } from './Pins';

export interface TryProps {
  compact?: boolean;
  /** A choice between ways to explore, where there are several. */
  ways?: ReactNode;
}

/** Validation images that one may choose from. */
const OFFERED = 12;

/** Encodes an image, and decodes its coding as people move it, together. */
export function TryCoding({ compact = false, ways }: TryProps) {
  const run = useRun();
  if (!run || !isOf('autoencoder', run.spec.recipe)) return null;
  const { id, recipe } = run.spec;
  const explorable = { owner: recipe.model, id, size: recipe.values.codingSize, layers: 0 };
  return <Bench key={recipe.model} compact={compact} ways={ways} explorable={explorable} />;
}

interface BenchProps {
  readonly explorable: Explorable;
  readonly compact: boolean;
  readonly ways: ReactNode;
}

/** The shared coding: the picture, the numbers moved, and what is decoded of them. */
function useCoding(explorable: Explorable) {
  const { owner } = explorable;
  const assets = useSnapshot('assets');
  const { entries, present, movers, begin } = useCodingOf(owner);
  const coded = useExplored('coded', explorable, entries);
  const { picture, moved } = present;
  const index = picture < (assets?.count ?? Infinity) ? picture : 0;
  const decoded = coded.answer?.result ?? null;
  const own = decoded?.coding ?? null;
  const coding = useMemo(() => {
    const { moved } = codingOf(entries, owner);
    const values = new Map(moved);
    return own?.map((value, i) => values.get(i) ?? value) ?? null;
  }, [own, entries, owner]);
  const shelf = useKept(explorable, coding, coded.answer?.result.step);
  return { assets, coded, decoded, coding, own, index, movers, shelf, hasMoved: moved.length > 0, begin };
}

/** What people keep of codings. @param coding the one that is seen, `null` while there is none. */
function useKept(explorable: Explorable, coding: Float32Array | null, step: number | undefined) {
  const { owner, id: run } = explorable;
  const { entries } = useExplore(owner);
  const shelf = useShelf(owner, explorable);
  const pinned = useExplored('pinned', explorable, entries, shelf.drawable);
  const keep =
    coding && step !== undefined ? () => shelf.keep({ owner, run, step, latent: coding, blend: null }) : null;
  return { ...shelf, keepPresent: keep, pictures: pinned.answer?.result ?? null };
}

function Bench({ compact, ways, explorable }: BenchProps) {
  const t = useText();
  const { owner, size } = explorable;
  const { assets, coded, decoded, coding, own, index, movers, shelf, hasMoved, begin } =
    useCoding(explorable);
  const ownSize = useOwnSize(assets);
  useLooking('run', compact ? null : ['coded', 'pinned']);
  return (
    <TryFrame
      living={compact && <LivingCoding picture={index} moved={hasMoved ? decoded : null} />}
      asked={[coded]}
      movers={[...movers.values()]}
      tools={
        <>
          {ways}
          <KeepButton keep={shelf.keepPresent} isFull={shelf.isFull} />
          <ToolButton icon={RotateCcw} disabled={!hasMoved || movers.size > 0} onClick={() => begin({})}>
            {t('Its own numbers')}
          </ToolButton>
        </>
      }
      shelf={
        <Pins
          shelf={shelf}
          pictures={shelf.pictures}
          {...(size <= limits.exploredNumbers && {
            onChoose: { purpose: t('Go to this coding'), run: (pin: Pin) => begin(numbersOf(pin.latent)) },
          })}
        />
      }
    >
      <div className={styles.room}>
        <div className={styles.coder} style={ownSize}>
          <div className={styles.choosing}>
            <div className={styles.pair}>
              <Captioned side="real" title="Original">
                <Picture batch={assets} index={index} className={styles.hero} />
              </Captioned>
              <Captioned side="generated" title="Decoded">
                <div role="img" aria-label={t('Decoded')} data-step={decoded?.step}>
                  <Picture batch={decoded} index={0} className={styles.hero} />
                </div>
              </Captioned>
            </div>
            <Choices
              chosen={index}
              isFree={movers.size === 0}
              onChoose={(next) => begin({ picture: next })}
            />
          </div>
          <CodingBars owner={owner} coding={coding} own={own} movers={movers} />
        </div>
      </div>
    </TryFrame>
  );
}

interface CaptionedProps {
  side: 'real' | 'generated';
  title: PlainMessage;
  children: ReactNode;
}

function Captioned({ side, title, children }: CaptionedProps) {
  return (
    <figure data-anchor={`try:${side}`}>
      {children}
      <figcaption className="mt-1 flex justify-center">
        <SideLegend sides={{ [side]: title }} />
      </figcaption>
    </figure>
  );
}

interface ChoicesProps {
  chosen: number;
  /** Whether nobody moves a number of the present picture. */
  isFree: boolean;
  onChoose(index: number): void;
}

function Choices({ chosen, isFree, onChoose }: ChoicesProps) {
  const t = useText();
  const assets = useSnapshot('assets');
  const nameOf = useClassNames();
  return (
    <ul aria-label={t('Images to choose from')} className={styles.drawn}>
      {Array.from({ length: Math.min(OFFERED, assets?.count ?? OFFERED) }, (_, i) => i).map((i) => (
        <li key={i} data-anchor={`try:image/${i}`}>
          <button
            type="button"
            aria-pressed={i === chosen}
            aria-disabled={!isFree}
            aria-label={t('Image {place}, {name}', { place: i + 1, name: nameOf(i) ?? '' })}
            onClick={() => isFree && onChoose(i)}
            className={styles.choice}
          >
            <Picture batch={assets} index={i} className={styles.tile} />
          </button>
        </li>
      ))}
    </ul>
  );
}
