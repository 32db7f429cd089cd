'use client';

import { Focus, X } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { unpackPoints } from '@/lib/protocol/pointPacking';
import type { AssetImages, Cloud } from '../_client/frameStore';
import { useText } from '../_ui/language';
import { RangeControl } from '../_ui/RangeControl';
import { nearestTo } from './nearest';
import { Picture } from './Picture';
import { ToolButton } from './ToolButton';

interface NeighbourCardProps {
  assets: AssetImages;
  cloud: Cloud;
  index: number;
  /** Neighbours that are shown. */
  k: number;
  isIsolated: boolean;
  onCount(k: number): void;
  onChoose(index: number | null): void;
  /** Shows these points alone; `null` shows all. Must stay the same. */
  onIsolate(points: readonly number[] | null): void;
  onIsolated(isIsolated: boolean): void;
}

/** A chosen point, and the points that lie nearest to it in the cloud as it is now. */
export function NeighbourCard(props: NeighbourCardProps) {
  const { assets, cloud, index, k, isIsolated, onChoose, onIsolate, onIsolated } = props;
  const t = useText();
  const positions = useMemo(() => unpackPoints(cloud, cloud.payload).positions, [cloud]);
  const near = useMemo(() => nearestTo(positions, index, k), [positions, index, k]);
  useEffect(() => {
    onIsolate(isIsolated ? [index, ...near.map((each) => each.index)] : null);
    return () => onIsolate(null);
  }, [isIsolated, near, index, onIsolate]);
  const nameOf = (point: number) => t.foreign(assets.classes[assets.labels[point] ?? -1] ?? '');
  return (
    <section
      aria-label={t('Neighbours')}
      className="absolute top-14 right-36 z-10 max-h-[calc(100%-4.5rem)] w-60 overflow-y-auto rounded-xl border border-line bg-surface p-3 text-xs text-ink-soft max-lg:right-2"
    >
      <header className="flex items-start gap-3">
        <Picture batch={assets} index={index} className="w-14 rounded-sm" />
        <p className="min-w-0 flex-1">
          <span className="block truncate text-sm text-ink">{nameOf(index)}</span>
          <span className="tabular-nums">{t('Image {n}', { n: index })}</span>
        </p>
        <button
          type="button"
          aria-label={t('Close')}
          onClick={() => onChoose(null)}
          className="grid size-6 place-items-center rounded-md text-ink-faint hover:bg-sunken hover:text-ink"
        >
          <X aria-hidden size={14} />
        </button>
      </header>
      <ul className="my-2 grid max-h-40 grid-cols-5 gap-1 overflow-y-auto">
        {near.map((each) => (
          <li key={each.index}>
            <button
              type="button"
              title={`${nameOf(each.index)}, ${each.distance.toPrecision(2)}`}
              onClick={() => onChoose(each.index)}
              className="block w-full rounded-sm hover:outline-2 hover:outline-ink"
            >
              <Picture batch={assets} index={each.index} className="w-full rounded-sm" />
              <span className="block text-center tabular-nums">{each.distance.toPrecision(2)}</span>
            </button>
          </li>
        ))}
      </ul>
      <RangeControl
        label={t('Nearest points')}
        min={1}
        max={30}
        step={1}
        value={k}
        shown={String(k)}
        onChange={props.onCount}
      />
      <div className="mt-2">
        <ToolButton icon={Focus} pressed={isIsolated} onClick={() => onIsolated(!isIsolated)}>
          {t('Show these alone')}
        </ToolButton>
      </div>
    </section>
  );
}
