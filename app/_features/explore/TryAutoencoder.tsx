'use client';

import { type ComponentType, useState } from 'react';
import { useRun } from '@/app/_hooks/context';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { modelOf } from '@/lib/catalog/models';
import type { PlainMessage } from '@/lib/text/keys';
import { TryCoding, type TryProps } from './TryCoding';
import { TryGenerator } from './TryGenerator';
import { TryGrid } from './TryGrid';

type Way = 'picture' | 'noise' | 'grid';

const ways: Readonly<Record<Way, { label: PlainMessage; Content: ComponentType<TryProps> }>> = {
  picture: { label: 'A picture', Content: TryCoding },
  noise: { label: 'Noise', Content: TryGenerator },
  grid: { label: 'A grid', Content: TryGrid },
};

/** For an autoencoder: exploring a picture's coding, a grid of codings or, with a prior, a walk between noises, as each person likes. */
export function TryAutoencoder({ compact = false }: { compact?: boolean }) {
  const t = useText();
  const [chosen, choose] = useState<Way>('picture');
  const model = useRun()?.spec.recipe.model;
  const hasPrior = model !== undefined && modelOf(model).explores.includes('walk');
  const offered: readonly Way[] = hasPrior ? ['picture', 'noise', 'grid'] : ['picture', 'grid'];
  const shown = offered.includes(chosen) ? chosen : 'picture';
  const { Content } = ways[shown];
  return (
    <Content
      compact={compact}
      ways={
        <fieldset aria-label={t('Where to begin')} className="flex gap-1">
          {offered.map((way) => (
            <ToolButton key={way} pressed={way === shown} onClick={() => choose(way)}>
              {t(ways[way].label)}
            </ToolButton>
          ))}
        </fieldset>
      }
    />
  );
}
