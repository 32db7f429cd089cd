import { useEffect } from 'react';
import type { Manuscript, ManuscriptState } from '../_client/manuscript';
import { useText } from '../_ui/language';
import { RangeControl } from '../_ui/RangeControl';
import { type Settings, stopOf } from './TextSettings';
import { WritingColumn } from './WritingColumn';

export interface Column {
  readonly id: number;
  readonly temperature: number;
  readonly manuscript: Manuscript;
}

/** What is written from. */
export interface Draft {
  readonly prompt: string;
  readonly seed: number;
}

interface TryColumnProps {
  column: Column;
  state: ManuscriptState;
  /** `null` before the first press. */
  draft: Draft | null;
  settings: Settings;
  isMany: boolean;
  onWarm(temperature: number): void;
}

/** A text of one's own at one temperature. */
export function TryColumn({ column, state, draft, settings, isMany, onWarm }: TryColumnProps) {
  const t = useText();
  const { manuscript, temperature } = column;
  const { topK, length } = settings;
  const stop = stopOf(settings);
  // The same seed while somebody turns a knob: one sees what the knob does. A text with branches is left alone.
  useEffect(() => {
    if (!draft || manuscript.state.get().sheets.length > 1) return;
    void manuscript.write(draft.prompt, temperature, { topK, stop, length, seed: draft.seed });
  }, [manuscript, draft, temperature, topK, stop, length]);
  useEffect(() => () => manuscript.stop(), [manuscript]);
  const shown = temperature.toFixed(2);
  return (
    <WritingColumn
      label={
        isMany ? t('Written text at temperature {temperature}', { temperature: shown }) : t('Written text')
      }
      heading={
        <div className={isMany ? 'pb-1' : 'mx-auto w-full max-w-64 pb-1'}>
          <RangeControl
            label={t('Temperature')}
            min={0}
            max={2}
            step={0.05}
            value={temperature}
            shown={shown}
            onChange={onWarm}
          />
        </div>
      }
      manuscript={manuscript}
      state={state}
      options={{ topK, stop, length, seed: draft?.seed ?? 1 }}
    >
      <p className="font-sans text-sm text-ink-soft">
        {t(
          'Give it a beginning and press Write. A low temperature makes it careful, a high one bold; the tint shows where it took a risk.',
        )}
      </p>
    </WritingColumn>
  );
}
