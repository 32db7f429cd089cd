import { limits } from '@/lib/protocol/limits';
import type { SampleResult } from '@/lib/protocol/sampling';
import type { ImageSet } from '@/server/datasets/dataset';
import type { DataMap, Program, TensorData } from '@/server/engine/program';
import { greyOf } from '../task';
import { pixelsOf } from './images';

type Stages = Extract<SampleResult, { kind: 'stages' }>;

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The stages of the step after `step`, computed by the run's own program without changing its state.
 * @param feed the inputs of that one step.
 */
export async function stagesOf(
  program: Program,
  set: ImageSet,
  step: number,
  feed: DataMap,
  batchSize: number,
): Promise<Stages> {
  const seen = await program.call('stages', batchSize, feed);
  const count = Math.min(limits.stageExamples, batchSize);
  const pixels = pixelsOf(set);
  const of = (name: string): TensorData => seen[name] ?? new Float32Array();
  const images = (name: string) => greyOf(of(name).subarray(0, count * pixels));
  const latentSize = of('noise').length / batchSize;
  const noise = (name: string) =>
    new Uint8Array(Float32Array.from(of(name).subarray(0, count * latentSize)).buffer);
  const judged = (name: string) => ({ each: [...of(name).subarray(0, count)], mean: meanOf([...of(name)]) });
  const scores = (name: string) => ({ before: judged(name), after: judged(`${name}After`) });
  const { height, width, channels } = set;
  // Of several batches for the discriminator the last one, as everywhere.
  const reals = (feed.images ?? new Uint8Array()).subarray(-batchSize * pixels).subarray(0, count * pixels);
  return {
    kind: 'stages',
    step,
    ...{ count, height, width, channels, latentSize, batchSize },
    noise: noise('noise'),
    freshNoise: noise('freshNoise'),
    reals: Uint8Array.from(reals),
    fakes: images('fakes'),
    freshFakes: images('freshFakes'),
    freshFakesAfter: images('freshFakesAfter'),
    scores: { real: scores('realScores'), fake: scores('fakeScores'), fresh: scores('freshScores') },
    losses: { discriminator: of('discriminatorLoss')[0] ?? 0, generator: of('generatorLoss')[0] ?? 0 },
  };
}
