'use client';

import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useText } from '@/app/_ui/language';
import { type ModelId, modelOf, models } from '@/lib/catalog/models';
import { type Preset, presetsOf, startOf } from '@/lib/catalog/presets';
import { PresetLink } from './PresetLink';
import { Thumbnail } from './Thumbnail';

interface ModelGalleryProps {
  /** Chooses a preset for the playground that one is in; without it, each opens one of its own. */
  onChoose?(preset: Preset): void;
  className?: string;
}

/** Every model with a living thumbnail, a sentence, and its presets as links. */
export function ModelGallery({ onChoose, className = '' }: ModelGalleryProps) {
  const t = useText();
  return (
    <ul className={`grid gap-x-4 gap-y-8 ${className}`}>
      {models.map(({ id, label, summary }) => {
        const start = startOf(id);
        return (
          <li key={id} className="flex flex-col">
            <PresetLink
              preset={start.id}
              onChoose={onChoose && (() => onChoose(start))}
              className="block overflow-hidden rounded-2xl border border-line bg-surface shadow-(--shadow) transition-[border-color,transform] duration-150 hover:-translate-y-0.5 hover:border-line-strong aria-busy:opacity-60"
            >
              <Thumbnail model={id} />
              <span className="block border-t border-line px-4 py-3">
                <span className="block font-semibold">{t(label)}</span>
                <span className="mt-1 block min-h-20 text-sm leading-5 text-ink-soft">{t(summary)}</span>
              </span>
            </PresetLink>
            <Presets model={id} start={start} onChoose={onChoose} />
          </li>
        );
      })}
    </ul>
  );
}

interface PresetsProps extends Pick<ModelGalleryProps, 'onChoose'> {
  model: ModelId;
  /** The one that the card opens. */
  start: Preset;
}

/** A model's other presets, folded until somebody wants to see them. */
function Presets({ model, start, onChoose }: PresetsProps) {
  const t = useText();
  const others = presetsOf(model).filter((preset) => preset !== start);
  const name = t('Presets of {model}', { model: t(modelOf(model).label) });
  return (
    <details className="group mt-2 px-1">
      <summary
        aria-label={name}
        className="-mx-1 flex cursor-pointer list-none items-center gap-2 rounded-lg px-4 py-2 text-sm text-ink-soft transition-colors duration-150 hover:bg-sunken hover:text-ink"
      >
        <ChevronRight aria-hidden size={14} className="shrink-0 group-open:rotate-90" />
        {t('{n} more {n|preset|presets}', { n: others.length })}
      </summary>
      <ul aria-label={name}>
        {others.map((preset) => (
          <PresetLine key={preset.id} preset={preset} onChoose={onChoose} />
        ))}
      </ul>
    </details>
  );
}

function PresetLine({ preset, onChoose }: { preset: Preset; onChoose?(preset: Preset): void }) {
  const t = useText();
  const { id, label, about, kind } = preset;
  return (
    <li>
      <PresetLink
        preset={id}
        onChoose={onChoose && (() => onChoose(preset))}
        className="-mx-1 block rounded-lg px-4 py-2 transition-colors duration-150 hover:bg-sunken aria-busy:opacity-60"
      >
        <span className="flex items-center gap-2 text-sm font-medium">
          {kind === 'failure' && (
            <TriangleAlert aria-label={t('Goes wrong:')} size={14} className="shrink-0 text-bad" />
          )}
          {t(label)}
        </span>
        <span className="mt-0.5 block text-xs leading-relaxed text-ink-soft">{t(about)}</span>
      </PresetLink>
    </li>
  );
}
