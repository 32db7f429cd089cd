'use client';

import { useSyncExternalStore } from 'react';
import { type Text, useText } from '@/app/_ui/language';
import type { CloudScene } from './cloudScene';
import { type Colouring, colourings } from './colouring';

interface ScaleLegendProps {
  scene: CloudScene;
  colouring: Colouring;
}

/** A value with as many decimals as two digits of the largest one have. */
function rounded(value: number, largest: number, t: Text): string {
  const digits = largest === 0 ? 0 : Math.max(0, 1 - Math.floor(Math.log10(largest)));
  return t.number(value, { maximumFractionDigits: Math.min(digits, 20), signDisplay: 'negative' });
}

/** A legend of the continuous colour scale; nothing while colours are of classes. */
export function ScaleLegend({ scene, colouring }: ScaleLegendProps) {
  const t = useText();
  const scale = useSyncExternalStore(scene.scale.subscribe, scene.scale.get, () => null);
  if (!scale) return null;
  const { label, unit, factor = 1 } = colourings[colouring];
  const shown = (value: number) =>
    rounded(factor * value, factor * Math.max(Math.abs(scale.low), Math.abs(scale.high)), t);
  return (
    <figure
      aria-label={t('Scale of the colours')}
      data-colouring={colouring}
      className="w-40 rounded-lg bg-paper/70 p-2 text-xs text-ink-soft"
    >
      <figcaption className="text-ink">{t(label)}</figcaption>
      <div aria-hidden className="my-1 h-2 rounded-full" style={{ background: scale.css }} />
      <p className="flex justify-between gap-2 tabular-nums">
        <span>{shown(scale.low)}</span>
        {unit && <span className="truncate">{t(unit)}</span>}
        <span>{shown(scale.high)}</span>
      </p>
    </figure>
  );
}
