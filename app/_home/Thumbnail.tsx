'use client';

import { useRef } from 'react';
import { useText } from '@/app/_ui/language';
import { addressOf } from '@/lib/address';
import type { ModelId } from '@/lib/catalog/models';
import gallery from './gallery.json';
import styles from './thumbnail.module.css';
import { useStages } from './useStages';

interface Shown {
  /** Training steps after which each stage was recorded. */
  readonly steps: readonly number[];
  /** What a text model wrote; the others have a picture a stage, one below the other, in public/gallery. */
  readonly texts?: readonly string[];
}
const recorded: Readonly<Record<ModelId, Shown>> = gallery;

/** What a real run of a model showed while it learned, stage by stage: recorded by `npm run bench -- gallery`. */
export function Thumbnail({ model }: { model: ModelId }) {
  const t = useText();
  const element = useRef<HTMLDivElement>(null);
  const { steps, texts } = recorded[model];
  const stage = useStages(element, steps.length);
  return (
    <div ref={element} aria-hidden className={styles.thumbnail}>
      {texts ? (
        <p className={styles.text}>{texts[stage]}</p>
      ) : (
        <Sheet model={model} stages={steps.length} stage={stage} />
      )}
      <span className={styles.step}>{t('step {step}', { step: steps[stage] ?? 0 })}</span>
    </div>
  );
}

/** The picture is ink where the sheet is opaque, so that it follows the theme. */
function Sheet({ model, stages, stage }: { model: ModelId; stages: number; stage: number }) {
  const backgroundImage = `url(${addressOf(`/gallery/${model}.webp`)})`;
  const backgroundPosition = `0 ${(100 * stage) / (stages - 1)}%`;
  return <div className={styles.sheet} style={{ backgroundImage, backgroundPosition }} />;
}
