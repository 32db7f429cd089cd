'use client';

import { RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import { codingOf } from '@/lib/room/explore';
import { useRun } from '../_client/context';
import { controlOf, useExplore, useExplored, useLooking, useMovers } from '../_client/explore';
import { useHold } from '../_client/recipe';
import { useText } from '../_ui/language';
import { CodingBars } from './CodingBars';
import { Picture } from './Picture';
import { SideLegend } from './SideLegend';
import { ToolButton } from './ToolButton';
import { TryFrame } from './TryFrame';
import styles from './try.module.css';
import { useClassNames } from './useClassNames';
import { useSnapshot } from './useSnapshot';

/** Validation images that one may choose from. */
const OFFERED = 12;
const OWNER = 'autoencoder';

/** Take an image apart into its numbers, and draw it again from others: all in the room do it together. */
export function TryCoding({ compact = false }: { compact?: boolean }) {
  const run = useRun();
  if (!run || run.spec.recipe.model !== OWNER) return null;
  return <Bench compact={compact} id={run.spec.id} />;
}

function Bench({ compact, id }: { compact: boolean; id: string }) {
  const t = useText();
  const assets = useSnapshot('assets');
  const { entries, change } = useExplore(OWNER);
  const coded = useExplored('coded', { owner: OWNER, id }, entries);
  const movers = useMovers(OWNER);
  const hold = useHold(controlOf(OWNER, 'picture'));
  useLooking('run', !compact);
  const { picture, moved } = codingOf(entries);
  const index = picture < (assets?.count ?? Infinity) ? picture : 0;
  const own = coded.answer?.result.coding ?? null;
  const coding = useMemo(() => {
    const { moved } = codingOf(entries);
    const values = new Map(moved);
    return own?.map((value, i) => values.get(i) ?? value) ?? null;
  }, [own, entries]);
  const reset = () => Object.fromEntries(moved.map(([place]) => [`number/${place}`, null]));
  const begin = (changes: Readonly<Record<string, number | null>>) => {
    hold.touch();
    change({ ...reset(), ...changes });
  };
  return (
    <TryFrame
      compact={compact}
      asked={[coded]}
      movers={[...movers.values()]}
      tools={
        <ToolButton
          icon={RotateCcw}
          disabled={moved.length === 0 || movers.size > 0}
          onClick={() => begin({})}
        >
          {t('Its own numbers')}
        </ToolButton>
      }
    >
      <div className={styles.bench}>
        <Choices chosen={index} isFree={movers.size === 0} onChoose={(next) => begin({ picture: next })} />
        <div className={styles.pair}>
          <Picture batch={assets} index={index} className={styles.hero} />
          <div role="img" aria-label={t('Decoded')} data-step={coded.answer?.result.step}>
            <Picture batch={coded.answer?.result ?? null} index={0} className={styles.hero} />
          </div>
          <SideLegend sides={{ real: 'Original', generated: 'Decoded' }} />
        </div>
        <CodingBars
          coding={coding}
          own={own}
          movers={movers}
          onMove={(place, value) => change({ [`number/${place}`]: value })}
        />
      </div>
    </TryFrame>
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
        <li key={i}>
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
