import { useEffect, useState } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { useStore } from '@/app/_hooks/useStore';
import { ReelReader } from '@/app/_room/reel';
import { Scrubber, type ScrubState } from '@/app/_room/scrubber';
import { createStore } from '@/app/_room/store';
import { forgetStep, keepStep, onTravel, stepInAddress } from '@/app/_room/viewAddress';
import { prefersReducedMotion } from '@/app/_view/animation';

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
