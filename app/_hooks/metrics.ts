import { useSyncExternalStore } from 'react';
import type { Metrics } from '@/app/_room/frameStore';
import { useFrameStore, useRun } from './context';

/** The newest metrics of the run; renders with each metrics frame. */
export function useMetrics(): Metrics | null {
  const frames = useFrameStore();
  const read = () => frames.get('metrics');
  return useSyncExternalStore((listener) => frames.subscribe('metrics', listener), read, read);
}

/** How fast the run trains, or last did, to two digits, so that it renders seldom; 0 while unknown. */
export function useStepsPerSecond(): number {
  const frames = useFrameStore();
  const read = () => Number((frames.get('metrics')?.pace?.stepsPerSecond ?? 0).toPrecision(2));
  return useSyncExternalStore((listener) => frames.subscribe('metrics', listener), read, read);
}

/** What computes the run; `null` while that isn't known. Renders only when it changes. */
export function useExecutor(): string | null {
  const frames = useFrameStore();
  const status = useRun()?.status;
  const read = () => frames.get('metrics')?.pace?.executor ?? null;
  const streamed = useSyncExternalStore((listener) => frames.subscribe('metrics', listener), read, read);
  return status?.state === 'training' ? status.executor : streamed;
}
