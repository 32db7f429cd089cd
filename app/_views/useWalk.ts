import { useMemo, useState } from 'react';
import type { SampleSource } from '@/lib/protocol/sampling';
import { between } from './latents';
import { type Style, usePictures } from './usePictures';

/** Which end of a walk. */
export type End = 'from' | 'to';
type Latents = readonly Float32Array[];

/** A walk from one latent to another: its two ends, where on the way one is, and pictures of all three. */
export function useWalk(
  drawn: Latents,
  style: Style | undefined,
  isShown: boolean,
  source: SampleSource = 'run',
) {
  const [ends, setEnds] = useState<Readonly<Record<End, Float32Array>>>(() => ({
    from: drawn[0] ?? new Float32Array(),
    to: drawn[1] ?? new Float32Array(),
  }));
  /** The end that the next chosen latent becomes. */
  const [open, setOpen] = useState<End>('from');
  const [t, setT] = useState(0.5);
  const latents = useMemo(() => [ends.from, between(ends.from, ends.to, t), ends.to], [ends, t]);
  const asked = usePictures(latents, style, isShown, source);
  const choose = (latent: Float32Array) => {
    setEnds({ ...ends, [open]: latent });
    setOpen(open === 'from' ? 'to' : 'from');
  };
  return { asked, t, setT, open, setOpen, choose, ends };
}
