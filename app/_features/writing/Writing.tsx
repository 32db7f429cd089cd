'use client';

import { useState } from 'react';
import { useFrameStore, useRoom, useRun } from '@/app/_hooks/context';
import { manuscriptOf, useManuscripts } from '@/app/_hooks/useManuscripts';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { useStore } from '@/app/_hooks/useStore';
import { useText } from '@/app/_ui/language';
import styles from '@/app/_view/stage.module.css';
import { formatStep } from '@/app/_view/steps';
import { ViewHeader } from '@/app/_view/ViewHeader';
import { limits } from '@/lib/protocol/limits';
import type { Sentence } from '@/lib/text/sentence';
import { TextPage } from './TextPage';
import { TintedText, TintLegend } from './TintedText';
import { useReveal } from './useReveal';
import { WritingColumn } from './WritingColumn';
import columns from './writing.module.css';

/** What a text model writes by itself while it learns. */
export function Writing({ compact = false }: { compact?: boolean }) {
  const run = useRun();
  return compact ? <Small /> : run && <Large key={run.spec.id} run={run.spec.id} />;
}

function Small() {
  const writing = useSnapshot('text');
  const passage = writing?.passages[0];
  return (
    <div className={styles.clear}>
      <TextPage label="Text" step={writing?.step} compact>
        {passage && (
          <TintedText
            characters={[...passage.text]}
            probabilities={passage.probabilities}
            shown={passage.probabilities.length}
          />
        )}
      </TextPage>
    </div>
  );
}

/**
 * The newest writing, and how many characters of it are shown: the first one comes at a reader's pace, and whatever is
 * newer takes its place at once, as far as it has come.
 * @param run its id. @param isHeld somebody looks into what is shown: it stays.
 */
function useNewest(run: string, isHeld: boolean) {
  const newest = useSnapshot('text');
  const isPast = useStore(useFrameStore().moment) !== null;
  const [writing, setWriting] = useState(newest);
  if (writing !== newest && !(isHeld && writing)) setWriting(newest);
  const length = Math.max(0, ...(writing?.passages ?? []).map(({ probabilities }) => probabilities.length));
  const shown = useReveal(run, length);
  // Whoever scrubs wants to see what was there, not how it came.
  return isPast ? { writing: newest, shown: Infinity } : { writing, shown };
}

function Large({ run }: { run: string }) {
  const t = useText();
  const room = useRoom();
  /** The column in which somebody looks at what else might have been written. */
  const [held, setHeld] = useState<number | null>(null);
  const { writing, shown } = useNewest(run, held !== null);
  // Careful to bold.
  const passages = [...(writing?.passages ?? [])].sort((a, b) => a.temperature - b.temperature);
  const [manuscripts] = useState(() => Array.from({ length: 3 }, () => manuscriptOf(room)));
  const states = useManuscripts(manuscripts);
  const problem = states.find((each) => each.problem !== null)?.problem;
  return (
    <>
      <ViewHeader title="Text" about={<TintLegend />}>
        {writing && (
          <p className="text-xs text-ink-soft tabular-nums max-sm:hidden">
            {t('step {step}', { step: formatStep(writing.step) })}
          </p>
        )}
      </ViewHeader>
      <section aria-label={t('Text')} data-step={writing?.step} className={styles.clear}>
        <div className={columns.columns} data-many={passages.length > 1 || undefined}>
          {writing &&
            passages.map((passage, i) => {
              const manuscript = manuscripts[i];
              const state = states[i];
              return (
                manuscript &&
                state && (
                  <WritingColumn
                    key={passage.temperature}
                    label={t('Text at temperature {temperature}', { temperature: passage.temperature })}
                    heading={
                      <h3 className="pb-1 text-xs text-ink-soft tabular-nums">
                        {t('Temperature {temperature}', { temperature: passage.temperature })}
                      </h3>
                    }
                    onHold={(isHeld) => setHeld((before) => (isHeld ? i : before === i ? null : before))}
                    manuscript={manuscript}
                    state={state}
                    options={{ topK: 0, stop: '', length: limits.shownCharacters, seed: 1 + i }}
                    live={{
                      passage,
                      step: writing.step,
                      shown: Math.min(shown, passage.probabilities.length),
                    }}
                  />
                )
              );
            })}
        </div>
        {problem && <Problem sentence={problem} />}
      </section>
    </>
  );
}

function Problem({ sentence }: { sentence: Sentence }) {
  const t = useText();
  return (
    <p
      role="alert"
      className="absolute inset-x-0 bottom-0 mx-auto w-fit rounded-lg border border-line bg-surface px-4 py-2 text-sm shadow-(--shadow)"
    >
      {t.say(sentence)}
    </p>
  );
}
