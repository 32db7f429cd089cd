'use client';

import { useState } from 'react';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { TryCoding } from './TryCoding';
import { TryGenerator } from './TryGenerator';

/** For a model with a prior: exploring a picture's coding or a walk between noises, as each person likes. */
export function TryEither({ compact = false }: { compact?: boolean }) {
  const t = useText();
  const [isNoise, setNoise] = useState(false);
  const ways = (
    <fieldset aria-label={t('Where to begin')} className="flex gap-1">
      <ToolButton pressed={!isNoise} onClick={() => setNoise(false)}>
        {t('A picture')}
      </ToolButton>
      <ToolButton pressed={isNoise} onClick={() => setNoise(true)}>
        {t('Noise')}
      </ToolButton>
    </fieldset>
  );
  const Way = isNoise ? TryGenerator : TryCoding;
  return <Way compact={compact} ways={ways} />;
}
