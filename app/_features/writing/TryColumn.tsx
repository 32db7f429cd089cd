import { useState } from 'react';
import { controls } from '@/app/_hooks/control';
import type { WrittenState } from '@/app/_hooks/explore';
import type { Manuscript, ManuscriptState } from '@/app/_room/manuscript';
import { lengthOf } from '@/app/_room/passages';
import { useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';
import { SharedRange } from '@/app/_view/SharedRange';
import { temperatureKey, type Wish, type WrittenPart } from '@/lib/room/written';
import { useReveal } from './useReveal';
import { WritingColumn } from './WritingColumn';

interface TryColumnProps {
  part: WrittenPart;
  temperature: number;
  /** The text as all see it. */
  written: WrittenState;
  /** This person's branches of it. */
  manuscript: Manuscript;
  state: ManuscriptState;
  wish: Wish;
  isMany: boolean;
}

/** A text at one temperature, as it is written for all. */
export function TryColumn(props: TryColumnProps) {
  const { part, temperature, written, manuscript, state, wish, isMany } = props;
  const t = useText();
  const { text } = written;
  // Whoever comes later finds what is there already.
  const [found] = useState(text?.asked);
  const available = text ? lengthOf(text.passage) : 0;
  const shown = useReveal(text?.asked, available, text?.asked === found ? available : 0);
  const { topK, length, stop, seed } = wish;
  const name = fixed(temperature, 2);
  return (
    <WritingColumn
      label={
        isMany ? t('Written text at temperature {temperature}', { temperature: name }) : t('Written text')
      }
      heading={
        <div className={isMany ? 'pb-1' : 'mx-auto w-full max-w-64 pb-1'}>
          <SharedRange
            control={controls.explore('char-rnn', temperatureKey(part))}
            label={t('Temperature')}
            min={0}
            max={2}
            step={0.05}
            value={temperature}
            shown={name}
          />
          {text?.by && <Asker {...text.by} />}
        </div>
      }
      manuscript={manuscript}
      state={state}
      options={{ topK, stop, length, seed: Math.max(1, seed) }}
      live={
        text && {
          passage: text.passage,
          step: text.step,
          shown,
          prompt: text.prompt,
          unknown: text.unknown,
        }
      }
    >
      <p className="font-sans text-sm text-ink-soft">
        {t(
          'Give it a beginning and press Write: all here see what comes of it. A low temperature makes it careful, a high one bold; the tint shows where it took a risk.',
        )}
      </p>
    </WritingColumn>
  );
}

/** Who asked for a text. */
function Asker({ name, color }: { name: string; color: number }) {
  const t = useText();
  return (
    <p className="flex h-5 items-center gap-1.5 truncate text-xs text-ink-soft">
      <span
        aria-hidden
        className="size-2 shrink-0 rounded-full"
        style={{ background: `var(--person-${color})` }}
      />
      {t('{name} asked', { name })}
    </p>
  );
}
