'use client';

import { ChartNoAxesColumn, Contrast } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useClassNames } from '@/app/_hooks/useClassNames';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { useText } from '@/app/_ui/language';
import { rangeOfBars } from '@/app/_view/codingStrip';
import { PictureCanvas } from '@/app/_view/PictureCanvas';
import { type PairLook, pairPainter } from '@/app/_view/picturePainter';
import { SideLegend } from '@/app/_view/SideLegend';
import styles from '@/app/_view/stage.module.css';
import { describeStep } from '@/app/_view/steps';
import { ToolButton } from '@/app/_view/ToolButton';
import { ViewHeader } from '@/app/_view/ViewHeader';
import { limits } from '@/lib/protocol/limits';
import { CodingNumbers } from './CodingNumbers';

const about = <SideLegend sides={{ real: 'Original', generated: 'Reconstruction' }} />;
const paintSmall = pairPainter({ hasErrors: false, codings: 'never' });

/**
 * The same validation images throughout: originals, each above what the model makes of it, or above where that goes
 * wrong, and between them the numbers that it makes it of.
 */
export function Reconstructions({ compact = false }: { compact?: boolean }) {
  return compact ? <SmallPairs /> : <Pairs />;
}

function SmallPairs() {
  const t = useText();
  const step = useSnapshot('images')?.step;
  return (
    <div className={styles.clear}>
      <PictureCanvas
        label="Reconstructions"
        description={`${t('{n} originals, each above its reconstruction.', { n: limits.reconstructions })} ${describeStep(step, t)}`}
        step={step}
        paint={paintSmall}
        nameOf={useClassNames()}
      />
    </div>
  );
}

function Pairs() {
  const t = useText();
  const images = useSnapshot('images');
  const nameOf = useClassNames();
  const [hasErrors, setErrors] = useState(false);
  const [codings, setCodings] = useState<PairLook['codings']>('auto');
  const [areShown, setShown] = useState(false);
  const paint = useMemo(() => pairPainter({ hasErrors, codings, onCodings: setShown }), [hasErrors, codings]);
  const { step, codings: coded, count = limits.reconstructions } = images ?? {};
  const description = [
    t('{n} originals, each above its reconstruction.', { n: count }),
    ...(areShown && coded
      ? [
          t('Between them its {size} numbers as bars from −{below} to {above}; arrow keys read them.', {
            size: coded.size,
            ...rangeOfBars(coded),
          }),
        ]
      : []),
    describeStep(step, t),
  ].join(' ');
  return (
    <>
      <ViewHeader title="Reconstructions" about={about}>
        <ToolButton
          icon={ChartNoAxesColumn}
          pressed={areShown}
          onClick={() => setCodings(areShown ? 'never' : 'always')}
        >
          {t('Codings')}
        </ToolButton>
        <ToolButton icon={Contrast} pressed={hasErrors} onClick={() => setErrors(!hasErrors)}>
          {t('Error map')}
        </ToolButton>
      </ViewHeader>
      <div className={styles.clear}>
        <PictureCanvas
          label="Reconstructions"
          description={description}
          step={step}
          paint={paint}
          nameOf={nameOf}
          detailOf={(index, number) =>
            areShown && coded && <CodingNumbers codings={coded} picture={index} marked={number} />
          }
        />
      </div>
    </>
  );
}
