import { useCallback, useEffect } from 'react';
import type { SampleSource } from '@/lib/protocol/sampling';
import { useAsker, useHasWeights } from '../_client/useAsker';
import { asBytes } from './latents';
import { useLook } from './useLook';

/** StyleGAN's two knobs, each 0 to 1. */
export interface Style {
  readonly truncation: number;
  readonly noise: number;
}

/**
 * What the model makes of latents: asked for when they, the style or the weights have changed.
 * Latents and style must stay the same as long as they are equal.
 */
export function usePictures(
  latents: readonly Float32Array[] | null,
  style: Style | undefined,
  isShown: boolean,
  source: SampleSource = 'run',
) {
  const [asked, ask] = useAsker<'images'>(source);
  const hasWeights = useHasWeights(source);
  const look = useCallback(() => {
    if (isShown && hasWeights && latents) ask({ kind: 'images', latents: asBytes(latents), ...style });
  }, [ask, isShown, hasWeights, latents, style]);
  useEffect(look, [look]);
  useLook(source === 'run' ? look : null);
  return asked;
}
