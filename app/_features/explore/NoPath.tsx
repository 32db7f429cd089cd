import { Route } from 'lucide-react';
import { useFrameStore, useYou } from '@/app/_hooks/context';
import type { Explorable } from '@/app/_hooks/explore';
import type { Trail } from '@/app/_hooks/path';
import type { Shelf } from '@/app/_hooks/pins';
import { useHasWeights } from '@/app/_hooks/useAsker';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import type { Latent } from '@/lib/explore/geometry';
import { drawLatents } from '@/lib/explore/latents';
import { limits } from '@/lib/protocol/limits';
import { addStops, isNormal } from '@/lib/room/path';
import { addPin } from '@/lib/room/pins';
import styles from './path.module.css';

/** Pins of the example, and the seed of the first: others than those that walks begin with. */
const EXAMPLE = { pins: 4, seed: 101 };

/** Latents of the model to set up an example with: normal ones, else codings of pictures; `null` until there are some. */
function useExample({ owner, size }: Explorable): readonly Latent[] | null {
  const codings = useSnapshot('images')?.codings ?? null;
  const hasWeights = useHasWeights(owner === 'generator' ? 'generator' : 'run');
  if (!hasWeights) return null;
  if (isNormal(owner)) return drawLatents(EXAMPLE.seed, EXAMPLE.pins, size);
  if (codings?.size !== size) return null;
  const count = Math.min(EXAMPLE.pins, codings.values.length / size);
  return Array.from({ length: count }, (_, i) =>
    Float32Array.from(codings.values.subarray(i * size, (i + 1) * size)),
  );
}

interface NoPathProps {
  readonly explorable: Explorable;
  readonly shelf: Shelf;
  readonly trail: Trail;
}

/** Where there is no path yet: what one is, and one press that makes one, of the pins or of an example's. */
export function NoPath({ explorable, shelf, trail }: NoPathProps) {
  const t = useText();
  const you = useYou();
  const frames = useFrameStore();
  const example = useExample(explorable);
  const { drawable, pins } = shelf;
  const own = pins.filter((pin) => drawable.includes(pin)).map(({ id }) => id);
  const room = limits.pins - pins.length;
  const setUp = () =>
    trail.change((doc, origin) =>
      doc.transact(() => {
        const { owner, id: run } = explorable;
        const step = frames.get('metrics')?.history.step ?? 0;
        const kept = (example ?? []).map((latent) =>
          you ? addPin(doc, { owner, run, step, latent, blend: null }, you, origin) : '',
        );
        addStops(doc, kept, origin);
      }, origin),
    );
  return (
    <section aria-label={t('Path')} className={styles.empty}>
      <Sketch />
      <h3 className="text-base font-semibold text-ink">{t('A path leads from pin to pin')}</h3>
      <p className="max-w-md text-sm text-ink-soft">
        {t(
          'Play it, and everyone sees the same picture at the same time. Anyone may stop it, move it, or change its way.',
        )}
      </p>
      {trail.others > 0 && (
        <p className="text-sm text-ink-soft">
          {t('Its {n} {n|pin is|pins are} of another model, and come back with it.', { n: trail.others })}
        </p>
      )}
      {own.length >= 2 ? (
        <Button
          variant="primary"
          icon={Route}
          onClick={() => trail.change((doc, origin) => addStops(doc, own, origin))}
        >
          {t('Make a path of all pins')}
        </Button>
      ) : (
        <Button
          variant="primary"
          icon={Route}
          disabled={!example || !you || room < EXAMPLE.pins}
          onClick={setUp}
        >
          {t('Set up an example')}
        </Button>
      )}
    </section>
  );
}

/** A path with its stops, and what is on its way. */
function Sketch() {
  return (
    <svg aria-hidden viewBox="0 0 240 72" fill="none" className={styles.sketch}>
      <path d="M20 52C60 52 60 20 100 20S150 56 180 48 210 24 220 20" strokeWidth="2" />
      {[
        [20, 52],
        [100, 20],
        [180, 48],
        [220, 20],
      ].map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="6" strokeWidth="2" />
      ))}
      <circle cx="61" cy="36" r="5" />
    </svg>
  );
}
