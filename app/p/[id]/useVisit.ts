import { useEffect } from 'react';
import { useConnection } from '@/app/_hooks/context';
import { useTitle } from '@/app/_hooks/recipe';
import { noteVisit } from '@/app/_room/recent';
import { useText } from '@/app/_ui/language';
import { UNTITLED } from '@/lib/text/names';

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
