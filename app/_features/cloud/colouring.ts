import type { Cloud } from '@/app/_room/frameStore';
import type { PlainMessage } from '@/lib/text/keys';

/** What a cloud's colours stand for. */
export type Colouring = 'class' | 'loss' | 'score' | 'time' | 'movement';

interface ColouringInfo {
  readonly label: PlainMessage;
  readonly help: PlainMessage;
  /** Of the scale's ends, and what they are multiplied by to be in it. */
  readonly unit?: PlainMessage;
  readonly factor?: number;
}

/** In the order in which they are offered. */
export const colourings: Readonly<Record<Colouring, ColouringInfo>> = {
  class: { label: 'Class', help: 'What each point belongs to.' },
  loss: { label: 'Loss', help: 'How badly the model does each point: the higher, the worse.' },
  score: { label: 'Score', help: 'How real the discriminator finds each point: 0 generated, 1 real.' },
  time: {
    label: 'Time',
    help: 'Where in the text each point lies, from its beginning to its end.',
    unit: 'characters',
  },
  movement: {
    label: 'Movement',
    help: 'How far each point has moved in the last frames, against the radius of the cloud.',
    unit: '% of the radius',
    factor: 100,
  },
};

/** The colourings that this cloud has values for. */
export function colouringsOf(cloud: Cloud | null, hasClasses: boolean): Colouring[] {
  const known = new Set<string>(cloud?.channels.map(({ kind }) => kind));
  if (hasClasses) known.add('class');
  if (cloud) known.add('movement');
  return (Object.keys(colourings) as Colouring[]).filter((each) => known.has(each));
}
