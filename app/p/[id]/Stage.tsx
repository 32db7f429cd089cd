'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { EmptyStage } from '@/app/_features/stage/EmptyStage';
import { useGenerator, useRoom, useRun } from '@/app/_hooks/context';
import { useModel } from '@/app/_hooks/recipe';
import { useStore } from '@/app/_hooks/useStore';
import { whenIdle } from '@/app/_room/idle';
import { type ModelId, modelOf } from '@/lib/catalog/models';
import type { ViewId } from '@/lib/catalog/models/description';

/** Loaded with the first run, or when somebody wants to see the network: a fresh playground has nothing else to look at. */
const StageViews = lazy(async () => ({ default: (await import('./StageViews')).StageViews }));

/** The code of views that runs show first. */
const firstViews: Readonly<Partial<Record<ViewId, () => Promise<unknown>>>> = {
  reconstructions: () => import('@/app/_features/pictures/Reconstructions'),
  samples: () => import('@/app/_features/pictures/Samples'),
  text: () => import('@/app/_features/writing/Writing'),
};

/** Loads what a run will show, in the order in which it will. */
async function preload(model: ModelId): Promise<void> {
  await Promise.all([import('./StageViews'), firstViews[modelOf(model).views[0]]?.()]);
  await import('@/app/_features/cloud/cloudScene');
}

/** What the room looks at: the views of the run's model. */
export function Stage() {
  const run = useRun();
  const planned = useModel();
  const model = run?.spec.recipe.model ?? planned;
  const isThere = useStore(useRoom().document.ready);
  // The first run shouldn't wait for code; if some doesn't come now, it is asked for again when it is shown.
  useEffect(
    () => (isThere ? whenIdle(() => void preload(model).catch(() => null)) : undefined),
    [isThere, model],
  );
  const hasGenerator = useGenerator() !== null;
  const [asksNetwork, setAsksNetwork] = useState(false);
  const empty = <EmptyStage model={model} onNetwork={() => setAsksNetwork(true)} />;
  if (!run && !hasGenerator && !asksNetwork) return empty;
  return (
    <Suspense fallback={empty}>
      <StageViews model={run && model} hasGenerator={hasGenerator} />
    </Suspense>
  );
}
