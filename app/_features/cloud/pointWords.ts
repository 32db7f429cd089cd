import { useMemo } from 'react';
import { useClassText } from '@/app/_hooks/useClassNames';

import type { AssetImages } from '@/app/_room/assets';
import type { Cloud } from '@/app/_room/frameStore';
import { type Text, useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';
import { type Channel, type Channels, unpackPoints } from '@/lib/protocol/pointPacking';
import type { Subjects } from './useSubjects';

const valueAt = ({ low, high, bytes }: Channel, index: number): number =>
  low + ((high - low) * (bytes[index] ?? 0)) / 255;

/** Texts about a cloud's points. */
export interface PointWords {
  /** float32 [count, 3] */
  readonly positions: Float32Array;
  categoryOf(index: number): number | null;
  /** The class's name, '' where there is none. */
  classOf(index: number): string;
  /** Its values, such as loss or score, a line each. */
  factsOf(index: number): string[];
}

export function usePointWords(cloud: Cloud, assets: AssetImages | null, { kind }: Subjects): PointWords {
  const t = useText();
  const text = useClassText();
  const { positions, channels } = useMemo(() => unpackPoints(cloud, cloud.payload), [cloud]);
  const names = cloud.classes ?? assets?.classes ?? [];
  const categories = channels.class?.bytes ?? (kind === 'images' ? assets?.labels : null) ?? null;
  const categoryOf = (index: number) => categories?.[index] ?? null;
  return {
    positions,
    categoryOf,
    classOf: (index) => text(names[categoryOf(index) ?? -1] ?? ''),
    factsOf: (index) => factsOf(t, channels, kind, index),
  };
}

function factsOf(t: Text, { loss, score }: Channels, kind: Subjects['kind'], index: number) {
  const facts: string[] = [];
  if (score)
    facts.push(
      t('{percent} % real for the discriminator', { percent: Math.round(100 * valueAt(score, index)) }),
    );
  if (loss && kind === 'characters')
    facts.push(t('{loss} nats for the next character', { loss: fixed(valueAt(loss, index), 2) }));
  return facts;
}
