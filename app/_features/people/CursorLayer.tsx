import { lazy, Suspense, useEffect } from 'react';
import { usePeople, useRoom, useYou } from '@/app/_hooks/context';

/** Nobody else may be here. */
const Cursor = lazy(async () => ({ default: (await import('./Cursor')).Cursor }));

/** Sends where this page's mouse or pen points, relative to the nearest `data-anchor`. */
function useOwnCursor(): void {
  const { presence } = useRoom();
  useEffect(() => {
    const move = (event: PointerEvent) => {
      if (event.pointerType === 'touch' || !(event.target instanceof Element)) return;
      const anchor = event.target.closest<HTMLElement>('[data-anchor]');
      if (!anchor?.dataset.anchor) return presence.point(null);
      const box = anchor.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width;
      const y = (event.clientY - box.top) / box.height;
      presence.point({ kind: 'plane', anchor: anchor.dataset.anchor, x: round(x), y: round(y) });
    };
    const leave = () => presence.point(null);
    document.addEventListener('pointermove', move);
    document.documentElement.addEventListener('pointerleave', leave);
    return () => {
      document.removeEventListener('pointermove', move);
      document.documentElement.removeEventListener('pointerleave', leave);
    };
  }, [presence]);
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** The others' cursors over what they point at, each with its owner's name. */
export function CursorLayer() {
  useOwnCursor();
  const you = useYou();
  const others = usePeople().filter((person) => person.client !== you?.client);
  return (
    <div aria-hidden className="pointer-events-none fixed inset-0 z-30 overflow-hidden">
      <Suspense>
        {others.map((person) => (
          <Cursor key={person.client} person={person} />
        ))}
      </Suspense>
    </div>
  );
}
