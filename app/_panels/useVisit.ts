import { useEffect } from 'react';
import { UNTITLED } from '@/lib/room/schema';
import { useConnection } from '../_client/context';
import { noteVisit } from '../_client/recent';
import { useTitle } from '../_client/recipe';
import { useText } from '../_ui/language';

/** Names the browser's tab after the playground, and remembers it for the first page. */
export function useVisit(id: string): void {
  const t = useText();
  const title = useTitle();
  const isLive = useConnection().kind === 'live';
  useEffect(() => {
    if (title === undefined) return;
    document.title = `${title === UNTITLED ? t(UNTITLED) : title} · Colatent`;
  }, [title, t]);
  useEffect(() => {
    if (isLive && title !== undefined) noteVisit({ id, title, at: Date.now() });
  }, [id, title, isLive]);
}
