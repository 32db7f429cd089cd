import type { Recipe } from '@/lib/catalog/models';
import { limits } from '@/lib/protocol/limits';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { RandomStream } from '@/lib/random';
import type { RunSpec } from '@/lib/runs/status';
import type { ImageSet } from '@/server/datasets/dataset';
import type { DataMap, Program } from '@/server/engine/program';
import { programOf } from '@/server/models/index';
import { Batches } from '../batches';
import { greyOf, matrixOf, type Observer, SampleError, type Show, type Task } from '../task';
import { imageAssets, imagesFrame, imagesResult, imagesThatFit, pixelsOf } from './images';

type AdversarialRecipe = Extract<Recipe, { model: 'gan' | 'dcgan' | 'stylegan' }>;

/** Samples of the fixed grid: the same latents throughout a run. */
const gridSamples = 36;

/** Two networks that learn from each other: all images train, and a grid of samples shows what came of it. */
export function adversarialTask(spec: RunSpec, recipe: AdversarialRecipe, set: ImageSet): Task {
  const { batchSize, discriminatorSteps, seed } = recipe.values;
  const course = new Batches(set.images, pixelsOf(set), set.count, batchSize * discriminatorSteps, seed);
  return {
    model: programOf(recipe, set),
    image: set,
    course,
    feed: (firstStep, count, live) => ({
      images: course.stack(firstStep, count),
      generatorLearningRate: new Float32Array(count).fill(live.generatorLearningRate as number),
      discriminatorLearningRate: new Float32Array(count).fill(live.discriminatorLearningRate as number),
      seed: new Int32Array(count).fill(seed),
      step: Int32Array.from({ length: count }, (_, i) => firstStep + i),
    }),
    observe: (program) => new AdversarialObserver(spec, recipe, set, program),
  };
}

class AdversarialObserver implements Observer {
  /** float32 [count, codingSize] */
  private readonly latents: Float32Array;
  private readonly count: number;
  readonly shows: readonly Show[] = [
    {
      cadence: [300, 0.06],
      make: async (step) =>
        imagesFrame(this.spec.id, step, this.set, await this.generate(this.latents, this.count)),
    },
  ];

  constructor(
    private readonly spec: RunSpec,
    private readonly recipe: AdversarialRecipe,
    private readonly set: ImageSet,
    private readonly program: Program,
  ) {
    this.count = imagesThatFit(set, gridSamples);
    const random = new RandomStream(recipe.values.seed, 'grid');
    this.latents = Float32Array.from({ length: this.count * recipe.values.codingSize }, () =>
      random.normal(),
    );
  }

  /** Real images, to compare with. */
  assets() {
    return imageAssets(this.set, 0, Math.min(limits.cloudPoints, this.set.count));
  }

  evaluate(): null {
    return null;
  }

  async sample(request: SampleRequest, step: number): Promise<SampleResult> {
    if (request.kind !== 'images')
      throw new SampleError('A generator turns latents into images; it can do nothing else');
    const { values, count } = matrixOf(request.latents, this.recipe.values.codingSize, limits.sampleImages);
    return imagesResult(step, this.set, await this.generate(values, count, request));
  }

  private async generate(
    latents: Float32Array,
    count: number,
    { truncation = 1, noise = 1 }: { readonly truncation?: number; readonly noise?: number } = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    const style: DataMap = {
      truncation: Float32Array.of(truncation),
      noise: Float32Array.of(noise),
      seed: Int32Array.of(this.recipe.values.seed),
    };
    const inputs = { latents, ...(this.recipe.model === 'stylegan' && style) };
    const { images = [] } = await this.program.call('generate', count, inputs);
    return greyOf(images);
  }
}
