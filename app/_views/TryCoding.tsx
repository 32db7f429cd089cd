'use client';

import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useRun } from '../_client/context';
import { useText } from '../_ui/language';
import { CodingBars } from './CodingBars';
import { Picture } from './Picture';
import { SideLegend } from './SideLegend';
import { ToolButton } from './ToolButton';
import { TryFrame } from './TryFrame';
import styles from './try.module.css';
import { useClassNames } from './useClassNames';
import { useCoding } from './useCoding';
import { useSnapshot } from './useSnapshot';

/** Validation images that one may choose from. */
const OFFERED = 12;

/** Take an image apart into its numbers, and draw it again from others. */
export function TryCoding({ compact = false }: { compact?: boolean }) {
  const run = useRun();
  return run && <Bench key={run.spec.id} compact={compact} />;
}

function Bench({ compact }: { compact: boolean }) {
  const t = useText();
  const assets = useSnapshot('assets');
  const nameOf = useClassNames();
  const [index, setIndex] = useState(0);
  const coding = useCoding(assets, index, !compact);
  const choose = (next: number) => {
    coding.reset();
    setIndex(next);
  };
  return (
    <TryFrame
      compact={compact}
      asked={coding.asked}
      tools={
        <ToolButton icon={RotateCcw} disabled={!coding.isMoved} onClick={coding.reset}>
          {t('Its own numbers')}
        </ToolButton>
      }
    >
      <div className={styles.bench}>
        <ul aria-label={t('Images to choose from')} className={styles.drawn}>
          {Array.from({ length: Math.min(OFFERED, assets?.count ?? OFFERED) }, (_, i) => i).map((i) => (
            <li key={i}>
              <button
                type="button"
                aria-pressed={i === index}
                aria-label={t('Image {place}, {name}', { place: i + 1, name: nameOf(i) ?? '' })}
                onClick={() => choose(i)}
                className={styles.choice}
              >
                <Picture batch={assets} index={i} className={styles.tile} />
              </button>
            </li>
          ))}
        </ul>
        <div className={styles.pair}>
          <Picture batch={assets} index={index} className={styles.hero} />
          <div role="img" aria-label={t('Decoded')} data-step={coding.picture?.step}>
            <Picture batch={coding.picture} index={0} className={styles.hero} />
          </div>
          <SideLegend sides={{ real: 'Original', generated: 'Decoded' }} />
        </div>
        <CodingBars coding={coding.coding} own={coding.own} onMove={coding.move} />
      </div>
    </TryFrame>
  );
}
