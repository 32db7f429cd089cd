'use client';

import { Images, Maximize, Orbit } from 'lucide-react';
import { useState } from 'react';
import { type Text, useText } from '../_ui/language';
import { ClassLegend } from './ClassLegend';
import type { CloudHit } from './cloudMath';
import { PictureCard } from './PictureCard';
import { ToolButton } from './ToolButton';
import { useCloud } from './useCloud';
import { useSnapshot } from './useSnapshot';
import { ViewHeader } from './ViewHeader';

const failures = {
  unsupported: 'This browser shows no 3D graphics (WebGL 2), so the cloud can’t be drawn here.',
  unloaded: 'The 3D view could not be loaded. Reload the page once the connection is back.',
  lost: 'The graphics card has dropped this view. It comes back by itself.',
} as const;

/** The codings of the validation images as a cloud in 3D, coloured by class. */
export function LatentSpace({ compact = false }: { compact?: boolean }) {
  const t = useText();
  const [hit, setHit] = useState<CloudHit | null>(null);
  const [isolated, setIsolated] = useState<number | null>(null);
  const [hasThumbnails, setThumbnails] = useState(false);
  const { canvas, scene, failure, isTurning } = useCloud({ isolated, hasThumbnails, onHover: setHit });
  const assets = useSnapshot('assets');
  const cloud = useSnapshot('points');
  return (
    <>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('Latent space')}
        aria-description={describe(cloud?.count, cloud?.step, t)}
        data-step={cloud?.step}
        tabIndex={compact ? -1 : 0}
        className="absolute inset-0 size-full cursor-grab rounded-xl active:cursor-grabbing"
      />
      {failure && (
        <p className="absolute inset-0 m-auto size-fit max-w-xs p-4 text-center text-sm text-ink-soft">
          {t(failures[failure])}
        </p>
      )}
      {!compact && (
        <>
          <ViewHeader title="Latent space" about={<Variance explained={cloud?.explained} />}>
            <ToolButton icon={Images} pressed={hasThumbnails} onClick={() => setThumbnails(!hasThumbnails)}>
              {t('Thumbnails')}
            </ToolButton>
            <ToolButton icon={Orbit} pressed={isTurning} onClick={() => scene?.setTurning(!isTurning)}>
              {t('Turn')}
            </ToolButton>
            <ToolButton icon={Maximize} onClick={() => scene?.fitView()}>
              {t('Fit view')}
            </ToolButton>
          </ViewHeader>
          {assets && <ClassLegend classes={assets.classes} isolated={isolated} onIsolate={setIsolated} />}
          {hit && assets && <PictureCard assets={assets} hit={hit} />}
        </>
      )}
    </>
  );
}

function describe(count: number | undefined, step: number | undefined, t: Text): string {
  if (count === undefined || step === undefined) return t('Nothing yet');
  return t('{count} points after training step {step}. Arrow keys turn the cloud, plus and minus zoom.', {
    count,
    step,
  });
}

/** How much of the codings' variety three axes can show. */
function Variance({ explained }: { explained: readonly number[] | undefined }) {
  const t = useText();
  if (!explained) return null;
  const share = explained.slice(0, 3).reduce((sum, each) => sum + each, 0);
  return (
    <p
      className="text-xs text-ink-soft max-sm:hidden"
      title={t('Share of the codings’ variance that these three axes show')}
    >
      {t('PCA, {share} % of the variance', { share: Math.round(100 * share) })}
    </p>
  );
}
