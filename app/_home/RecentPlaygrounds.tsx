'use client';

import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from '@/app/_hooks/useStore';
import { forgetVisit, recentVisits, type Visit } from '@/app/_room/recent';
import { IconButton } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { addressOf } from '@/lib/address';
import { UNTITLED } from '@/lib/text/names';

/** Playgrounds that this browser has opened, latest first; nothing for whoever comes for the first time. */
export function RecentPlaygrounds() {
  const t = useText();
  const [store] = useState(recentVisits);
  const visits = useStore(store);
  // The server renders none: only this browser knows.
  const [isHere, setIsHere] = useState(false);
  useEffect(() => setIsHere(true), []);
  if (!isHere || visits.length === 0) return null;
  return (
    <section aria-labelledby="recent" className="px-6 pb-12 lg:px-16">
      <h2 id="recent" className="mb-4 text-sm font-semibold">
        {t('Where you have been')}
      </h2>
      <ul className="flex snap-x gap-4 overflow-x-auto pb-2">
        {visits.map((visit) => (
          <Recent key={visit.id} visit={visit} />
        ))}
      </ul>
    </section>
  );
}

function Recent({ visit: { id, title, at } }: { visit: Visit }) {
  const t = useText();
  const name = title === UNTITLED ? t(UNTITLED) : title;
  const when = new Intl.DateTimeFormat(t.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  return (
    <li className="group relative w-56 shrink-0 snap-start">
      <a
        href={addressOf(`/p/${id}`)}
        className="block overflow-hidden rounded-xl border border-line bg-surface transition-[border-color] duration-150 hover:border-line-strong"
      >
        <img
          src={addressOf(`/api/previews/${id}`)}
          alt=""
          width={1200}
          height={630}
          loading="lazy"
          className="aspect-[1200/630] w-full bg-sunken object-cover"
        />
        <span className="block px-3 py-2">
          <span className="block truncate text-sm font-semibold">{name}</span>
          <span className="block text-xs text-ink-soft">{when}</span>
        </span>
      </a>
      <IconButton
        icon={X}
        label={t('Forget {title}', { title: name })}
        onClick={() => forgetVisit(id)}
        className="absolute! top-1 right-1 bg-surface/80"
      />
    </li>
  );
}
