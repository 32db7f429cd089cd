import { Ruler } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { Select } from '@/app/_ui/Select';
import { limits } from '@/lib/protocol/limits';
import type { Criterion } from './unitScores';
import styles from './units.module.css';

/** Which text the units read. */
export type Source = 'data' | 'sample' | 'own';

const sources = {
  data: 'Text kept aside',
  sample: 'What it wrote',
  own: 'Own text',
} as const satisfies Record<Source, string>;

const criteria = {
  line: 'Place in the line',
  word: 'Place in the word',
  name: "Speakers' names",
  quote: 'Inside quotes',
  variance: 'How much they vary',
} as const satisfies Record<Criterion, string>;

interface Settings {
  readonly source: Source;
  readonly own: string;
  readonly layer: number;
}

interface UnitSettingsProps {
  settings: Settings;
  layers: number;
  criterion: Criterion;
  onChange(settings: Settings): void;
  onSort(criterion: Criterion): void;
  onFind(): void;
}

/** What the units read, which ones, and in which order they stand. */
export function UnitSettings({ settings, layers, criterion, onChange, onSort, onFind }: UnitSettingsProps) {
  const t = useText();
  const { source, own, layer } = settings;
  const named = (names: Readonly<Record<string, (typeof sources)[Source] | (typeof criteria)[Criterion]>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label: t(label) }));
  return (
    <div className={styles.settings}>
      <Labelled label={t('Text')}>
        {(id) => (
          <Select
            id={id}
            value={source}
            options={named(sources)}
            onChange={(event) => onChange({ ...settings, source: event.target.value as Source })}
          />
        )}
      </Labelled>
      <Labelled label={t('Layer')}>
        {(id) => (
          <Select
            id={id}
            value={String(layer)}
            options={Array.from({ length: layers }, (_, i) => ({ value: String(i), label: String(i + 1) }))}
            onChange={(event) => onChange({ ...settings, layer: Number(event.target.value) })}
          />
        )}
      </Labelled>
      <Labelled label={t('Units by')}>
        {(id) => (
          <Select
            id={id}
            value={criterion}
            options={named(criteria)}
            onChange={(event) => onSort(event.target.value as Criterion)}
          />
        )}
      </Labelled>
      <Button icon={Ruler} onClick={onFind}>
        {t('Find the unit that counts the line')}
      </Button>
      {source === 'own' && <OwnText text={own} onChange={(next) => onChange({ ...settings, own: next })} />}
    </div>
  );
}

function OwnText({ text, onChange }: { text: string; onChange(text: string): void }) {
  const t = useText();
  const room = useRoom();
  const most = limits.activationCharacters / 2;
  return (
    <input
      aria-label={t('Own text')}
      placeholder={t('A text for it to read')}
      value={text}
      autoComplete="off"
      onChange={({ target }) =>
        onChange(room.notices.within(target.value, most, 'A text has at most {most} characters'))
      }
      className="h-9 min-w-0 basis-full rounded-lg border border-line bg-surface px-3 font-mono text-sm"
    />
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="grid min-w-24 gap-0.5">
      <label htmlFor={id} className="text-xs text-ink-soft">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
