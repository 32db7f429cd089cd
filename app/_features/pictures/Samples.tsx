'use client';

import type { ReactNode } from 'react';
import { useRun } from '@/app/_hooks/context';
import { useClassNames } from '@/app/_hooks/useClassNames';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { samplesOf } from '@/app/_room/pictures';
import { useText } from '@/app/_ui/language';
import { PictureCanvas } from '@/app/_view/PictureCanvas';
import { SideLegend } from '@/app/_view/SideLegend';
import styles from '@/app/_view/stage.module.css';
import { describeStep } from '@/app/_view/steps';
import { ViewHeader } from '@/app/_view/ViewHeader';
import { defaultModel, familyOf } from '@/lib/catalog/models';
import type { PlainMessage } from '@/lib/text/keys';
import { CollapseWarning, DiversityGauge } from './DiversityGauge';
import { paintFixed, paintFresh, paintReal } from './tilePainter';

const real = <SideLegend sides={{ real: 'What the generated ones should look like' }} />;

/** What a model makes of the same noise while it learns; a generator's beside what it makes of fresh noise. */
export function Samples({ compact = false }: { compact?: boolean }) {
  const family = familyOf(useRun()?.spec.recipe.model ?? defaultModel);
  if (compact)
    return (
      <div className={styles.clear}>
        <Grid part="fixed" />
      </div>
    );
  const fixed = (
    <Captioned title="Same noise throughout" about="each place shows how one sample develops">
      <Grid part="fixed" />
    </Captioned>
  );
  if (family !== 'adversarial')
    return (
      <>
        <ViewHeader title="Samples" about={null} />
        <div className={`${styles.clear} grid`}>{fixed}</div>
      </>
    );
  return (
    <>
      <ViewHeader title="Samples" about={<DiversityGauge />} />
      <div className={`${styles.clear} ${styles.pair}`}>
        {fixed}
        <Captioned title="Fresh noise" about="new each time: how varied are they?">
          <Grid part="fresh" />
        </Captioned>
        <CollapseWarning />
      </div>
    </>
  );
}

interface CaptionedProps {
  title: PlainMessage;
  about: PlainMessage;
  children: ReactNode;
}

function Captioned({ title, about, children }: CaptionedProps) {
  const t = useText();
  return (
    <figure className="relative min-h-0 min-w-0">
      <figcaption className="absolute inset-x-0 top-[var(--top,0)] h-5 truncate text-center text-xs text-ink-soft">
        <span className="font-medium text-generated">{t(title)}</span>
        <span className={styles.aside}>, {t(about)}</span>
      </figcaption>
      <div className="absolute inset-0 top-5">{children}</div>
    </figure>
  );
}

const grids = {
  fixed: {
    label: 'Samples',
    paint: paintFixed,
    noise: 'Generated images of the same noise throughout, {n}.',
  },
  fresh: { label: 'Fresh samples', paint: paintFresh, noise: 'Generated images of fresh noise, {n}.' },
} as const;

/** Each picture tells how real the discriminator finds it. */
function Grid({ part }: { part: keyof typeof grids }) {
  const t = useText();
  const samples = samplesOf(useSnapshot('images'));
  const { label, paint, noise } = grids[part];
  const fresh = samples?.fresh ?? 0;
  const fixed = (samples?.count ?? 0) - fresh;
  const scoreOf = (index: number) => {
    const score = samples?.scores?.[part === 'fixed' ? index : fixed + index];
    return score === undefined
      ? undefined
      : t('Discriminator: {share} % real', { share: Math.round(100 * score) });
  };
  return (
    <PictureCanvas
      label={label}
      description={`${t(noise, { n: part === 'fixed' ? fixed : fresh })} ${describeStep(samples?.step, t)}`}
      step={samples?.step}
      paint={paint}
      nameOf={scoreOf}
    />
  );
}

/** Images of the data set, to compare samples with. */
export function RealImages({ compact = false }: { compact?: boolean }) {
  const t = useText();
  const nameOf = useClassNames();
  return (
    <>
      {!compact && <ViewHeader title="Real images" about={real} />}
      <div className={styles.clear}>
        <PictureCanvas
          label="Real images"
          description={t('The first images of the data set.')}
          paint={paintReal}
          nameOf={nameOf}
        />
      </div>
    </>
  );
}
