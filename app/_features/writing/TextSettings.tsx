import { type FormEvent, type ReactNode, useId } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { controls, useControl } from '@/app/_hooks/control';
import { useText } from '@/app/_ui/language';
import { Select } from '@/app/_ui/Select';
import { SharedRange } from '@/app/_view/SharedRange';
import styles from '@/app/_view/try.module.css';
import { limits } from '@/lib/protocol/limits';
import type { Wish } from '@/lib/room/written';

/** Characters at which a text may end before its length is reached. */
const stops = [
  { text: '', label: 'Nothing' },
  { text: '\n', label: 'End of a line' },
  { text: '\n\n', label: 'A blank line' },
  { text: '.', label: 'A full stop' },
] as const;

/** Top-k as the slider has it: the last place stands for all. */
const kMost = 20;

const control = (key: string) => controls.explore('char-rnn', key);

interface TextSettingsProps {
  wish: Wish;
  onSubmit(event: FormEvent): void;
  /** The button that submits. */
  children: ReactNode;
}

/** Prompt and sampling settings of the written texts, shared by all. */
export function TextSettings({ wish, onSubmit, children }: TextSettingsProps) {
  const t = useText();
  const { topK, length } = wish;
  return (
    <form onSubmit={onSubmit} className={styles.desk}>
      <div className="flex min-w-0 flex-1 basis-72 gap-2">
        <Beginning value={wish.prompt} />
        {children}
      </div>
      <div className="grid min-w-0 flex-1 basis-80 grid-cols-3 items-end gap-4">
        <SharedRange
          control={control('length')}
          label={t('Characters')}
          min={50}
          max={limits.sampleCharacters}
          step={50}
          value={length}
          shown={String(length)}
        />
        <SharedRange
          control={control('topK')}
          label={t('Choose among')}
          min={1}
          max={kMost}
          step={1}
          value={topK === 0 ? kMost : topK}
          shown={topK === 0 ? t('all##characters') : t('{n} likeliest', { n: topK })}
          valueAt={(place) => (place === kMost ? 0 : place)}
        />
        <Stop value={wish.stop} />
      </div>
    </form>
  );
}

/** The prompt's field: all see what somebody types, who holds it meanwhile. */
function Beginning({ value }: { value: string }) {
  const t = useText();
  const room = useRoom();
  const { name, holder, step } = useControl(control('prompt'));
  return (
    <input
      aria-label={t('Prompt')}
      data-control={name}
      data-caret
      placeholder={t('A beginning, or nothing')}
      value={value}
      autoComplete="off"
      readOnly={holder !== null}
      title={holder?.name}
      onChange={(event) => {
        step(
          room.notices.within(
            event.target.value,
            limits.typedCharacters,
            'A prompt has at most {most} characters',
          ),
        );
      }}
      className="h-9 min-w-0 flex-1 rounded-lg border border-line bg-surface px-3 font-mono text-sm transition-colors duration-150 hover:border-line-strong"
      style={holder ? { borderColor: `var(--person-${holder.color})` } : undefined}
    />
  );
}

function Stop({ value }: { value: string }) {
  const t = useText();
  const id = useId();
  const { name, holder, step } = useControl(control('stop'));
  return (
    <label htmlFor={id} data-control={name} className="grid min-w-0 gap-0.5 text-xs text-ink-soft">
      {t('Stop at')}
      <Select
        id={id}
        value={stops.findIndex(({ text }) => text === value)}
        disabled={holder !== null}
        options={stops.map(({ label }, i) => ({ value: String(i), label: t(label) }))}
        onChange={(event) => step(stops[Number(event.target.value)]?.text ?? '')}
        className="!h-8"
      />
    </label>
  );
}
