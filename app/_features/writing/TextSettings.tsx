import { type FormEvent, type ReactNode, useId } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { controlOf } from '@/app/_hooks/explore';
import { useHold } from '@/app/_hooks/recipe';
import { useText } from '@/app/_ui/language';
import { RangeControl } from '@/app/_ui/RangeControl';
import { Select } from '@/app/_ui/Select';
import styles from '@/app/_view/try.module.css';
import { limits } from '@/lib/protocol/limits';
import type { Person } from '@/lib/protocol/messages';
import type { Wish } from '@/lib/room/written';

/** Where a text may end before its length is reached. */
const stops = [
  { text: '', label: 'Nothing' },
  { text: '\n', label: 'End of a line' },
  { text: '\n\n', label: 'A blank line' },
  { text: '.', label: 'A full stop' },
] as const;

/** Top-k as the slider has it: the last place stands for all. */
const kMost = 20;

interface TextSettingsProps {
  wish: Wish;
  /** Others who move something now, by its key. */
  movers: ReadonlyMap<string, Person>;
  onChange(changes: Readonly<Record<string, number | string>>): void;
  onSubmit(event: FormEvent): void;
  /** The button that submits. */
  children: ReactNode;
}

/** What a text is written from, and how; for all in the room. */
export function TextSettings({ wish, movers, onChange, onSubmit, children }: TextSettingsProps) {
  const t = useText();
  const { topK, length } = wish;
  return (
    <form onSubmit={onSubmit} className={styles.desk}>
      <div className="flex min-w-0 flex-1 basis-72 gap-2">
        <Beginning
          value={wish.prompt}
          holder={movers.get('prompt')}
          onChange={(prompt) => onChange({ prompt })}
        />
        {children}
      </div>
      <div className="grid min-w-0 flex-1 basis-80 grid-cols-3 items-end gap-4">
        <Shared
          name="length"
          holder={movers.get('length')}
          label={t('Characters')}
          min={50}
          max={limits.sampleCharacters}
          step={50}
          value={length}
          shown={String(length)}
          onChange={(value) => onChange({ length: value })}
        />
        <Shared
          name="topK"
          holder={movers.get('topK')}
          label={t('Choose among')}
          min={1}
          max={kMost}
          step={1}
          value={topK === 0 ? kMost : topK}
          shown={topK === 0 ? t('all##characters') : t('{n} likeliest', { n: topK })}
          onChange={(value) => onChange({ topK: value === kMost ? 0 : value })}
        />
        <Stop value={wish.stop} isHeld={movers.has('stop')} onChange={(stop) => onChange({ stop })} />
      </div>
    </form>
  );
}

interface BeginningProps {
  value: string;
  holder: Person | undefined;
  onChange(value: string): void;
}

/** All see what somebody types; meanwhile nobody else can. */
function Beginning({ value, holder, onChange }: BeginningProps) {
  const t = useText();
  const room = useRoom();
  const hold = useHold(controlOf('char-rnn', 'prompt'));
  return (
    <input
      aria-label={t('Prompt')}
      placeholder={t('A beginning, or nothing')}
      value={value}
      autoComplete="off"
      readOnly={holder !== undefined}
      title={holder?.name}
      onChange={(event) => {
        hold.touch();
        onChange(
          room.within(event.target.value, limits.typedCharacters, 'A prompt has at most {most} characters'),
        );
      }}
      className="h-9 min-w-0 flex-1 rounded-lg border border-line bg-surface px-3 font-mono text-sm transition-colors duration-150 hover:border-line-strong"
      style={holder && { borderColor: `var(--person-${holder.color})` }}
    />
  );
}

type RangeProps = Parameters<typeof RangeControl>[0];

/** A setting that everyone in the room may move, one at a time. */
function Shared({ name, holder, ...rest }: RangeProps & { name: string; holder: Person | undefined }) {
  const hold = useHold(controlOf('char-rnn', name));
  return (
    <RangeControl
      {...rest}
      holder={holder ?? null}
      onTake={hold.take}
      onTouch={hold.touch}
      onRelease={hold.release}
    />
  );
}

function Stop({ value, isHeld, onChange }: { value: string; isHeld: boolean; onChange(stop: string): void }) {
  const t = useText();
  const id = useId();
  const hold = useHold(controlOf('char-rnn', 'stop'));
  return (
    <label htmlFor={id} className="grid min-w-0 gap-0.5 text-xs text-ink-soft">
      {t('Stop at')}
      <Select
        id={id}
        value={stops.findIndex(({ text }) => text === value)}
        disabled={isHeld}
        options={stops.map(({ label }, i) => ({ value: String(i), label: t(label) }))}
        onChange={(event) => {
          hold.touch();
          onChange(stops[Number(event.target.value)]?.text ?? '');
        }}
        className="!h-8"
      />
    </label>
  );
}
