'use client';

import { lazy, Suspense, useEffect } from 'react';
import { hasVariety } from '@/lib/catalog/models';
import { useGenerator, useRun } from '../_client/context';
import { whenIdle } from '../_client/idle';
import { useModel } from '../_client/recipe';
import { EmptyStage } from './EmptyStage';

/** Loaded with the first run: a fresh playground has nothing to look at. */
const Views = lazy(async () => ({ default: (await import('./Views')).Views }));

/** What the room looks at: the views of the run's model. */
export function Stage() {
  const run = useRun();
  const planned = useModel();
  const model = run?.spec.recipe.model ?? planned;
  // The first run shouldn't wait for three.js, nor for views that only some models have.
  useEffect(() => {
    if (model === 'autoencoder') return whenIdle(() => void import('./cloudScene').catch(() => null));
    if (hasVariety(model)) return whenIdle(() => void import('./Samples').catch(() => null));
  }, [model]);
  const hasGenerator = useGenerator() !== null;
  const empty = <EmptyStage model={model} />;
  if (!run && !hasGenerator) return empty;
  return (
    <Suspense fallback={empty}>
      <Views model={run && model} hasGenerator={hasGenerator} />
    </Suspense>
  );
}
