'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import type { ModelId } from '@/lib/catalog/models';
import { useGenerator, useRun } from '../_client/context';
import { whenIdle } from '../_client/idle';
import { useModel } from '../_client/recipe';
import { EmptyStage } from './EmptyStage';

/** Loaded with the first run, or when somebody wants to see the network: a fresh playground has nothing else to look at. */
const Views = lazy(async () => ({ default: (await import('./Views')).Views }));

const adversarial = () => Promise.all([import('./Views'), import('./Samples')]);
/** What the first run of each model will show; of the usual first one no more than what takes long. */
const preloads: Readonly<Record<ModelId, () => Promise<unknown>>> = {
  autoencoder: () => import('./cloudScene'),
  'char-rnn': () => Promise.all([import('./Views'), import('./Writing')]),
  gan: adversarial,
  dcgan: adversarial,
  stylegan: adversarial,
};

/** What the room looks at: the views of the run's model. */
export function Stage() {
  const run = useRun();
  const planned = useModel();
  const model = run?.spec.recipe.model ?? planned;
  // The first run shouldn't wait for three.js, nor for views that only some models have.
  useEffect(() => whenIdle(() => void preloads[model]().catch(() => null)), [model]);
  const hasGenerator = useGenerator() !== null;
  const [asksNetwork, setAsksNetwork] = useState(false);
  const empty = <EmptyStage model={model} onNetwork={() => setAsksNetwork(true)} />;
  if (!run && !hasGenerator && !asksNetwork) return empty;
  return (
    <Suspense fallback={empty}>
      <Views model={run && model} hasGenerator={hasGenerator} />
    </Suspense>
  );
}
