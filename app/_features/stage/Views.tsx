'use client';

import { Expand, Shrink } from 'lucide-react';
import { type ComponentType, lazy, Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { useFrameStore, useRoom } from '@/app/_hooks/context';
import { useModel } from '@/app/_hooks/recipe';
import { useCloudSource } from '@/app/_hooks/useCloudSource';
import { useStore } from '@/app/_hooks/useStore';
import { IconButton } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import styles from '@/app/_view/stage.module.css';
import { ViewAnchor } from '@/app/_view/ViewConcepts';
import { sources } from '@/lib/catalog/sources';
import type { PlainMessage } from '@/lib/text/keys';
import { EmptyStage } from './EmptyStage';
import { useSwap } from './useSwap';

const PastNote = lazy(async () => ({ default: (await import('./PastNote')).PastNote }));

/** One way of looking at a run, large or in a corner. */
export interface View {
  readonly id: string;
  readonly title: PlainMessage;
  readonly Content: ComponentType<{ compact: boolean }>;
  /** Whether it shows the present weights, whatever moment is looked at. */
  readonly isLive?: true;
}

/** A view before the first run. */
function Expectation({ compact }: { compact: boolean }) {
  return <EmptyStage model={useModel()} compact={compact} />;
}
export const promiseView: View = { id: 'promise', title: 'What to expect', Content: Expectation };

/** One view large, the others in a row of tiles; a press on a tile makes its view large. */
export function Views({ views }: { views: readonly View[] }) {
  const t = useText();
  const stage = useRef<HTMLDivElement>(null);
  const [chosen, swap] = useSwap(stage);
  useWantedView(views, swap);
  // The chosen one may be of another model, or have gone with the generator that it showed.
  const large = views.some(({ id }) => id === chosen) ? chosen : views[0]?.id;
  const isPast = useStore(useFrameStore().moment) !== null;
  const source = useCloudSource();
  const titleOf = ({ id, title }: View) => t(id === 'latent-space' ? sources[source].title : title);
  return (
    <div ref={stage} className={styles.stage}>
      <div className={styles.foot}>
        <ul aria-label={t('Views')} className={styles.row}>
          {views.map((view) => (
            <li key={view.id} className={styles.tile}>
              <Place view={view} title={titleOf(view)} isLarge={view.id === large} onEnlarge={swap} />
            </li>
          ))}
        </ul>
        <Suspense>
          {isPast && <PastNote isLive={views.find(({ id }) => id === large)?.isLive ?? false} />}
        </Suspense>
      </div>
      <FullScreen />
    </div>
  );
}

interface PlaceProps {
  view: View;
  title: string;
  isLarge: boolean;
  onEnlarge(id: string): void;
}

/** A view in its tile, or large, with its name in the tile's place. */
function Place({ view, title, isLarge, onEnlarge }: PlaceProps) {
  const t = useText();
  return (
    <>
      <section
        data-view={view.id}
        data-anchor={`view:${view.id}`}
        data-large={isLarge ? view.id : undefined}
        className={isLarge ? styles.large : styles.small}
      >
        <ViewAnchor value={`view:${view.id}`}>
          <Suspense>
            <view.Content compact={!isLarge} />
          </Suspense>
        </ViewAnchor>
      </section>
      {isLarge ? (
        <p className={styles.current}>
          <span>{title}</span>
        </p>
      ) : (
        <button
          type="button"
          title={title}
          data-anchor={`view:${view.id}`}
          aria-label={t('Enlarge {view}', { view: title })}
          onClick={({ currentTarget }) => {
            onEnlarge(view.id);
            currentTarget.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
          }}
          className={styles.enlarge}
        >
          <span>{title}</span>
        </button>
      )}
    </>
  );
}

/** Enlarges the view that a concept's card asks for. */
function useWantedView(views: readonly View[], swap: (id: string) => void): void {
  const { wantedView } = useRoom();
  const wanted = useStore(wantedView);
  useEffect(() => {
    if (wanted === null) return;
    if (views.some(({ id }) => id === wanted)) swap(wanted);
    wantedView.set(null);
  }, [wanted, wantedView, views, swap]);
}

function subscribeToFullScreen(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

/**
 * For the projector: what is presented stays of the page (`presenting` in app/globals.css), dialogs and cursors too.
 * Not shown where the browser has no full screen.
 */
function FullScreen() {
  const t = useText();
  const isFull = useSyncExternalStore(
    subscribeToFullScreen,
    () => document.fullscreenElement !== null,
    () => false,
  );
  const isOffered = useSyncExternalStore(
    () => () => {},
    () => document.fullscreenEnabled,
    () => false,
  );
  if (!isOffered) return null;
  const toggle = () => (isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  return (
    <div className="absolute top-1.5 right-2 z-20">
      <IconButton
        icon={isFull ? Shrink : Expand}
        label={t(isFull ? 'Leave full screen' : 'Full screen')}
        onClick={() => void toggle()}
      />
    </div>
  );
}
