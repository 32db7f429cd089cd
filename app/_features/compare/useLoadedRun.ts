import { useEffect, useState } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { type AssetImages, loadAssets } from '@/app/_room/assets';
import { loadCurve } from '@/app/_room/pastRuns';
import { ReelReader } from '@/app/_room/reel';
import { firstLayoutOf } from '@/app/_view/momentPainter';
import type { ModelId } from '@/lib/catalog/models';
import type { PastRun } from '@/lib/protocol/reel';
import type { History } from '@/lib/runs/history';

/** An earlier run, with all that is compared of it. */
export interface LoadedRun {
  readonly history: History;
  readonly reel: ReelReader;
  readonly assets: AssetImages | null;
}

/** `null` until it is there. A run that was dropped meanwhile never is. */
export function useLoadedRun({ spec, assets }: PastRun): LoadedRun | null {
  const room = useRoom();
  const [loaded, setLoaded] = useState<LoadedRun | null>(null);
  const address = room.runAddress(spec.id);
  useEffect(() => {
    let isGone = false;
    const reel = new ReelReader(address);
    Promise.all([loadCurve(address), assets && loadAssets(assets), reel.refresh()]).then(
      ([history, images]) => {
        if (!isGone) setLoaded({ history, reel, assets: images });
      },
      () => undefined,
    );
    return () => {
      isGone = true;
      reel.close();
    };
  }, [address, assets]);
  return loaded;
}

/** The steps of which a run keeps what its model shows first. */
export function useKeptSteps(reel: ReelReader | null, model: ModelId): readonly number[] {
  const topic = firstLayoutOf(model) === 'text' ? 'text' : 'images';
  const [steps, setSteps] = useState<readonly number[]>([]);
  useEffect(() => {
    const read = () => setSteps(reel?.steps(topic) ?? []);
    read();
    return reel?.subscribe(read);
  }, [reel, topic]);
  return steps;
}

/** What the present run has shown, whatever moment of it is looked at. */
export function useRunReel(run: string): ReelReader | null {
  const room = useRoom();
  const [reel, setReel] = useState<ReelReader | null>(null);
  useEffect(() => {
    const created = new ReelReader(room.runAddress(run));
    created.follow(room.frames);
    created.refresh().catch(() => undefined);
    setReel(created);
    return () => created.close();
  }, [room, run]);
  return reel;
}
