import { useEffect, useRef } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { colorOf } from '@/app/_ui/person';
import type { Person, Place } from '@/lib/protocol/messages';

/** Where a cursor is on this page, in pixels; `null` where its anchor can't be seen. */
function locate(cursor: Place | null): { x: number; y: number } | null {
  if (cursor?.kind !== 'plane') return null;
  const anchor = document.querySelector(`[data-anchor="${CSS.escape(cursor.anchor)}"]`);
  if (!anchor?.checkVisibility()) return null;
  const box = anchor.getBoundingClientRect();
  const x = box.left + cursor.x * box.width;
  const y = box.top + cursor.y * box.height;
  const clip = anchor.closest('[data-clip]')?.getBoundingClientRect();
  return clip && (y < clip.top || y > clip.bottom) ? null : { x, y };
}

/** Somebody's cursor. Moved outside React: positions come 20 times a second and person. */
export function Cursor({ person }: { person: Person }) {
  const { presence } = useRoom();
  const element = useRef<HTMLDivElement>(null);
  const { client } = person;
  useEffect(() => {
    const place = () => {
      const at = locate(presence.peers.get(client)?.place ?? null);
      if (!element.current) return;
      element.current.style.opacity = at ? '1' : '0';
      if (at) element.current.style.transform = `translate(${at.x}px, ${at.y}px)`;
    };
    place();
    const stop = presence.onMove(place);
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      stop();
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  }, [presence, client]);
  return (
    <div
      ref={element}
      data-cursor={client}
      className="absolute top-0 left-0 opacity-0 transition-[transform,opacity] duration-100 ease-linear"
    >
      <svg width="16" height="20" viewBox="0 0 16 20" className="drop-shadow-sm">
        <title>{person.name}</title>
        <path
          d="M1 1l13 10-6 1-3.5 6z"
          fill={colorOf(person)}
          stroke="var(--paper)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      </svg>
      <span
        className="absolute top-4 left-3 max-w-40 truncate rounded-full px-2 text-xs leading-5 font-medium whitespace-nowrap text-paper"
        style={{ background: colorOf(person) }}
      >
        {person.name}
      </span>
    </div>
  );
}
