'use client';

import { Images, type LucideIcon, Maximize, Orbit, SlidersHorizontal } from 'lucide-react';
import { lazy, type RefObject, Suspense, useState } from 'react';
import { useCloudSource } from '@/app/_hooks/useCloudSource';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import type { Cloud } from '@/app/_room/frameStore';
import { type Text, useText } from '@/app/_ui/language';
import { useMedia } from '@/app/_ui/useMedia';
import { LivingCloud } from '@/app/_view/living';
import { ToolButton } from '@/app/_view/ToolButton';
import { ViewHeader } from '@/app/_view/ViewHeader';
import { type SubjectKind, sources } from '@/lib/catalog/sources';
import type { PlainMessage } from '@/lib/text/keys';
import { ClassLegend } from './ClassLegend';
import type { CloudHit } from './cloudMath';
import type { CloudScene } from './cloudScene';
import type { Colouring } from './colouring';
import type { Found } from './findInCloud';
import { useCloud } from './useCloud';

const CloudPanel = lazy(async () => ({ default: (await import('./CloudPanel')).CloudPanel }));
const ScaleLegend = lazy(async () => ({ default: (await import('./ScaleLegend')).ScaleLegend }));
const CloudCards = lazy(async () => ({ default: (await import('./CloudCards')).CloudCards }));

const failures = {
  unsupported: 'This browser shows no 3D graphics (WebGL 2), so the cloud can’t be drawn here.',
  unloaded: 'The 3D view could not be loaded. Reload the page once the connection is back.',
  lost: 'The graphics card has dropped this view. It comes back by itself.',
} as const;

/** A window in which a tile is too small for a cloud. */
const PHONE = '(width < 640px)';

/** The cloud: rows of a source, projected to points in space or in the plane. */
export function LatentSpace({ compact = false }: { compact?: boolean }) {
  const [colouring, setColouring] = useState<Colouring>('class');
  const isPhone = useMedia(PHONE, false);
  // No clouds are fetched and drawn there for what can't be made out.
  if (compact && isPhone) return <LivingCloud />;
  return <Space compact={compact} colouring={colouring} onColouring={setColouring} />;
}

interface SpaceProps {
  compact: boolean;
  colouring: Colouring;
  onColouring(colouring: Colouring): void;
}

function Space({ compact, colouring, onColouring }: SpaceProps) {
  const { title, subjects } = sources[useCloudSource()];
  const [hit, setHit] = useState<CloudHit | null>(null);
  const { chosen, isolated, selected, setChosen, setIsolated, setAlone, find } = usePicked(subjects);
  const [hasThumbnails, setThumbnails] = useState(false);
  const [hasPanel, setPanel] = useState(false);
  const looks = { isLarge: !compact, isolated, colouring, chosen, selected };
  const { canvas, scene, failure, isTurning } = useCloud(looks, setHit, setChosen);
  const hasCards = useLatch(hasThumbnails || hit !== null || chosen !== null);
  const classes = useClasses();
  return (
    <>
      <Drawing canvas={canvas} label={title} isReached={!compact} />
      {failure && <Failure text={failures[failure]} />}
      {!compact && (
        <>
          <Tools
            title={title}
            scene={scene}
            isTurning={isTurning}
            panel={[hasPanel, setPanel]}
            thumbnails={[hasThumbnails, setThumbnails]}
          />
          <Legends
            scene={scene}
            colouring={colouring}
            classes={classes}
            isolated={isolated}
            onIsolate={setIsolated}
          />
        </>
      )}
      <Suspense>
        {!compact && hasPanel && (
          <CloudPanel
            hasClasses={classes !== undefined}
            colouring={colouring}
            onColouring={onColouring}
            onFound={find}
            onKeep={() => scene?.position()}
            onReturn={(position) => scene?.lookFrom(position)}
          />
        )}
      </Suspense>
      <Suspense>
        {hasCards && (
          <CloudCards
            scene={scene}
            hasThumbnails={hasThumbnails}
            hit={compact ? null : hit}
            chosen={compact ? null : chosen}
            onChoose={setChosen}
            onAlone={setAlone}
          />
        )}
      </Suspense>
    </>
  );
}

/** Names of the classes of the points; `undefined` if they have none. */
function useClasses(): readonly string[] | undefined {
  const assets = useSnapshot('assets');
  return useSnapshot('points')?.classes ?? assets?.classes;
}

/** The chosen point, class and group of points; reset when the points' subjects become others. */
function usePicked(subjects: SubjectKind) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [isolated, setIsolated] = useState<number | null>(null);
  const [found, setFound] = useState<readonly number[] | null>(null);
  const [alone, setAlone] = useState<readonly number[] | null>(null);
  const [known, setKnown] = useState(subjects);
  const find = ({ point, category, points }: Found) => {
    setChosen(point);
    setIsolated(category);
    setFound(points);
  };
  if (known !== subjects) {
    setKnown(subjects);
    find({ point: null, category: null, points: null });
  }
  return { chosen, isolated, selected: alone ?? found, setChosen, setIsolated, setAlone, find };
}

interface DrawingProps {
  canvas: RefObject<HTMLCanvasElement | null>;
  label: PlainMessage;
  /** Whether keys reach it. */
  isReached: boolean;
}

function Drawing({ canvas, label, isReached }: DrawingProps) {
  const t = useText();
  const cloud = useSnapshot('points');
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={t(label)}
      aria-description={describe(t, cloud)}
      data-step={cloud?.step}
      data-projection={cloud?.projection}
      data-source={cloud?.source}
      data-layer={cloud?.layer}
      data-iteration={cloud?.iteration}
      tabIndex={isReached ? 0 : -1}
      className="absolute inset-0 size-full cursor-grab rounded-xl active:cursor-grabbing"
    />
  );
}

type Switch = readonly [isOn: boolean, onTurn: (isOn: boolean) => void];

interface ToolsProps {
  title: PlainMessage;
  scene: CloudScene | null;
  isTurning: boolean;
  panel: Switch;
  thumbnails: Switch;
}

function Tools({ title, scene, isTurning, panel, thumbnails }: ToolsProps) {
  const t = useText();
  const [hasPanel, onPanel] = panel;
  const [hasThumbnails, onThumbnails] = thumbnails;
  return (
    <ViewHeader title={title} about={<Made />}>
      <Toggle icon={SlidersHorizontal} label="Settings" isOn={hasPanel} onTurn={onPanel} />
      <Toggle icon={Images} label="Thumbnails" isOn={hasThumbnails} onTurn={onThumbnails} />
      <Toggle icon={Orbit} label="Turn" isOn={isTurning} onTurn={(isOn) => scene?.setTurning(isOn)} />
      <ToolButton icon={Maximize} onClick={() => scene?.fitView()}>
        {t('Fit view')}
      </ToolButton>
    </ViewHeader>
  );
}

interface LegendsProps {
  scene: CloudScene | null;
  colouring: Colouring;
  classes: readonly string[] | undefined;
  isolated: number | null;
  onIsolate(category: number | null): void;
}

/** What the colours stand for. */
function Legends({ scene, colouring, classes, isolated, onIsolate }: LegendsProps) {
  return (
    <div className="z-10 row-start-2 m-2 flex min-w-0 max-w-[calc(100%-1rem)] flex-col items-end gap-1 self-end justify-self-end">
      <Suspense>
        {scene && colouring !== 'class' && <ScaleLegend scene={scene} colouring={colouring} />}
      </Suspense>
      {classes && <ClassLegend classes={classes} isolated={isolated} onIsolate={onIsolate} />}
    </div>
  );
}

function Failure({ text }: { text: PlainMessage }) {
  const t = useText();
  return (
    <p className="absolute inset-0 m-auto size-fit max-w-xs p-4 text-center text-sm text-ink-soft">
      {t(text)}
    </p>
  );
}

/** True once `isNow` has been true. */
function useLatch(isNow: boolean): boolean {
  const [wasEver, setEver] = useState(isNow);
  if (isNow && !wasEver) setEver(true);
  return wasEver;
}

interface ToggleProps {
  icon: LucideIcon;
  label: PlainMessage;
  isOn: boolean;
  onTurn(isOn: boolean): void;
}

function Toggle({ icon, label, isOn, onTurn }: ToggleProps) {
  const t = useText();
  return (
    <ToolButton icon={icon} pressed={isOn} onClick={() => onTurn(!isOn)}>
      {t(label)}
    </ToolButton>
  );
}

function describe(t: Text, cloud: { count: number; step: number } | null): string {
  if (!cloud) return t('Nothing yet');
  const { count, step } = cloud;
  return t('{count} points after training step {step}. Arrow keys turn the cloud, plus and minus zoom.', {
    count,
    step,
  });
}

const names = { pca: 'PCA', tsne: 't-SNE', umap: 'UMAP' } as const;

/** The projection's result: the share of variance that PCA's axes explain, or the iterations of t-SNE and UMAP. */
function Made() {
  const t = useText();
  const cloud = useSnapshot('points');
  if (!cloud) return null;
  return (
    <p
      className="text-xs text-ink-soft tabular-nums max-sm:hidden"
      title={
        cloud.projection === 'pca'
          ? t('Share of the codings’ variance that these three axes show')
          : undefined
      }
    >
      {made(t, cloud)}
    </p>
  );
}

function made(t: Text, { projection, explained, iteration = 0 }: Cloud): string {
  const share = explained.slice(0, 3).reduce((sum, each) => sum + each, 0);
  if (projection === 'pca') return t('PCA, {share} % of the variance', { share: Math.round(100 * share) });
  const method = names[projection];
  if (iteration === 0) return t('{method}, finding neighbours', { method });
  return t('{method}, {n} {n|iteration|iterations}', { method, n: iteration });
}
