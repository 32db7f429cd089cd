import { useMemo, useSyncExternalStore } from 'react';
import { useFrameStore } from '@/app/_hooks/context';
import { useStore } from '@/app/_hooks/useStore';
import { type DiversityPoint, watchOf } from '@/lib/runs/diversity';

/** The diversity of the samples that are shown, and since when they have been collapsed, if they are. */
export function useDiversity(): { shown: DiversityPoint | null; collapsedSince: number | null } {
  const frames = useFrameStore();
  const moment = useStore(frames.moment);
  const read = () => frames.get('metrics')?.history.diversity.at(-1) ?? null;
  const newest = useSyncExternalStore(
    (listener) => frames.subscribe('metrics', listener),
    read,
    () => null,
  );
  return useMemo(() => {
    const all = newest ? (frames.get('metrics')?.history.diversity ?? []) : [];
    const points = moment === null ? all : all.filter(({ step }) => step <= moment);
    const watch = watchOf(points);
    return {
      shown: points.at(-1) ?? null,
      collapsedSince: watch.verdict === 'collapsed' ? watch.since : null,
    };
  }, [frames, newest, moment]);
}
