'use client';

import { PenLine } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { limits } from '@/lib/protocol/limits';
import { useRun } from '../_client/context';
import { useAsker, useHasWeights } from '../_client/useAsker';
import { Button } from '../_ui/Button';
import { RangeControl } from '../_ui/RangeControl';
import { TextPage } from './TextPage';
import { TintedText } from './TintedText';
import { TryFrame } from './TryFrame';
import styles from './try.module.css';

/** Let the model go on from words of one's own. */
export function TryText({ compact = false }: { compact?: boolean }) {
  const run = useRun();
  return run && <Desk key={run.spec.id} compact={compact} />;
}

function Desk({ compact }: { compact: boolean }) {
  const [asked, ask] = useAsker<'text'>();
  const [prompt, setPrompt] = useState('');
  const [temperature, setTemperature] = useState(0.7);
  const [length, setLength] = useState(300);
  /** What was last written from; `null` before the first press. */
  const [draft, setDraft] = useState<{ readonly prompt: string; readonly seed: number } | null>(null);
  // The same seed while somebody turns a knob: one sees what the knob does.
  useEffect(() => {
    if (draft) ask({ kind: 'text', ...draft, temperature, length });
  }, [ask, draft, temperature, length]);
  const hasWeights = useHasWeights();
  const write = (event: FormEvent) => {
    event.preventDefault();
    setDraft({ prompt, seed: (draft?.seed ?? 0) + 1 });
  };
  return (
    <TryFrame compact={compact} asked={[asked]}>
      <div className={styles.sheet}>
        <form onSubmit={write} className={styles.desk}>
          <div className="flex min-w-0 flex-1 basis-72 gap-2">
            <input
              aria-label="Prompt"
              placeholder="A beginning, or nothing"
              value={prompt}
              maxLength={limits.typedCharacters}
              autoComplete="off"
              onChange={(event) => setPrompt(event.target.value)}
              className="h-9 min-w-0 flex-1 rounded-lg border border-line bg-surface px-3 font-mono text-sm transition-colors duration-150 hover:border-line-strong"
            />
            <Button look="primary" type="submit" icon={PenLine} disabled={!hasWeights}>
              {draft ? 'Write again' : 'Write'}
            </Button>
          </div>
          <div className="grid min-w-0 flex-1 basis-64 grid-cols-2 gap-4">
            <RangeControl
              label="Temperature"
              min={0}
              max={2}
              step={0.05}
              value={temperature}
              shown={temperature.toFixed(2)}
              onChange={setTemperature}
            />
            <RangeControl
              label="Characters"
              min={50}
              max={limits.sampleCharacters}
              step={50}
              value={length}
              shown={String(length)}
              onChange={setLength}
            />
          </div>
        </form>
        <Paper asked={asked} />
      </div>
    </TryFrame>
  );
}

function Paper({ asked }: { asked: ReturnType<typeof useAsker<'text'>>[0] }) {
  const { answer } = asked;
  return (
    <TextPage label="Written text" step={answer?.result.step}>
      {answer ? (
        <>
          <span className="font-semibold">{answer.question.prompt}</span>
          <TintedText text={answer.result.text} probabilities={answer.result.probabilities} />
        </>
      ) : (
        <p className="font-sans text-sm text-ink-soft">
          Give it a beginning and press Write. A low temperature makes it careful, a high one bold; the tint
          shows where it took a risk.
        </p>
      )}
    </TextPage>
  );
}
