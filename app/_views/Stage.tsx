'use client';

import { Expand, Shrink } from 'lucide-react';
import { type ComponentType, type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import { useRun } from '../_client/context';
import { whenIdle } from '../_client/idle';
import { IconButton } from '../_ui/Button';
import { EmptyStage } from './EmptyStage';
import { LatentSpace } from './LatentSpace';
import { Reconstructions } from './Reconstructions';
import styles from './stage.module.css';
import { useSwap } from './useSwap';

interface View {
  readonly id: string;
  readonly title: string;
  readonly Content: ComponentType<{ compact: boolean }>;
}

const views: readonly View[] = [
  { id: 'reconstructions', title: 'Reconstructions', Content: Reconstructions },
  { id: 'latent-space', title: 'Latent space', Content: LatentSpace },
];

/** What the room looks at: one view large, the others small; a press on a small one makes it large. */
export function Stage() {
  const stage = useRef<HTMLDivElement>(null);
  const [large, swap] = useSwap(stage, 'reconstructions');
  // The first run shouldn't wait for three.js.
  useEffect(() => whenIdle(() => void import('./cloudScene').catch(() => null)), []);
  if (useRun() === null) return <EmptyStage />;
  return (
    <div ref={stage} className={styles.stage}>
      {views.map(({ id, title, Content }) => (
        <section key={id} className={id === large ? styles.large : styles.small}>
          <Content compact={id !== large} />
          {id !== large && (
            <button
              type="button"
              title={title}
              onClick={() => swap(id)}
              className="absolute inset-0 rounded-xl transition-colors duration-150 hover:bg-ink/5"
            >
              <span className="sr-only">Enlarge {title}</span>
            </button>
          )}
        </section>
      ))}
      <FullScreen target={stage} />
    </div>
  );
}

function subscribeToFullScreen(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

/** For the projector. Not shown where the browser has no full screen. */
function FullScreen({ target }: { target: RefObject<HTMLElement | null> }) {
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
        label={isFull ? 'Leave full screen' : 'Full screen'}
        onClick={() => void toggle()}
      />
    </div>
  );
}
