import { useCallback, useSyncExternalStore } from 'react';
import type { FrameTopic } from '@/app/_room/frameStore';
import { useFrameStore } from './context';

/** The newest snapshot of a topic, for what is text; canvases subscribe to the store themselves. */
export function useSnapshot<Topic extends FrameTopic>(topic: Topic) {
  const frames = useFrameStore();
  const subscribe = useCallback((listener: () => void) => frames.subscribe(topic, listener), [frames, topic]);
  const read = () => frames.get(topic);
  return useSyncExternalStore(subscribe, read, () => null);
}
