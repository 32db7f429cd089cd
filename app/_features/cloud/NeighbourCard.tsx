'use client';

import { Focus, X } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { AssetImages } from '@/app/_room/assets';
import type { Cloud } from '@/app/_room/frameStore';
import { ownGrip } from '@/app/_ui/grip';
import { useText } from '@/app/_ui/language';
import { RangeControl } from '@/app/_ui/RangeControl';
import { Picture } from '@/app/_view/Picture';
import { ToolButton } from '@/app/_view/ToolButton';
import { snippetOf } from './cloudText';
import { type Near, nearestTo } from './nearest';
import { type PointWords, usePointWords } from './pointWords';
import { SnippetLine } from './SnippetLine';
import type { Subjects } from './useSubjects';

interface NeighbourCardProps {
  cloud: Cloud;
  assets: AssetImages | null;
  subjects: Subjects;
  index: number;
  /** Neighbours that are shown. */
  k: number;
  isIsolated: boolean;
  onCount(k: number): void;
  onChoose(index: number | null): void;
  /** Called with the points to be shown alone, `null` for all. A stable function. */
  onIsolate(points: readonly number[] | null): void;
  onIsolated(isIsolated: boolean): void;
}

/** A chosen point and its nearest neighbours in the cloud. */
export function NeighbourCard(props: NeighbourCardProps) {
  const { cloud, assets, subjects, index, k, isIsolated, onChoose, onIsolate, onIsolated } = props;
  const t = useText();
  const words = usePointWords(cloud, assets, subjects);
  const { positions } = words;
  const near = useMemo(() => nearestTo(positions, index, k), [positions, index, k]);
  useEffect(() => {
    onIsolate(isIsolated ? [index, ...near.map((each) => each.index)] : null);
    return () => onIsolate(null);
  }, [isIsolated, near, index, onIsolate]);
  const Neighbours = subjects.characters ? Snippets : Pictures;
  return (
    <section
      aria-label={t('Neighbours')}
      className="z-10 col-start-1 row-start-2 mr-36 max-h-[calc(100%-0.5rem)] w-60 self-start justify-self-end overflow-y-auto rounded-xl border border-line bg-surface p-3 text-xs text-ink-soft @max-[38rem]:mr-2 @max-[38rem]:max-h-[calc(100%-2.5rem)]"
    >
      <header className="flex items-start gap-3">
        {!subjects.characters && (
          <Picture batch={subjects.pictures} index={index} className="w-14 rounded-sm" />
        )}
        <p className="min-w-0 flex-1">
          <span className="block truncate text-sm text-ink">{words.classOf(index)}</span>
          <span className="tabular-nums">{t(numbered[subjects.kind], { n: index })}</span>
          {words.factsOf(index).map((fact) => (
            <span key={fact} className="block tabular-nums">
              {fact}
            </span>
          ))}
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
      {subjects.characters && (
        <SnippetLine snippet={snippetOf(subjects.characters, index, narrow)} className="mt-2" />
      )}
      <Neighbours near={near} subjects={subjects} words={words} onChoose={onChoose} />
      <RangeControl
        label={t('Nearest points')}
        min={1}
        max={30}
        step={1}
        value={k}
        shown={String(k)}
        grip={ownGrip(props.onCount)}
      />
      <div className="mt-2">
        <ToolButton icon={Focus} pressed={isIsolated} onClick={() => onIsolated(!isIsolated)}>
          {t('Show these alone')}
        </ToolButton>
      </div>
    </section>
  );
}

const numbered = { images: 'Image {n}', latents: 'Latent {n}', characters: 'Character {n}' } as const;

/** Characters of a snippet before and after the marked one, as the card has room for. */
const narrow = { before: 12, after: 9 } as const;

interface NeighboursProps {
  near: readonly Near[];
  subjects: Subjects;
  words: PointWords;
  onChoose(index: number): void;
}

function Pictures({ near, subjects, words, onChoose }: NeighboursProps) {
  return (
    <ul className="my-2 grid max-h-40 grid-cols-5 gap-1 overflow-y-auto">
      {near.map((each) => (
        <li key={each.index}>
          <button
            type="button"
            title={`${words.classOf(each.index)}, ${each.distance.toPrecision(2)}`}
            onClick={() => onChoose(each.index)}
            className="block w-full rounded-sm hover:outline-2 hover:outline-ink"
          >
            <Picture batch={subjects.pictures} index={each.index} className="w-full rounded-sm" />
            <span className="block text-center tabular-nums">{each.distance.toPrecision(2)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Snippets({ near, subjects, words, onChoose }: NeighboursProps) {
  return (
    <ul className="my-2 flex max-h-48 flex-col overflow-y-auto">
      {near.map((each) => (
        <li key={each.index}>
          <button
            type="button"
            title={words.classOf(each.index)}
            onClick={() => onChoose(each.index)}
            className="flex h-6 w-full items-center gap-2 rounded-sm hover:bg-sunken"
          >
            <SnippetLine
              snippet={snippetOf(subjects.characters ?? [], each.index, narrow)}
              className="flex-1"
            />
            <span className="shrink-0 tabular-nums">{each.distance.toPrecision(2)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
