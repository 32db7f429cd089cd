import { useEffect, useState } from 'react';
import { useConnection, useRoom } from '@/app/_hooks/context';
import { useStore } from '@/app/_hooks/useStore';
import { useText } from '@/app/_ui/language';
import type { PlainMessage } from '@/lib/text/keys';
import { useOnline } from './StaleNote';

/** Milliseconds that an edit may stay unacknowledged before the page says so; most take a few. */
const SAVING_AFTER_MS = 400;

function useSaving(): boolean {
  const unsaved = useStore(useRoom().outbox.unsaved);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!unsaved) return;
    const timer = setTimeout(() => setSlow(true), SAVING_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [unsaved]);
  return unsaved && slow;
}

function useStatus(): { text: PlainMessage; color: string } {
  const state = useConnection();
  const online = useOnline();
  const saving = useSaving();
  switch (state.kind) {
    case 'connecting':
      return { text: 'Connecting', color: 'bg-ink-faint animate-pulse' };
    case 'live':
      return saving
        ? { text: 'Saving', color: 'bg-ink-faint animate-pulse' }
        : { text: 'Connected', color: 'bg-good' };
    case 'silent':
      return { text: online ? 'No answer' : 'Offline', color: 'bg-bad animate-pulse' };
    case 'reconnecting':
      return { text: online ? 'Reconnecting' : 'Offline', color: 'bg-bad animate-pulse' };
    case 'unreachable':
    case 'refused':
      return { text: 'Disconnected', color: 'bg-bad' };
  }
}

/** Whether this page hears the server and the server has its edits. */
export function ConnectionStatus() {
  const t = useText();
  const { text, color } = useStatus();
  return (
    <div
      role="status"
      aria-label={t('Connection')}
      className="flex items-center gap-2 text-xs text-ink-soft max-sm:[&>span:last-child]:sr-only"
    >
      <span aria-hidden className={`size-2 rounded-full ${color}`} />
      <span className="lg:w-20">{t(text)}</span>
    </div>
  );
}
