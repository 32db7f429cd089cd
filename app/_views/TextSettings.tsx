import { type FormEvent, type ReactNode, useId } from 'react';
import { limits } from '@/lib/protocol/limits';
import { useText } from '../_ui/language';
import { RangeControl } from '../_ui/RangeControl';
import { Select } from '../_ui/Select';
import styles from './try.module.css';

/** Where a text may end before its length is reached. */
const stops = {
  never: { label: 'Nothing', text: '' },
  line: { label: 'End of a line', text: '\n' },
  blank: { label: 'A blank line', text: '\n\n' },
  sentence: { label: 'A full stop', text: '.' },
} as const;
type Stop = keyof typeof stops;

export interface Settings {
  readonly prompt: string;
  readonly length: number;
  /** 0: all characters. */
  readonly topK: number;
  readonly stop: Stop;
}

export const firstSettings: Settings = { prompt: '', length: 300, topK: 0, stop: 'never' };

export const stopOf = ({ stop }: Settings): string => stops[stop].text;

/** Top-k as the slider has it: the last place stands for all. */
const kMost = 20;

interface TextSettingsProps {
  settings: Settings;
  onChange(settings: Settings): void;
  onSubmit(event: FormEvent): void;
  /** The button that submits. */
  children: ReactNode;
}

/** What a text is written from, and how. */
export function TextSettings({ settings, onChange, onSubmit, children }: TextSettingsProps) {
  const t = useText();
  const id = useId();
  const { prompt, length, topK, stop } = settings;
  const change = (part: Partial<Settings>) => onChange({ ...settings, ...part });
  return (
    <form onSubmit={onSubmit} className={styles.desk}>
      <div className="flex min-w-0 flex-1 basis-72 gap-2">
        <input
          aria-label={t('Prompt')}
          placeholder={t('A beginning, or nothing')}
          value={prompt}
          maxLength={limits.typedCharacters}
          autoComplete="off"
          onChange={(event) => change({ prompt: event.target.value })}
          className="h-9 min-w-0 flex-1 rounded-lg border border-line bg-surface px-3 font-mono text-sm transition-colors duration-150 hover:border-line-strong"
        />
        {children}
      </div>
      <div className="grid min-w-0 flex-1 basis-80 grid-cols-3 items-end gap-4">
        <RangeControl
          label={t('Characters')}
          min={50}
          max={limits.sampleCharacters}
          step={50}
          value={length}
          shown={String(length)}
          onChange={(value) => change({ length: value })}
        />
        <RangeControl
          label={t('Choose among')}
          min={1}
          max={kMost}
          step={1}
          value={topK === 0 ? kMost : topK}
          shown={topK === 0 ? t('all##characters') : t('{n} likeliest', { n: topK })}
          onChange={(value) => change({ topK: value === kMost ? 0 : value })}
        />
        <label htmlFor={id} className="grid min-w-0 gap-0.5 text-xs text-ink-soft">
          {t('Stop at')}
          <Select
            id={id}
            value={stop}
            options={Object.entries(stops).map(([value, { label }]) => ({ value, label: t(label) }))}
            onChange={(event) => change({ stop: event.target.value as Stop })}
            className="!h-8"
          />
        </label>
      </div>
    </form>
  );
}
