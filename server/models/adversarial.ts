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
import type { Discriminator, Generator } from './adversarialNetworks';
import { imagesSpec, pixelsOf } from './images';
import { losses } from './losses';
import type { ImageSize, Model } from './model';
import { descend, initialSlots, type Optimizer, optimizers } from './optimizers';
import { named } from './weights';

type Tensor = tf.Tensor;
type Call = (rows: number) => CallDefinition;

// Shapes: batch, the recipe's batch size; rows, images of a call; `...`, an image as the networks take it.

/** What adversarial training takes from a recipe. */
type TrainingValues = Pick<
  GanValues,
  'batchSize' | 'generatorOptimizer' | 'generatorSteps' | 'discriminatorOptimizer' | 'discriminatorSteps'
>;

type Side = 'generator' | 'discriminator';

/** A network's own names as they stand in the state, and back. */
const inState = <T>(side: Side, own: Readonly<Record<string, T>>): Record<string, T> =>
  named([{ name: side }], () => own);

const ownOf = (side: Side, state: TensorMap): TensorMap =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([name]) => name.startsWith(`${side}/`))
      .map(([name, value]) => [name.slice(side.length + 1), value]),
  );

const crossEntropy = losses['binary-cross-entropy'].mean;

/** Adversarial training: each iteration some steps of the discriminator, then some of the generator. */
class AdversarialTraining {
  private readonly optimizers: Readonly<Record<Side, Optimizer>>;

  constructor(
    private readonly values: TrainingValues,
    private readonly pixels: number,
    private readonly generator: Generator,
    private readonly discriminator: Discriminator,
  ) {
    this.optimizers = {
      generator: optimizers[values.generatorOptimizer],
      discriminator: optimizers[values.discriminatorOptimizer],
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
   * One iteration, in which only the networks of `trained` change; metrics are those of both. `images` are
   * `discriminatorSteps` batches of real images. Of several steps of a network the last one's metrics count.
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
   * What an iteration with these inputs computes on its way, without changing the state; of several steps of a
   * network the last one. For the discriminator's step `noise` [batch, codingSize], the `fakes` [batch, pixels] from
   * 0 to 1 made of it, and `fakeScores` and `realScores` [batch]; for the generator's `freshNoise`, `freshFakes` and
   * `freshScores`. What has changed after the step's update ends in `After`, with the same dropout. Losses as metrics.
   */
  stages(): CallDefinition {
    return defineCall({
      inputs: this.inputs(),
      run: (state, inputs) => {
        let seen: TensorMap = {};
        this.turns(state, inputs, ['discriminator', 'generator'], (watched) => {
          const shown = watched.reals
            ? this.discriminatorStage(watched, watched.reals)
            : this.generatorStage(watched);
          seen = { ...seen, ...watched.turn.metrics, ...shown };
        });
        return seen;
      },
    });
  }

  private inputs() {
    const { batchSize, discriminatorSteps } = this.values;
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

  /** The networks' steps of an iteration, each from the weights that the one before has left. */
  private turns(
    state: TensorMap,
    inputs: TensorsOf<ReturnType<AdversarialTraining['inputs']>>,
    trained: readonly Side[],
    watch: (watched: Watched) => void,
  ): Owns {
    const { generatorSteps, discriminatorSteps } = this.values;
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

  /** Of a discriminator's step: its images, and their scores before and after the update. */
  private discriminatorStage({ before, after, random }: Watched, reals: Tensor): TensorMap {
    const { generator, discriminator } = this;
    const fakes = generator.fakes(before.generator, random); // [batch, ...]
    const images = tf.concat([fakes, discriminator.prepare(reals)]); // [2 batch, ...]
    const scores = ({ discriminator: own }: Owns) =>
      tf.split(tf.reshape(tf.sigmoid(discriminator.logits(own, images, random)), [-1]), 2) as [
        Tensor,
        Tensor,
      ];
    const [fakeScores, realScores] = scores(before); // [batch] each
    const [fakeScoresAfter, realScoresAfter] = scores(after);
    const shown = { noise: generator.noise(random), fakes: generator.pixelsOf(fakes) };
    return { ...shown, fakeScores, realScores, fakeScoresAfter, realScoresAfter };
  }

  /** Of a generator's step: images of the same noise before and after the update, and their scores. */
  private generatorStage({ before, after, random }: Watched): TensorMap {
    const { generator, discriminator } = this;
    const drawn = ({ generator: own, discriminator: judge }: Owns) => {
      const { images } = generator.train(own, random);
      return {
        images: generator.pixelsOf(images),
        scores: tf.reshape(tf.sigmoid(discriminator.logits(judge, images, random)), [-1]),
      };
    };
    const [first, second] = [drawn(before), drawn(after)];
    return {
      freshNoise: generator.noise(random),
      freshFakes: first.images,
      freshScores: first.scores,
      freshFakesAfter: second.images,
      freshScoresAfter: second.scores,
    };
  }

  /**
   * The generator's calls; of `images` [rows, pixels] the discriminator's scores [rows] from 0 to 1, and features;
   * the layers' outputs of both networks; and the stages of the next iteration.
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
      discriminatorActivations: ofImages((own, images) => discriminator.activations(own, images)),
      discriminate: ofImages((own, images) => ({
        scores: tf.reshape(tf.sigmoid(discriminator.logits(own, images, null)), [-1]),
      })),
      features: ofImages((own, images) => ({ features: discriminator.features(own, images) })),
      /** Of a whole batch, however many rows are asked for. */
      stages: () => this.stages(),
    };
  }

  /** A step of the discriminator on as many fakes as reals, in one batch. */
  private discriminatorTurn(own: Owns, reals: Tensor, rate: Tensor, random: Random): Turn {
    const { batchSize } = this.values;
    const { discriminator } = this;
    const fakes = this.generator.fakes(own.generator, random); // [batch, ...]
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

  /** A step of the generator through the discriminator as it is: fakes should get the label of reals. */
  private generatorTurn(own: Owns, rate: Tensor, random: Random): Turn {
    const { generator, discriminator } = this;
    const labels = tf.ones([this.values.batchSize, 1]); // [batch, 1]
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

/** A step of one network, with the tensors of both before and after it, and what it drew with. */
interface Watched {
  readonly turn: Turn;
  readonly before: Owns;
  readonly after: Owns;
  /** The discriminator's real images [batch, pixels]; `null` in a step of the generator. */
  readonly reals: Tensor | null;
  readonly random: Random;
}

/** A network's step: its weights, slots and averages thereafter, and its metrics. */
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
  values: TrainingValues,
  image: ImageSize,
  generator: Generator,
  discriminator: Discriminator,
): Model {
  const training = new AdversarialTraining(values, pixelsOf(image), generator, discriminator);
  return {
    definition: {
      state: training.state(),
      steps: {
        train: training.iteration('discriminator', 'generator'),
        discriminator: training.iteration('discriminator'),
        generator: training.iteration('generator'),
      },
      calls: training.calls(),
    },
    initialState: () => training.initialState(),
  };
}
