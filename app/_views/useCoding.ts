import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AssetImages } from '../_client/frameStore';
import { useAsker, useHasWeights } from '../_client/useAsker';
import { asFloats } from './latents';
import { useLook } from './useLook';
import { usePictures } from './usePictures';

/** One picture of a batch as bytes. */
function pixelsOf({ pixels, height, width, channels }: AssetImages, index: number): Uint8Array<ArrayBuffer> {
  const size = height * width * channels;
  return new Uint8Array(pixels.subarray(index * size, (index + 1) * size));
}

/** The coding of a real picture, what somebody has made of it, and the picture decoded from that. */
export function useCoding(assets: AssetImages | null, index: number, isShown: boolean) {
  const [asked, ask] = useAsker<'codings'>();
  const hasWeights = useHasWeights();
  const look = useCallback(() => {
    if (isShown && hasWeights && assets) ask({ kind: 'codings', images: pixelsOf(assets, index) });
  }, [ask, isShown, hasWeights, assets, index]);
  useEffect(look, [look]);
  useLook(look);
  const { answer } = asked;
  const own = useMemo(() => (answer ? asFloats(answer.result.codings) : null), [answer]);
  /** Numbers that somebody has moved, by their place; the others follow the picture's own. */
  const [moved, setMoved] = useState<ReadonlyMap<number, number>>(new Map());
  const coding = useMemo(() => own?.map((value, i) => moved.get(i) ?? value) ?? null, [own, moved]);
  const latents = useMemo(() => coding && [coding], [coding]);
  const decoded = usePictures(latents, undefined, isShown);
  return {
    asked: [asked, decoded] as const,
    own,
    coding,
    picture: decoded.answer?.result ?? null,
    isMoved: moved.size > 0,
    move: (place: number, value: number) => setMoved(new Map(moved).set(place, value)),
    reset: () => setMoved(new Map()),
  };
}
