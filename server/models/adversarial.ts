import * as tf from '@tensorflow/tfjs-core';
import type { GanValues } from '@/lib/catalog/models/gan';
import {
  type CallDefinition,
  defineCall,
  defineStep,
  type SpecMap,
  type StepDefinition,
  type TensorMap,
  type TensorsOf,
} from '@/server/engine/program';
import { Random } from '@/server/engine/trace/random';
import { imagesSpec, pixelsOf } from './images';
import { losses } from './losses';
import type { ImageSize, Model } from './model';
import { descend, initialSlots, type Optimizer, optimizers } from './optimizers';
import { named } from './weights';

type Tensor = tf.Tensor;
type Call = (rows: number) => CallDefinition;

// Shapes: batch, the recipe's batch size; rows, images of a call; `...`, an image as the networks take it.

/**
 * A network by names of its own. In the state its weights, slots and averages begin with `generator/` or
 * `discriminator/`, so that each network has its own optimizer.
 */
interface Network {
  /** What its optimizer moves. */
  readonly weights: SpecMap;
  /** Fresh weights and averages. */
  initial(): Record<string, Float32Array>;
}

export interface Generator extends Network {
  /** What follows the training without being trained, such as batch norm's averages. */
  readonly averages: SpecMap;
  /** The noise, [batchSize, numbers], of which `forge` and `train` make their images with the same `random`. */
  latents(random: Random): Tensor;
  /** Their images as [rows, pixels] from 0 to 1. */
  shown(images: Tensor): Tensor;
  /** `batchSize` images of fresh noise for the discriminator to learn from, as its `logits` takes them. */
  forge(own: TensorMap, random: Random): Tensor;
  /** The same while it trains itself, and its averages thereafter. */
  train(own: TensorMap, random: Random): { readonly images: Tensor; readonly averages: TensorMap };
  /** What one may ask of it, on its own tensors. */
  readonly calls: Readonly<Record<string, Call>>;
  /** What each of its layers gives, by its own name, the last one an image from 0 to 1; and the `images` [rows, pixels]. */
  readonly activations: Call;
}

export interface Discriminator extends Network {
  /** Images [rows, pixels] from 0 to 1 as the generator makes them. */
  prepare(images: Tensor): Tensor;
  /** [rows, 1], above zero for what looks real. With `random`, as in training. */
  logits(own: TensorMap, images: Tensor, random: Random | null): Tensor;
  /** What its last layer sees of each image, [rows, numbers]. */
  features(own: TensorMap, images: Tensor): Tensor;
  /** What each layer gives, by its own name; the last one a score [rows, 1] from 0 to 1. */
  outputs(own: TensorMap, images: Tensor): TensorMap;
}

/** What a recipe says of the two networks' contest. */
type Contest = Pick<
  GanValues,
  'batchSize' | 'generatorOptimizer' | 'generatorSteps' | 'discriminatorOptimizer' | 'discriminatorSteps'
>;

type Side = 'generator' | 'discriminator';

/** Names of a network's own as they stand in the state, and back. */
const inState = <T>(side: Side, own: Readonly<Record<string, T>>): Record<string, T> =>
  named([{ name: side }], () => own);

const ownOf = (side: Side, state: TensorMap): TensorMap =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([name]) => name.startsWith(`${side}/`))
      .map(([name, value]) => [name.slice(side.length + 1), value]),
  );

const crossEntropy = losses['binary-cross-entropy'].mean;

/** Two networks in turns: each iteration some steps of the discriminator, then some of the generator. */
class Duel {
  private readonly optimizers: Readonly<Record<Side, Optimizer>>;

  constructor(
    private readonly contest: Contest,
    private readonly pixels: number,
    private readonly generator: Generator,
    private readonly discriminator: Discriminator,
  ) {
    this.optimizers = {
      generator: optimizers[contest.generatorOptimizer],
      discriminator: optimizers[contest.discriminatorOptimizer],
    };
  }

  /** Weights, slots and averages of both. */
  state(): SpecMap {
    const { generator, discriminator } = this;
    const slots = (side: Side) => this.optimizers[side].slots(this[side].weights);
    return {
      ...inState('generator', { ...generator.weights, ...generator.averages, ...slots('generator') }),
      ...inState('discriminator', { ...discriminator.weights, ...slots('discriminator') }),
    };
  }

  initialState(): Record<string, Float32Array> {
    const of = (side: Side) => {
      const network = this[side];
      return inState(side, { ...network.initial(), ...initialSlots(this.optimizers[side], network.weights) });
    };
    return { ...of('generator'), ...of('discriminator') };
  }

  /**
   * One iteration, in which only the networks of `trained` change: the other one's loss is what it would have
   * been. Takes `discriminatorSteps` batches of real images. Reports of several steps the last one.
   */
  iteration(...trained: readonly Side[]): StepDefinition {
    return defineStep({
      inputs: this.inputs(),
      run: (state, inputs) => {
        let metrics: TensorMap = {};
        const own = this.turns(state, inputs, trained, ({ turn }) => {
          metrics = { ...metrics, ...turn.metrics };
        });
        return {
          state: { ...inState('generator', own.generator), ...inState('discriminator', own.discriminator) },
          metrics,
        };
      },
    });
  }

  /**
   * What the iteration with these inputs does, without doing it; of several steps of a network the last one.
   * For each network's turn `noise` [rows, latents] and the `fakes` [rows, pixels] from 0 to 1 made of it, and
   * their `scores` [rows] before and after the update, with the same dropout; losses as metrics.
   */
  stages(): CallDefinition {
    return defineCall({
      inputs: this.inputs(),
      run: (state, inputs) => {
        let seen: TensorMap = {};
        this.turns(state, inputs, ['discriminator', 'generator'], (watched) => {
          const shown = watched.reals ? this.judging(watched, watched.reals) : this.forging(watched);
          seen = { ...seen, ...watched.turn.metrics, ...shown };
        });
        return seen;
      },
    });
  }

  private inputs() {
    const { batchSize, discriminatorSteps } = this.contest;
    const scalar = { shape: [], dtype: 'float32' } as const;
    const integer = { shape: [], dtype: 'int32' } as const;
    return {
      ...imagesSpec(discriminatorSteps * batchSize, this.pixels),
      generatorLearningRate: scalar,
      discriminatorLearningRate: scalar,
      seed: integer,
      step: integer,
    } as const;
  }

  /** The turns of an iteration, each on what those before have left. */
  private turns(
    state: TensorMap,
    inputs: TensorsOf<ReturnType<Duel['inputs']>>,
    trained: readonly Side[],
    watch: (watched: Watched) => void,
  ): Owns {
    const { generatorSteps, discriminatorSteps } = this.contest;
    const random = new Random(inputs.seed, inputs.step);
    const rates = {
      generator: inputs.generatorLearningRate,
      discriminator: inputs.discriminatorLearningRate,
    };
    let own: Owns = { generator: ownOf('generator', state), discriminator: ownOf('discriminator', state) };
    const take = (side: Side, reals: Tensor | null, place: Random) => {
      const turn = reals
        ? this.discriminatorTurn(own, reals, rates.discriminator, place)
        : this.generatorTurn(own, rates.generator, place);
      const after = trained.includes(side) ? { ...own, [side]: { ...own[side], ...turn.next } } : own;
      watch({ turn, before: own, after, reals, random: place });
      own = after;
    };
    tf.split(inputs.images, discriminatorSteps).forEach((reals, i) => {
      take('discriminator', reals, random.within(`discriminator ${i}`));
    });
    for (let i = 0; i < generatorSteps; i++) take('generator', null, random.within(`generator ${i}`));
    return own;
  }

  /** The discriminator's turn from outside: what it saw, and how it judges that before and after. */
  private judging({ before, after, random }: Watched, reals: Tensor): TensorMap {
    const { generator, discriminator } = this;
    const fakes = generator.forge(before.generator, random); // [batch, ...]
    const images = tf.concat([fakes, discriminator.prepare(reals)]); // [2 batch, ...]
    const scores = ({ discriminator: own }: Owns) =>
      tf.split(tf.reshape(tf.sigmoid(discriminator.logits(own, images, random)), [-1]), 2) as [
        Tensor,
        Tensor,
      ];
    const [fakeScores, realScores] = scores(before); // [batch] each
    const [fakeScoresAfter, realScoresAfter] = scores(after);
    const shown = { noise: generator.latents(random), fakes: generator.shown(fakes) };
    return { ...shown, fakeScores, realScores, fakeScoresAfter, realScoresAfter };
  }

  /** The generator's turn from outside: what it makes of the same noise before and after, and how that is judged. */
  private forging({ before, after, random }: Watched): TensorMap {
    const { generator, discriminator } = this;
    const look = ({ generator: own, discriminator: judge }: Owns) => {
      const { images } = generator.train(own, random);
      return {
        images: generator.shown(images),
        scores: tf.reshape(tf.sigmoid(discriminator.logits(judge, images, random)), [-1]),
      };
    };
    const [first, second] = [look(before), look(after)];
    return {
      freshNoise: generator.latents(random),
      freshFakes: first.images,
      freshScores: first.scores,
      freshFakesAfter: second.images,
      freshScoresAfter: second.scores,
    };
  }

  /**
   * The generator's calls; scores from 0 to 1 [rows], and features, of `images` [rows, pixels]; what the layers of each
   * network give, by their own names.
   */
  calls(): Record<string, Call> {
    const { discriminator, generator, pixels } = this;
    const ofImages =
      (run: (own: TensorMap, images: Tensor) => TensorMap): Call =>
      (rows) =>
        defineCall({
          inputs: imagesSpec(rows, pixels),
          run: (state, { images }) => run(ownOf('discriminator', state), discriminator.prepare(images)),
        });
    const ofGenerator =
      (call: Call): Call =>
      (rows) => {
        const { inputs, run } = call(rows);
        return { inputs, run: (state, given) => run(ownOf('generator', state), given) };
      };
    const generating = Object.entries(generator.calls).map(([name, call]) => [name, ofGenerator(call)]);
    return {
      ...Object.fromEntries(generating),
      generatorActivations: ofGenerator(generator.activations),
      discriminatorActivations: ofImages((own, images) => discriminator.outputs(own, images)),
      discriminate: ofImages((own, images) => ({
        scores: tf.reshape(tf.sigmoid(discriminator.logits(own, images, null)), [-1]),
      })),
      features: ofImages((own, images) => ({ features: discriminator.features(own, images) })),
      /** Of a whole batch, however many rows are asked for. */
      stages: () => this.stages(),
    };
  }

  /** On as many fakes as reals, in one batch. */
  private discriminatorTurn(own: Owns, reals: Tensor, rate: Tensor, random: Random): Turn {
    const { batchSize } = this.contest;
    const { discriminator } = this;
    const fakes = this.generator.forge(own.generator, random); // [batch, ...]
    const images = tf.concat([fakes, discriminator.prepare(reals)]); // [2 batch, ...]
    const labels = tf.tensor2d(new Float32Array(2 * batchSize).fill(1, batchSize), [2 * batchSize, 1]); // [2 batch, 1]
    const logitsOf = (weights: TensorMap) => discriminator.logits(weights, images, random);
    const { loss, next } = descend(this.optimizers.discriminator, discriminator.weights, {
      state: own.discriminator,
      rate,
      lossOf: (weights) => crossEntropy(logitsOf(weights), labels),
    });
    // The engine merges this forward pass with the one in the loss.
    const [ofFakes, ofReals] = tf.split(tf.sigmoid(logitsOf(own.discriminator)), 2) as [Tensor, Tensor]; // [batch, 1] each
    return {
      next,
      metrics: { discriminatorLoss: loss, realScore: tf.mean(ofReals), fakeScore: tf.mean(ofFakes) },
    };
  }

  /** Through the discriminator as it is: what the generator makes should look real. */
  private generatorTurn(own: Owns, rate: Tensor, random: Random): Turn {
    const { generator, discriminator } = this;
    const labels = tf.ones([this.contest.batchSize, 1]); // [batch, 1]
    const { loss, next } = descend(this.optimizers.generator, generator.weights, {
      state: own.generator,
      rate,
      lossOf: (weights) => {
        const { images } = generator.train({ ...own.generator, ...weights }, random);
        return crossEntropy(discriminator.logits(own.discriminator, images, random), labels);
      },
    });
    const { averages } = generator.train(own.generator, random);
    return { next: { ...next, ...averages }, metrics: { generatorLoss: loss } };
  }
}

type Owns = Readonly<Record<Side, TensorMap>>;

/** A turn as it was played: what each network was before and after it, and what it drew from. */
interface Watched {
  readonly turn: Turn;
  readonly before: Owns;
  readonly after: Owns;
  /** What the discriminator saw; `null` in the generator's turn. */
  readonly reals: Tensor | null;
  readonly random: Random;
}

/** A network's step: what it changes and what it reports. */
interface Turn {
  readonly next: TensorMap;
  readonly metrics: TensorMap;
}

/**
 * Two networks against each other, as the notebook's loop trains them (Hands-on Machine Learning, chapter 17):
 * the discriminator on fakes with label 0 and reals with label 1, the mean over both; then the generator
 * through it, on fresh noise with label 1. Metrics: `discriminatorLoss` and `generatorLoss` in nats, each ln 2
 * where the discriminator can't tell; `realScore` and `fakeScore`, its mean output from 0 to 1 before its step.
 */
export function adversarialModel(
  contest: Contest,
  image: ImageSize,
  generator: Generator,
  discriminator: Discriminator,
): Model {
  const duel = new Duel(contest, pixelsOf(image), generator, discriminator);
  return {
    definition: {
      state: duel.state(),
      steps: {
        train: duel.iteration('discriminator', 'generator'),
        discriminator: duel.iteration('discriminator'),
        generator: duel.iteration('generator'),
      },
      calls: duel.calls(),
    },
    initialState: () => duel.initialState(),
  };
}
