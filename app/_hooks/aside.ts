import { useEffect, useState } from 'react';
import { loadPastRuns } from '@/app/_room/pastRuns';
import { limits } from '@/lib/protocol/limits';
import type { LogEntry } from '@/lib/protocol/messages';
import { useLog, usePresentRun, useRoom } from './context';

/** The run that the deed of a log entry set aside; `null` for none. */
export const asideBy = ({ what }: LogEntry): string | null => (what.kind === 'command' && what.aside) || null;

/** A reset whose run can still be brought back. */
export interface RecentReset {
  readonly entry: LogEntry;
  readonly run: string;
  /** Seconds until the offer ends. */
  readonly left: number;
}

/** The newest reset while its offer lasts; `null` for none. */
export function useRecentReset(): RecentReset | null {
  const room = useRoom();
  const present = usePresentRun()?.spec.id;
  const entry = useLog().findLast(({ what }) => what.kind === 'command' && what.command === 'reset');
  const run = entry ? asideBy(entry) : null;
  const until = entry && run !== null && run !== present ? entry.time + limits.bringBackMs : 0;
  const [now, setNow] = useState(() => room.now());
  useEffect(() => {
    const tick = () => setNow(room.now());
    tick();
    if (until <= room.now()) return;
    const timer = setInterval(() => {
      tick();
      if (until <= room.now()) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [room, until]);
  return entry && run !== null && now < until ? { entry, run, left: Math.ceil((until - now) / 1000) } : null;
}

const none: ReadonlySet<string> = new Set();

/** Ids of the earlier runs that the playground keeps. Fetched only if the log mentions one. */
export function useKeptRuns(): ReadonlySet<string> {
  const room = useRoom();
  const present = usePresentRun()?.spec.id;
  const newest = useLog().findLast((entry) => asideBy(entry) !== null)?.id;
  const [kept, setKept] = useState(none);
  useEffect(() => {
    if (newest === undefined) return;
    let isHere = true;
    loadPastRuns(room.runAddress()).then(
      (runs) => isHere && setKept(new Set(runs.map(({ spec }) => spec.id).filter((id) => id !== present))),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [room, newest, present]);
  return kept;
}
