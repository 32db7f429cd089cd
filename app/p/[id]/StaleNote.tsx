import { CloudOff } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConnection, useRoom } from '@/app/_hooks/context';
import { useStore } from '@/app/_hooks/useStore';
import { type Text, useText } from '@/app/_ui/language';

/** Milliseconds that a connection may be away before the page speaks of it, unless the browser itself is offline. */
const PATIENCE_MS = 1000;
const MINUTE = 60;
const HOUR = 3600;

function subscribeOnline(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

export function useOnline(): boolean {
  return useSyncExternalStore(
    subscribeOnline,
    () => navigator.onLine,
    () => true,
  );
}

/** When the server was last heard, by this page's clock; `null` while it is heard. */
function useHeardAt(): number | null {
  const state = useConnection();
  return state.kind === 'silent' || state.kind === 'reconnecting' ? state.heardAt : null;
}

/** Milliseconds since then, once a second. */
function useAge(since: number | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (since === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [since]);
  return since === null ? null : Math.max(0, now - since);
}

/** "14 s", "3 min", "2 h". */
export function ageText(milliseconds: number, t: Text): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < MINUTE) return t('{n} s', { n: seconds });
  return seconds < HOUR
    ? t('{n} min', { n: Math.floor(seconds / MINUTE) })
    : t('{n} h', { n: Math.floor(seconds / HOUR) });
}

/** While the server isn't heard: greys what would be live, says how old it is and what becomes of edits. */
export function StaleNote() {
  const t = useText();
  const online = useOnline();
  const age = useAge(useHeardAt());
  const unsaved = useStore(useRoom().outbox.unsaved);
  const isStale = age !== null && (!online || age >= PATIENCE_MS);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-stale', isStale);
    return () => document.documentElement.removeAttribute('data-stale');
  }, [isStale]);
  const wouldLose = isStale && unsaved;
  useEffect(() => {
    if (!wouldLose) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [wouldLose]);
  if (!isStale) return null;
  return (
    <section
      aria-label={t('Without connection')}
      className="fixed inset-x-4 top-16 z-40 mx-auto flex w-fit max-w-xl items-start gap-4 rounded-2xl border border-line bg-surface px-6 py-4 text-sm shadow-(--shadow)"
    >
      <CloudOff aria-hidden size={20} className="mt-0.5 shrink-0 text-bad" />
      <div>
        <p className="font-medium">
          <span role="status">{online ? t('The server is not heard') : t('You are offline')}</span>
          <span className="text-ink-soft tabular-nums">
            {' · '}
            {t('as of {age} ago', { age: ageText(age, t) })}
          </span>
        </p>
        <p className="mt-1 text-ink-soft">
          {unsaved
            ? t('Your changes wait on this page and are sent when the connection is back. Keep it open.')
            : t('You can go on changing the recipe: it is sent when the connection is back.')}{' '}
          {!online && t('A training goes on without you.')}
        </p>
      </div>
    </section>
  );
}
