import { useCallback, useSyncExternalStore } from 'react';
import { useFrameStore } from '../_client/context';
import type { FrameTopic } from '../_client/frameStore';

/** The newest snapshot of a topic, for what is text; canvases subscribe to the store themselves. */
export function useSnapshot<Topic extends FrameTopic>(topic: Topic) {
  const frames = useFrameStore();
  const subscribe = useCallback((listener: () => void) => frames.subscribe(topic, listener), [frames, topic]);
  const read = () => frames.get(topic);
  return useSyncExternalStore(subscribe, read, () => null);
}
