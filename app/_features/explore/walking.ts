import type { Explorable } from '@/app/_hooks/explore';
import type { Shelf } from '@/app/_hooks/pins';
import { between } from '@/lib/explore/geometry';
import { type End, latentAt, type Walk } from '@/lib/room/explore';
import { otherOf, type Pin } from '@/lib/room/pins';

/** A shared walk, as its controls show and change it. */
export interface Walking {
  readonly explorable: Explorable;
  readonly walk: Walk;
  change(changes: Readonly<Record<string, number | string | null>>): void;
}

/** Keeping where one is on the way, and going back there. @param step of the picture that is seen; `undefined` while there is none. */
export function keeping({ explorable, walk, change }: Walking, shelf: Shelf, step: number | undefined) {
  const { owner, id: run, size, layers } = explorable;
  const keep = (step: number) => {
    const at = (end: End) => latentAt(end, size, shelf.drawable);
    const [from, to] = [at(walk.from), at(walk.to)];
    const own = new Map(walk.layers);
    const shares = Float32Array.from({ length: layers }, (_, i) => own.get(i) ?? walk.t);
    const kept =
      layers === 0
        ? { latent: between(from, to, walk.t), blend: null }
        : { latent: from, blend: { other: to, shares } };
    shelf.keep({ owner, run, step, ...kept });
  };
  /** Both latents of a blend, and its layers. */
  const restore = (pin: Pin) => {
    const layers = [...(pin.blend?.shares ?? [])].map((share, i) => [`layer/${i}`, share]);
    change({ from: pin.id, to: otherOf(pin), ...Object.fromEntries(layers) });
  };
  return { keep: step === undefined ? null : () => keep(step), restore };
}
