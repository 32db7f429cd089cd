import type { NetworkId } from '@/lib/catalog/blocks';
import { type ModelOf, modelOf, type RecipeOf } from '@/lib/catalog/models';
import { defaultProjection, type ProjectionSettings } from '@/lib/catalog/projections';
import { limits } from '@/lib/protocol/limits';
import type { SampleResult } from '@/lib/protocol/sampling';
import { RandomStream } from '@/lib/random';
import { say } from '@/lib/text/sentence';
import type { ImageSet } from '@/server/datasets/dataset';
import type { DataMap, Program, SpecMap, TensorData } from '@/server/engine/program';
import { programOf } from '@/server/models/index';
import type { Model } from '@/server/models/model';
import { Cloud, type Codings, type Source } from '../../observers/cloud';
import { Batches } from '../batches';
import {
  EVALUATION_ROWS,
  type FrameMaker,
  greyOf,
  type LiveValues,
  type ModelRequest,
  matrixOf,
  numbersOf,
  type Observer,
  type Outputs,
  SampleError,
  type Task,
} from '../task';
import {
  codedImagesFrame,
  exampleOf,
  imageAssets,
  imageRows,
  imagesResult,
  imagesThatFit,
  pixelsOf,
} from './images';

type AutoencoderRecipe = RecipeOf<ModelOf<'autoencoder'>>;

/** Samples of the prior, of noise that stays the same throughout a run. */
const priorSamples = 24;

/** Number of training images: all but the last `share` percent, which validate; at least one on each side. */
export function trainingCount(count: number, share: number): number {
  return Math.min(count - 1, Math.max(1, count - Math.round((count * share) / 100)));
}

/** The task of an autoencoder: trains on images, shows reconstructions and codings of validation images. */
export function autoencoderTask(recipe: AutoencoderRecipe, set: ImageSet): Task {
  const { validationShare, batchSize, seed } = recipe.values;
  const trainCount = trainingCount(set.count, validationShare);
  const course = new Batches(set.images, pixelsOf(set), trainCount, batchSize, seed);
  const model = programOf(recipe, set);
  const { train } = model.definition.steps;
  return {
    model,
    image: set,
    course,
    feed: (firstStep, count, live) => ({
      images: course.stack(firstStep, count),
      ...scalarsOf(train.inputs, { ...numbersOf(recipe.values), ...live }, firstStep, count),
    }),
    observe: (run, program, projection) =>
      new AutoencoderObserver(run, recipe, model, set, trainCount, program, projection),
  };
}

/** Scalar inputs of `count` steps from `firstStep` on, [count] each: live numbers, `seed` and `step`. */
function scalarsOf(inputs: SpecMap, live: LiveValues, firstStep: number, count: number): DataMap {
  const scalars = Object.entries(inputs).filter(([name]) => name !== 'images');
  const numberOf = (name: string, i: number) => (name === 'step' ? firstStep + i : (live[name] as number));
  return Object.fromEntries(
    scalars.map(([name, { dtype }]) => {
      const values = Array.from({ length: count }, (_, i) => numberOf(name, i));
      return [name, dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values)];
    }),
  );
}

class AutoencoderObserver implements Observer {
  private readonly validationCount: number;
  /** Pairs of an original and its reconstruction in a frame. */
  private readonly pairs: number;
  /** Noise of the prior's samples, float32 [samples, codingSize]; empty without a prior. */
  private readonly noise: Float32Array;
  readonly cloud: Cloud;
  readonly makers: readonly FrameMaker[];

  constructor(
    private readonly run: string,
    private readonly recipe: AutoencoderRecipe,
    private readonly model: Model,
    private readonly set: ImageSet,
    private readonly trainCount: number,
    private readonly program: Program,
    projection: ProjectionSettings = defaultProjection,
  ) {
    this.validationCount = set.count - trainCount;
    const size = recipe.values.codingSize;
    const drawn = modelOf(recipe.model).explores.includes('walk') ? priorSamples : 0;
    const rows = limits.reconstructions + drawn;
    const fitting = imagesThatFit(set, rows, Int16Array.BYTES_PER_ELEMENT * size);
    this.pairs = Math.ceil((fitting * limits.reconstructions) / rows);
    const random = new RandomStream(recipe.values.seed, 'prior');
    this.noise = Float32Array.from({ length: (fitting - this.pairs) * size }, () => random.normal());
    const pick = ({ count }: ProjectionSettings): Source => ({
      id: 'codings',
      codings: () => this.validationCodings(Math.min(Number(count), this.validationCount)),
    });
    this.cloud = new Cloud(run, projection, recipe.values.seed, pick);
    this.makers = [{ cadence: [250, 0.04], make: (step) => this.images(step) }, this.cloud];
  }

  /** The first validation images. */
  assets() {
    return imageAssets(this.set, this.trainCount);
  }

  async evaluate(turn: () => Promise<void>, step: number, live?: LiveValues): Promise<number[]> {
    const { recipe, model, validationCount } = this;
    const { metrics } = modelOf(recipe.model);
    const sums = new Float64Array(metrics.length);
    const inputs = model.definition.calls.evaluate?.(EVALUATION_ROWS).inputs ?? {};
    const told = scalarsOf(inputs, { ...numbersOf(recipe.values), ...live }, step, 1);
    await this.batches({ call: 'evaluate', total: validationCount, told }, async (results, count) => {
      metrics.forEach(({ key }, metric) => {
        for (let i = 0; i < count; i++)
          sums[metric] = (sums[metric] ?? 0) + (results[key]?.[i] ?? Number.NaN);
      });
      await turn();
    });
    return Array.from(sums, (sum) => sum / validationCount);
  }

  async sample(request: ModelRequest, step: number): Promise<SampleResult> {
    switch (request.kind) {
      case 'images': {
        const { values, count } = matrixOf(
          request.latents,
          this.recipe.values.codingSize,
          limits.sampleImages,
        );
        const { images = [] } = await this.program.call('decode', count, { codings: values });
        return imagesResult(step, this.set, greyOf(images));
      }
      case 'codings':
        return this.codings(request.images, step);
      case 'recoded':
        return this.recoded(request, step);
      case 'text':
      case 'activations':
      case 'stages':
        throw new SampleError('An autoencoder draws images and codes them; it writes no text');
    }
  }

  /** For the first validation image. */
  async outputs(_: NetworkId, layer: string): Promise<Outputs> {
    const images = imageRows(this.set, this.trainCount, 1);
    const { [layer]: values = [] } = await this.program.call('activations', 1, { images });
    return { values: Float32Array.from(values), example: exampleOf('read', this.set, images) };
  }

  private async codings(images: Uint8Array, step: number): Promise<SampleResult> {
    const pixels = pixelsOf(this.set);
    const count = images.length / pixels;
    if (!Number.isInteger(count) || count < 1 || count > limits.sampleImages)
      throw new SampleError(
        say('1 to {most} images of {size} bytes expected, got {count} bytes', {
          most: limits.sampleImages,
          size: pixels,
          count: images.length,
        }),
      );
    const { codings = new Float32Array() } = await this.program.call('encode', count, { images });
    const bytes = new Uint8Array(Float32Array.from(codings).buffer);
    return { kind: 'codings', step, count, size: this.recipe.values.codingSize, codings: bytes };
  }

  private async recoded(
    { picture, moved }: Extract<ModelRequest, { kind: 'recoded' }>,
    step: number,
  ): Promise<SampleResult> {
    const size = this.recipe.values.codingSize;
    const pictures = Math.min(limits.cloudPoints, this.validationCount);
    if (picture >= pictures)
      throw new SampleError(
        say('One of {pictures} pictures expected, got number {picture}', { pictures, picture }),
      );
    const images = imageRows(this.set, this.trainCount + picture, 1);
    const { codings: own = [] } = await this.program.call('encode', 1, { images });
    const coding = Float32Array.from(own);
    const codings = coding.slice();
    for (const [place, value] of moved) if (place < size) codings[place] = value;
    const { images: drawn = [] } = await this.program.call('decode', 1, { codings });
    const { height, width, channels } = this.set;
    const bytes = new Uint8Array(coding.buffer);
    return { kind: 'recoded', step, size, height, width, channels, coding: bytes, pixels: greyOf(drawn) };
  }

  private async images(step: number) {
    const { set, program, run } = this;
    const size = this.recipe.values.codingSize;
    const { pairs, noise } = this;
    const count = Math.min(pairs, this.validationCount);
    const { images = [], codings = [] } = await program.call('reconstruct', pairs, {
      images: imageRows(set, this.trainCount, pairs),
    });
    const pixels = greyOf(images).subarray(0, count * pixelsOf(set));
    const drawn = noise.length / size;
    const { images: samples = [] } = drawn > 0 ? await program.call('decode', drawn, { codings: noise }) : {};
    const all = Uint8Array.from([...pixels, ...greyOf(samples)]);
    return codedImagesFrame(run, step, set, all, Float32Array.from(codings).subarray(0, count * size), drawn);
  }

  /** Codings of the first `total` validation images, and the loss of each. */
  private async validationCodings(total: number): Promise<Codings> {
    const size = this.recipe.values.codingSize;
    const rows = new Float32Array(total * size);
    const losses = new Float32Array(total);
    let done = 0;
    await this.batches({ call: 'survey', total }, async (results, count) => {
      rows.set(results.codings?.subarray(0, count * size) ?? [], done * size);
      losses.set(results.losses?.subarray(0, count) ?? [], done);
      done += count;
    });
    return { rows, size, channels: { loss: losses } };
  }

  /** Runs a call over the first `total` validation images, batch by batch. @param told its further inputs. */
  private async batches(
    { call, total, told = {} }: { readonly call: string; readonly total: number; readonly told?: DataMap },
    each: (results: Record<string, TensorData>, count: number) => Promise<void>,
  ): Promise<void> {
    for (let first = 0; first < total; first += EVALUATION_ROWS) {
      const images = imageRows(this.set, this.trainCount + first, EVALUATION_ROWS);
      const results = await this.program.call(call, EVALUATION_ROWS, { images, ...told });
      await each(results, Math.min(EVALUATION_ROWS, total - first));
    }
  }
}
