'use client';

import { Contrast } from 'lucide-react';
import { useState } from 'react';
import { limits } from '@/lib/protocol/limits';
import { useText } from '../_ui/language';
import { PictureCanvas } from './PictureCanvas';
import { paintErrors, paintPairs } from './picturePainter';
import { SideLegend } from './SideLegend';
import styles from './stage.module.css';
import { describeStep } from './steps';
import { ToolButton } from './ToolButton';
import { useClassNames } from './useClassNames';
import { useSnapshot } from './useSnapshot';
import { ViewHeader } from './ViewHeader';

const about = <SideLegend sides={{ real: 'Original', generated: 'Reconstruction' }} />;

/** The same validation images throughout: originals, each above what the model makes of it, or above where that goes wrong. */
export function Reconstructions({ compact = false }: { compact?: boolean }) {
  const t = useText();
  const step = useSnapshot('images')?.step;
  const nameOf = useClassNames();
  const [hasErrors, setErrors] = useState(false);
  return (
    <>
      {!compact && (
        <ViewHeader title="Reconstructions" about={about}>
          <ToolButton icon={Contrast} pressed={hasErrors} onClick={() => setErrors(!hasErrors)}>
            {t('Error map')}
          </ToolButton>
        </ViewHeader>
      )}
      <div className={styles.clear}>
        <PictureCanvas
          label="Reconstructions"
          description={`${t('{n} originals, each above its reconstruction.', { n: limits.reconstructions })} ${describeStep(step, t)}`}
          step={step}
          paint={hasErrors ? paintErrors : paintPairs}
          nameOf={nameOf}
        />
      </div>
    </>
  );
}
