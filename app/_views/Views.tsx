'use client';

import { Expand, Shrink } from 'lucide-react';
import {
  type CSSProperties,
  lazy,
  type RefObject,
  Suspense,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import type { ModelId } from '@/lib/catalog/models';
import { sources } from '@/lib/catalog/sources';
import { useFrameStore, useRoom, useStore } from '../_client/context';
import { useModel } from '../_client/recipe';
import { IconButton } from '../_ui/Button';
import { useText } from '../_ui/language';
import { EmptyStage } from './EmptyStage';
import styles from './stage.module.css';
import { useCloudSource } from './useCloudSource';
import { useSwap } from './useSwap';
import { ViewPlace } from './ViewConcepts';
import { generatorView, networkView, type View, viewsOf } from './viewsOf';

const PastNote = lazy(async () => ({ default: (await import('./PastNote')).PastNote }));

interface ViewsProps {
  /** The run's; `null` without one. */
  model: ModelId | null;
  /** Whether somebody brought a generator along. */
  hasGenerator: boolean;
}

/** The views of a run, or of what will be trained, and of a generator of one's own. */
export function Views({ model, hasGenerator }: ViewsProps) {
  const own = hasGenerator ? [generatorView] : [];
  const views = model ? [...viewsOf[model], networkView, ...own] : [...own, networkView, promiseView];
  return <Arrangement key={model} views={views} />;
}

/** Before the first run: what will appear. */
function Expectation({ compact }: { compact: boolean }) {
  return <EmptyStage model={useModel()} compact={compact} />;
}
const promiseView: View = { id: 'promise', title: 'What to expect', Content: Expectation };

/** One view large, the others small; a press on a small one makes it large. */
function Arrangement({ views }: { views: readonly View[] }) {
  const t = useText();
  const stage = useRef<HTMLDivElement>(null);
  const [chosen, swap] = useSwap(stage, views[0]?.id ?? '');
  useWantedView(views, swap);
  // The chosen one may have gone, with the generator that it showed.
  const large = views.some(({ id }) => id === chosen) ? chosen : views[0]?.id;
  const isPast = useStore(useFrameStore().playhead) !== null;
  const source = useCloudSource();
  const titleOf = ({ id, title }: View) => t(id === 'latent-space' ? sources[source].title : title);
  const small = views.filter(({ id }) => id !== large);
  return (
    <div ref={stage} className={styles.stage} style={{ '--count': small.length } as CSSProperties}>
      {views.map((view) => {
        const place = small.indexOf(view);
        return (
          <section
            key={view.id}
            className={place < 0 ? styles.large : styles.small}
            data-large={place < 0 ? view.id : undefined}
            style={{ '--place': place } as CSSProperties}
          >
            <ViewPlace value={`view:${view.id}`}>
              <Suspense>
                <view.Content compact={place >= 0} />
              </Suspense>
            </ViewPlace>
            {place >= 0 && (
              <button
                type="button"
                aria-label={t('Enlarge {view}', { view: titleOf(view) })}
                onClick={() => swap(view.id)}
                className={styles.enlarge}
              >
                <span>{titleOf(view)}</span>
              </button>
            )}
          </section>
        );
      })}
      <Suspense>
        {isPast && <PastNote isLive={views.find(({ id }) => id === large)?.isLive ?? false} />}
      </Suspense>
      <FullScreen target={stage} />
    </div>
  );
}

/** Enlarges what a concept's card asks for. */
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

/** For the projector. Not shown where the browser has no full screen. */
function FullScreen({ target }: { target: RefObject<HTMLElement | null> }) {
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
  const toggle = () => (isFull ? document.exitFullscreen() : target.current?.requestFullscreen());
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
