import type { ResultOf } from '@/app/_room/sampling';
import type { Text } from '@/app/_ui/language';
import type { PlainMessage } from '@/lib/text/keys';

export type Stages = ResultOf<'stages'>;

/** Parts of the flow that light up. */
export type Part = 'noise' | 'generator' | 'fakes' | 'reals' | 'discriminator' | 'fakeScore' | 'realScore';

/** One of the stages that a training step of two networks goes through, in the order of the computation. */
export interface SlowStage {
  readonly title: PlainMessage;
  readonly lit: readonly Part[];
  /** Whether the second half is under way: the generator's turn, with noise of its own. */
  readonly isFresh: boolean;
  /** The network that learns in this stage: the error flows back to it. */
  readonly learns: 'generator' | 'discriminator' | null;
  caption(stages: Stages, t: Text): string;
}

const percent = (share: number): number => Math.round(100 * share);

export const slowStages: readonly SlowStage[] = [
  {
    title: 'Noise',
    lit: ['noise'],
    isFresh: false,
    learns: null,
    caption: ({ batchSize, latentSize }, t) =>
      t('The step begins with noise: {rows} rows of {size} random numbers.', {
        rows: batchSize,
        size: latentSize,
      }),
  },
  {
    title: 'Generate',
    lit: ['noise', 'generator', 'fakes'],
    isFresh: false,
    learns: null,
    caption: (_, t) => t('The generator turns each row into an image.'),
  },
  {
    title: 'Judge',
    lit: ['fakes', 'reals', 'discriminator', 'fakeScore', 'realScore'],
    isFresh: false,
    learns: null,
    caption: ({ scores }, t) =>
      t('The discriminator sees both kinds: it finds generated ones {fake} % real, real ones {real} %.', {
        fake: percent(scores.fake.before.mean),
        real: percent(scores.real.before.mean),
      }),
  },
  {
    title: 'Discriminator learns',
    lit: ['discriminator', 'fakeScore', 'realScore'],
    isFresh: false,
    learns: 'discriminator',
    caption: ({ scores, losses }, t) =>
      t('Its loss is {loss}, and it learns from it: now generated ones score {fake} %, real ones {real} %.', {
        loss: losses.discriminator.toPrecision(3),
        fake: percent(scores.fake.after.mean),
        real: percent(scores.real.after.mean),
      }),
  },
  {
    title: 'Generate anew',
    lit: ['noise', 'generator', 'fakes', 'discriminator', 'fakeScore'],
    isFresh: true,
    learns: null,
    caption: ({ scores }, t) =>
      t('Fresh noise, new images: the discriminator, as it is now, finds them {fake} % real.', {
        fake: percent(scores.fresh.before.mean),
      }),
  },
  {
    title: 'Generator learns',
    lit: ['generator', 'fakes', 'discriminator', 'fakeScore'],
    isFresh: true,
    learns: 'generator',
    caption: ({ scores, losses }, t) =>
      t(
        'The loss of the generator is {loss}: it learns what would have looked real. The same noise now scores {fake} %.',
        { loss: losses.generator.toPrecision(3), fake: percent(scores.fresh.after.mean) },
      ),
  },
];

/** The noise, images and scores that a stage shows, before or after the update. */
export function shownIn(stages: Stages, { isFresh, learns }: SlowStage) {
  const when = learns === null ? 'before' : 'after';
  const { scores } = stages;
  const fakes = isFresh ? (learns === null ? stages.freshFakes : stages.freshFakesAfter) : stages.fakes;
  return {
    noise: isFresh ? stages.freshNoise : stages.noise,
    fakes,
    reals: stages.reals,
    fakeScore: (isFresh ? scores.fresh : scores.fake)[when],
    /** In the generator's turn the discriminator sees no real images: what it thought of the last ones. */
    realScore: scores.real[isFresh ? 'after' : when],
  };
}
