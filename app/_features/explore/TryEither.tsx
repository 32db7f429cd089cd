'use client';

import { useState } from 'react';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { TryCoding } from './TryCoding';
import { TryGenerator } from './TryGenerator';

/** Of a model that codes pictures and has a prior: from a picture's coding, or from noise, as each likes. */
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
