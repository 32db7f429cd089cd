'use client';

import { type ComponentType, useState } from 'react';
import { useRun } from '@/app/_hooks/context';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { familyOf, type ModelId, modelOf } from '@/lib/catalog/models';
import type { PlainMessage } from '@/lib/text/keys';
import { TryCoding, type TryProps } from './TryCoding';
import { TryGenerator, TryOwnWalk } from './TryGenerator';
import { TryGrid } from './TryGrid';
import { TryOwnPath, TryPath } from './TryPath';

interface Way {
  readonly label: PlainMessage;
  readonly Content: ComponentType<TryProps>;
  /** Whether its tile is that of the first way. */
  readonly isLargeOnly?: true;
}

const picture: Way = { label: 'A picture', Content: TryCoding };
const noise: Way = { label: 'Noise', Content: TryGenerator };
const grid: Way = { label: 'A grid', Content: TryGrid };
const walk: Way = { label: 'A walk', Content: TryGenerator };
const path: Way = { label: 'A path', Content: TryPath, isLargeOnly: true };

const ownWays: readonly Way[] = [
  { label: 'A walk', Content: TryOwnWalk },
  { label: 'A path', Content: TryOwnPath, isLargeOnly: true },
];

/** Ways to explore a model of images. */
function waysOf(model: ModelId): readonly Way[] {
  if (familyOf(model) !== 'autoencoder') return [walk, path];
  return modelOf(model).explores.includes('walk') ? [picture, noise, grid, path] : [picture, grid, path];
}

/** Exploring the run's model in one of its ways, as each person likes. */
export function TryModel({ compact = false }: { compact?: boolean }) {
  const model = useRun()?.spec.recipe.model;
  return model && <Ways offered={waysOf(model)} compact={compact} />;
}

/** The same of a generator that somebody brought along. */
export function TryOwnGenerator({ compact = false }: { compact?: boolean }) {
  return <Ways offered={ownWays} compact={compact} />;
}

function Ways({ offered, compact }: { offered: readonly Way[]; compact: boolean }) {
  const t = useText();
  const [chosen, choose] = useState<Way | null>(null);
  const [first] = offered;
  const shown = offered.find((way) => way === chosen && !(compact && way.isLargeOnly)) ?? first;
  if (!shown) return null;
  return (
    <shown.Content
      compact={compact}
      ways={
        <fieldset aria-label={t('Where to begin')} className="flex gap-1">
          {offered.map((way) => (
            <ToolButton key={way.label} pressed={way === shown} onClick={() => choose(way)}>
              {t(way.label)}
            </ToolButton>
          ))}
        </fieldset>
      }
    />
  );
}
