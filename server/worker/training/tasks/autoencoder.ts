import type { NetworkId } from '@/lib/catalog/blocks';
import type { Recipe } from '@/lib/catalog/models';
import { defaultProjection, type ProjectionSettings } from '@/lib/catalog/projections';
import { limits } from '@/lib/protocol/limits';
import type { SampleResult } from '@/lib/protocol/sampling';
import type { ImageSet } from '@/server/datasets/dataset';
import type { Program, TensorData } from '@/server/engine/program';
import { programOf } from '@/server/models/index';
import { Cloud, type Codings, type Source } from '../../observers/cloud';
import { Batches } from '../batches';
import {
  EVALUATION_ROWS,
  greyOf,
  type ModelRequest,
  matrixOf,
  type Observer,
  type Outputs,
  SampleError,
  type Show,
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

type AutoencoderRecipe = Extract<Recipe, { model: 'autoencoder' }>;

/** Images that train: all but the last `share` percent, at least one on each side. */
export function trainingCount(count: number, share: number): number {
  return Math.min(count - 1, Math.max(1, count - Math.round((count * share) / 100)));
}

/** Reconstructions of validation images, and their codings in space. */
export function autoencoderTask(recipe: AutoencoderRecipe, set: ImageSet): Task {
  const { validationShare, batchSize, seed } = recipe.values;
  const trainCount = trainingCount(set.count, validationShare);
  const course = new Batches(set.images, pixelsOf(set), trainCount, batchSize, seed);
  return {
    model: programOf(recipe, set),
    image: set,
    course,
    feed: (firstStep, count, { learningRate }) => ({
      images: course.stack(firstStep, count),
      learningRate: new Float32Array(count).fill(learningRate as number),
    }),
    observe: (run, program, projection) =>
      new AutoencoderObserver(run, recipe, set, trainCount, program, projection),
  };
}

class AutoencoderObserver implements Observer {
  private readonly validationCount: number;
  readonly cloud: Cloud;
  readonly shows: readonly Show[];

  constructor(
    private readonly run: string,
    private readonly recipe: AutoencoderRecipe,
    private readonly set: ImageSet,
    private readonly trainCount: number,
    private readonly program: Program,
    projection: ProjectionSettings = defaultProjection,
  ) {
    this.validationCount = set.count - trainCount;
    const pick = ({ count }: ProjectionSettings): Source => ({
      id: 'codings',
      codings: () => this.validationCodings(Math.min(Number(count), this.validationCount)),
    });
    this.cloud = new Cloud(run, projection, recipe.values.seed, pick);
    this.shows = [{ cadence: [250, 0.04], make: (step) => this.images(step) }, this.cloud];
  }

  /** The first validation images. */
  assets() {
    return imageAssets(this.set, this.trainCount);
  }

  async evaluate(turn: () => Promise<void>): Promise<number[]> {
    const sums = { loss: 0, accuracy: 0 };
    await this.batches('evaluate', this.validationCount, async (results, count) => {
      for (let i = 0; i < count; i++) {
        sums.loss += results.loss?.[i] ?? Number.NaN;
        sums.accuracy += results.accuracy?.[i] ?? Number.NaN;
      }
      await turn();
    });
    return [sums.loss / this.validationCount, sums.accuracy / this.validationCount];
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
        `1 to ${limits.sampleImages} images of ${pixels} bytes expected, got ${images.length} bytes`,
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
      throw new SampleError(`One of ${pictures} pictures expected, got number ${picture}`);
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
    const rows = imagesThatFit(set, limits.reconstructions, Int16Array.BYTES_PER_ELEMENT * size);
    const count = Math.min(rows, this.validationCount);
    const { images = [], codings = [] } = await program.call('reconstruct', rows, {
      images: imageRows(set, this.trainCount, rows),
    });
    const pixels = greyOf(images).subarray(0, count * pixelsOf(set));
    return codedImagesFrame(run, step, set, pixels, Float32Array.from(codings).subarray(0, count * size));
  }

  /** Codings of the first validation images, and how badly each is reconstructed. */
  private async validationCodings(total: number): Promise<Codings> {
    const size = this.recipe.values.codingSize;
    const rows = new Float32Array(total * size);
    const losses = new Float32Array(total);
    let done = 0;
    await this.batches('survey', total, async (results, count) => {
      rows.set(results.codings?.subarray(0, count * size) ?? [], done * size);
      losses.set(results.losses?.subarray(0, count) ?? [], done);
      done += count;
    });
    return { rows, size, channels: { loss: losses } };
  }

  /** Runs a call over the first `total` validation images, batch by batch. */
  private async batches(
    call: string,
    total: number,
    each: (results: Record<string, TensorData>, count: number) => Promise<void>,
  ): Promise<void> {
    for (let first = 0; first < total; first += EVALUATION_ROWS) {
      const images = imageRows(this.set, this.trainCount + first, EVALUATION_ROWS);
      const results = await this.program.call(call, EVALUATION_ROWS, { images });
      await each(results, Math.min(EVALUATION_ROWS, total - first));
    }
  }
}
