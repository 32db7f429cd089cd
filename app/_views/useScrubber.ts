import { useEffect, useState } from 'react';
import { useRoom, useStore } from '../_client/context';
import { forgetStep, keepStep, onTravel, stepInAddress } from '../_client/place';
import { ReelReader } from '../_client/reel';
import { Scrubber, type ScrubState } from '../_client/scrubber';
import { createStore } from '../_client/store';
import { prefersReducedMotion } from './animation';

const idle = createStore<ScrubState>({ stops: [], step: null, shown: null, isPlaying: false, speed: 1 });

/** The scrubber of a run, from its first announcement until another run or none takes its place; its step is in the address. */
export function useScrubber(run: string | undefined) {
  const room = useRoom();
  const [scrubber, setScrubber] = useState<Scrubber | null>(null);
  useEffect(() => {
    if (run === undefined) return;
    const created = new Scrubber(room.frames, new ReelReader(room.runAddress(run)), prefersReducedMotion);
    setScrubber(created);
    const travel = () => void created.travel(stepInAddress());
    const ends = [
      onTravel(travel),
      created.state.subscribe(() => keepStep(created.state.get().step)),
      forgetStep,
      () => created.close(),
    ];
    if (stepInAddress() !== null) travel();
    return () => {
      for (const end of ends) end();
    };
  }, [room, run]);
  return { scrubber, state: useStore(scrubber?.state ?? idle) };
}
