'use client';

import styles from './stage.module.css';
import { formatStep } from './steps';
import { TextPage } from './TextPage';
import { TintedText, TintLegend } from './TintedText';
import { useSnapshot } from './useSnapshot';
import { ViewHeader } from './ViewHeader';

/** What a text model writes by itself while it learns. */
export function Writing({ compact = false }: { compact?: boolean }) {
  const writing = useSnapshot('text');
  const passage = writing?.passages[0];
  return (
    <>
      {!compact && (
        <ViewHeader title="Text" about={<TintLegend />}>
          {passage && (
            <p className="text-xs text-ink-soft tabular-nums">
              <span className="max-sm:hidden">Temperature {passage.temperature}, </span>step{' '}
              {formatStep(writing?.step ?? 0)}
            </p>
          )}
        </ViewHeader>
      )}
      <div className={styles.clear}>
        <TextPage label="Text" step={writing?.step} compact={compact}>
          {passage && <TintedText text={passage.text} probabilities={passage.probabilities} />}
        </TextPage>
      </div>
    </>
  );
}
