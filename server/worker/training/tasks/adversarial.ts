import type { NetworkId } from '@/lib/catalog/blocks';
import { type ModelOf, modelOf, type RecipeOf, sourceFor } from '@/lib/catalog/models';
import { styleLayers } from '@/lib/catalog/models/stylegan/styleLayers';
import { defaultProjection, type ProjectionSettings } from '@/lib/catalog/projections';
import { encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { SampleResult } from '@/lib/protocol/sampling';
import { RandomStream } from '@/lib/random';
import type { PlainMessage } from '@/lib/text/keys';
import { say } from '@/lib/text/sentence';
import type { ImageSet } from '@/server/datasets/dataset';
import type { DataMap, Program } from '@/server/engine/program';
import { programOf } from '@/server/models/index';
import { sketch } from '@/server/projections/sketch';
import { Cloud, type Codings, type Source } from '../../observers/cloud';
import { Batches } from '../batches';
import {
  EVALUATION_ROWS,
  type FrameMaker,
  greyOf,
  type LiveValues,
  type ModelRequest,
  matrixOf,
  type Observer,
  type Outputs,
  SampleError,
  type Task,
} from '../task';
import { DiversityGauge } from './diversity';
import {
  exampleOf,
  imageAssets,
  imageRows,
  imagesFrame,
  imagesResult,
  imagesThatFit,
  pixelsOf,
} from './images';
import { LatentPictures } from './latentPictures';
import { stagesOf } from './stages';

type AdversarialRecipe = RecipeOf<ModelOf<'adversarial'>>;

/** Samples of each of two grids: of noise that stays the same throughout a run, and of fresh noise. */
const gridSamples = 24;
/** Fresh samples whose diversity is measured: of ten classes, each one is missed by chance once in 850 times. */
const variedSamples = 64;
/**
 * Latents in the cloud, and how many the generator draws at a time: about as long as a step takes. Real images in it, at
 * most: each costs a discriminator that convolves some 20 MFLOP a look.
 */
const cloudSizes = {
  gan: { count: 1000, rows: EVALUATION_ROWS, seen: limits.mostPoints },
  dcgan: { count: 512, rows: variedSamples, seen: 500 },
  stylegan: { count: 320, rows: variedSamples, seen: 500 },
} as const satisfies Record<ModelOf<'adversarial'>, unknown>;
/** Numbers of an image's features at most; longer ones are sketched. */
const sketchSize = 128;

/** The task of an adversarial model: trains on all images, shows grids of samples. */
export function adversarialTask(recipe: AdversarialRecipe, set: ImageSet): Task {
  const { batchSize, discriminatorSteps, seed } = recipe.values;
  const course = new Batches(set.images, pixelsOf(set), set.count, batchSize * discriminatorSteps, seed);
  const feed: Task['feed'] = (firstStep, count, live) => ({
    images: course.stack(firstStep, count),
    generatorLearningRate: new Float32Array(count).fill(live.generatorLearningRate as number),
    discriminatorLearningRate: new Float32Array(count).fill(live.discriminatorLearningRate as number),
    seed: new Int32Array(count).fill(seed),
    step: Int32Array.from({ length: count }, (_, i) => firstStep + i),
  });
  return {
    model: programOf(recipe, set),
    image: set,
    course,
    feed,
    observe: (run, program, projection) =>
      new AdversarialObserver(run, recipe, set, program, feed, projection),
  };
}

type Styling = Partial<Pick<Extract<ModelRequest, { kind: 'images' }>, 'truncation' | 'noise' | 'mixed'>>;

class AdversarialObserver implements Observer {
  /** Noise of the fixed grid, float32 [count, codingSize]. */
  private readonly latents: Float32Array;
  /** Samples of each grid; both share a frame. */
  private readonly count: number;
  private diversityGauge: DiversityGauge | null = null;
  readonly cloud: Cloud;
  readonly subjects: LatentPictures;
  /** Noise of the cloud's subjects, float32 [count, codingSize]. */
  private readonly cloudLatents: Float32Array;
  readonly makers: readonly FrameMaker[];

  constructor(
    private readonly run: string,
    private readonly recipe: AdversarialRecipe,
    private readonly set: ImageSet,
    private readonly program: Program,
    private readonly feed: Task['feed'],
    projection: ProjectionSettings = defaultProjection,
  ) {
    this.cloud = new Cloud(run, projection, recipe.values.seed, (settings) => this.sourceOf(settings));
    const { count, rows } = cloudSizes[recipe.model];
    this.cloudLatents = this.drawLatents(count, 'cloud');
    this.subjects = new LatentPictures({
      ...{ run, set, latents: this.cloudLatents, count, rows },
      isShown: () => this.cloud.subjects === 'latents',
      draw: (latents) => this.judged(latents, rows),
    });
    this.makers = [
      { cadence: [300, 0.03], make: (step) => this.grids(step) },
      { cadence: [250, 0.03], make: (step) => this.diversity(step) },
      this.subjects,
      this.cloud,
    ];
    this.count = Math.floor(imagesThatFit(set, 2 * gridSamples) / 2);
    this.latents = this.drawLatents(this.count, 'grid');
  }

  /** Whether styles, and noise in its layers, steer what it draws. */
  private get hasStyles(): boolean {
    return modelOf(this.recipe.model).explores.includes('styles');
  }

  /** Real images, to compare with. */
  assets() {
    return imageAssets(this.set, 0);
  }

  evaluate(): null {
    return null;
  }

  async sample(request: ModelRequest, step: number, live?: LiveValues): Promise<SampleResult> {
    if (request.kind === 'stages') {
      const { batchSize, generatorLearningRate, discriminatorLearningRate } = this.recipe.values;
      const rates = { generatorLearningRate, discriminatorLearningRate, ...live };
      return stagesOf(this.program, this.set, step, this.feed(step + 1, 1, rates), batchSize);
    }
    if (request.kind !== 'images')
      throw new SampleError(
        'A generator turns latents into images and tells the stages of its next step; it can do nothing else',
      );
    const { values, count } = matrixOf(request.latents, this.recipe.values.codingSize, limits.sampleImages);
    return imagesResult(step, this.set, await this.generate(values, count, request));
  }

  private sourceOf(settings: ProjectionSettings): Source {
    const id = sourceFor(this.recipe.model, settings.source);
    switch (id) {
      case 'latents':
        return { id, codings: async () => this.ofLatents(this.cloudLatents, this.recipe.values.codingSize) };
      case 'styles':
        return { id, codings: () => this.styles() };
      default:
        return { id, codings: () => this.features(Number(settings.count)) };
    }
  }

  /** Rows for the cloud, with the classes and scores of their pictures. */
  private ofLatents(rows: Float32Array, size: number): Codings {
    const { shown } = this.subjects;
    const channels = shown && { class: shown.categories, score: shown.scores };
    return { rows, size, ...(channels && { channels }) };
  }

  private async styles(): Promise<Codings> {
    const latents = this.cloudLatents;
    const count = latents.length / this.recipe.values.codingSize;
    const { styles = [] } = await this.program.call('map', count, { latents });
    return this.ofLatents(Float32Array.from(styles), styles.length / count);
  }

  /** Pictures of latents, their scores, and the class of the nearest real image of each. */
  private async judged(latents: Float32Array, count: number) {
    const pixels = await this.generate(latents, count);
    const { scores = [] } = await this.program.call('discriminate', count, { images: pixels });
    return { pixels, scores: Float32Array.from(scores), categories: this.gauge.classesOf(pixels) };
  }

  /** Of the discriminator for the first real image, of the generator for the first noise of the fixed grid. */
  async outputs(network: NetworkId, layer: string): Promise<Outputs> {
    const { program, recipe, set } = this;
    const own = layer.slice(layer.indexOf('/') + 1);
    if (network === 'discriminator') {
      const images = imageRows(set, 0, 1);
      const { [own]: values = [] } = await program.call('discriminatorActivations', 1, { images });
      return { values: Float32Array.from(values), example: exampleOf('read', set, images) };
    }
    const noise = { noise: Float32Array.of(1), seed: Int32Array.of(recipe.values.seed) };
    const { [own]: values = [], images = [] } = await program.call('generatorActivations', 1, {
      latents: this.latents.subarray(0, recipe.values.codingSize),
      ...(this.hasStyles && noise),
    });
    return { values: Float32Array.from(values), example: exampleOf('drawn', set, greyOf(images)) };
  }

  /** The discriminator's features of the first real images. */
  private async features(wanted: number): Promise<Codings> {
    const { program, recipe, set } = this;
    const most = cloudSizes[recipe.model].seen;
    const total = Math.min(wanted, most, set.count);
    const parts: Float32Array[] = [];
    for (let first = 0; first < total; first += EVALUATION_ROWS) {
      const images = imageRows(set, first, EVALUATION_ROWS);
      const { features = [] } = await program.call('features', EVALUATION_ROWS, { images });
      const width = features.length / EVALUATION_ROWS;
      const seen = Float32Array.from(features).subarray(0, width * Math.min(EVALUATION_ROWS, total - first));
      parts.push(sketch(seen, width, sketchSize, recipe.values.seed));
    }
    const rows = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => {
      rows.set(part, at);
      return at + part.length;
    }, 0);
    return { rows, size: rows.length / total };
  }

  private drawLatents(count: number, ...site: (string | number)[]): Float32Array {
    const { seed, codingSize } = this.recipe.values;
    const random = new RandomStream(seed, ...site);
    return Float32Array.from({ length: count * codingSize }, () => random.normal());
  }

  /** A frame of samples of the fixed noise, then of fresh noise, with the discriminator's scores. */
  private async grids(step: number) {
    const { count, set } = this;
    const latents = new Float32Array(2 * this.latents.length);
    latents.set(this.latents);
    latents.set(this.drawLatents(count, 'fresh', step), this.latents.length);
    const images = await this.generate(latents, 2 * count);
    const { scores = [] } = await this.program.call('discriminate', 2 * count, { images });
    const rounded = Array.from(scores, (score) => Math.round(1000 * score) / 1000);
    return imagesFrame(this.run, step, set, images, { fresh: count, scores: rounded });
  }

  private get gauge(): DiversityGauge {
    this.diversityGauge ??= new DiversityGauge(this.set);
    return this.diversityGauge;
  }

  private async diversity(step: number) {
    const latents = this.drawLatents(variedSamples, 'diversity', step);
    const varied = this.gauge.measure(await this.generate(latents, variedSamples));
    const header = { kind: 'diversity', run: this.run, step, ...varied } as const;
    return { frame: 'diversity', step, bytes: encodeFrame(header, new Uint8Array()) } as const;
  }

  private async generate(
    latents: Float32Array,
    count: number,
    { truncation = 1, noise = 1, mixed }: Styling = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    const style: DataMap = {
      truncation: Float32Array.of(truncation),
      noise: Float32Array.of(noise),
      seed: Int32Array.of(this.recipe.values.seed),
    };
    const inputs = { latents, ...(this.hasStyles && style) };
    const mix = mixed && this.mixOf(mixed, count);
    const { images = [] } = await this.program.call(mix ? 'mix' : 'generate', count, { ...inputs, ...mix });
    return greyOf(images);
  }

  /** @throws SampleError */
  private mixOf({ others, shares }: NonNullable<Styling['mixed']>, count: number): DataMap {
    const { recipe } = this;
    if (recipe.model !== 'stylegan') throw new SampleError('Only StyleGAN mixes styles layer by layer');
    const { codingSize } = recipe.values;
    const layers = styleLayers(recipe.values, this.set).length;
    const read = (bytes: Uint8Array, size: number, what: PlainMessage) => {
      const { values, count: rows } = matrixOf(bytes, size, limits.sampleImages, what);
      if (rows !== count)
        throw new SampleError(say('{what}: {count} rows expected, got {rows}', { what, count, rows }));
      return values;
    };
    return {
      others: read(others, codingSize, 'Latents'),
      shares: read(shares, layers, 'Shares'),
    };
  }
}
