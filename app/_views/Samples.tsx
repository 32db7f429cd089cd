'use client';

import { PictureCanvas } from './PictureCanvas';
import { SideLegend } from './SideLegend';
import styles from './stage.module.css';
import { describeStep } from './steps';
import { paintReal, paintSamples } from './tilePainter';
import { useClassNames } from './useClassNames';
import { useSnapshot } from './useSnapshot';
import { ViewHeader } from './ViewHeader';

const generated = (
  <SideLegend sides={{ generated: 'Generated, each place from the same numbers throughout' }} />
);
const real = <SideLegend sides={{ real: 'What the generated ones should look like' }} />;

/** What a generator makes of the same latents while it learns. */
export function Samples({ compact = false }: { compact?: boolean }) {
  const samples = useSnapshot('images');
  return (
    <>
      {!compact && <ViewHeader title="Samples" about={generated} />}
      <div className={styles.clear}>
        <PictureCanvas
          label="Samples"
          description={`Generated images, ${samples?.count ?? 0}. ${describeStep(samples?.step)}.`}
          step={samples?.step}
          paint={paintSamples}
        />
      </div>
    </>
  );
}

/** Images of the data set, to compare samples with. */
export function RealImages({ compact = false }: { compact?: boolean }) {
  const nameOf = useClassNames();
  return (
    <>
      {!compact && <ViewHeader title="Real images" about={real} />}
      <div className={styles.clear}>
        <PictureCanvas
          label="Real images"
          description="The first images of the data set."
          paint={paintReal}
          nameOf={nameOf}
        />
      </div>
    </>
  );
}
