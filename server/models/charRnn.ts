import * as tf from '@tensorflow/tfjs-core';
import type { CharRnnValues } from '@/lib/catalog/models/charRnn';
import { limits } from '@/lib/protocol/limits';
import { RandomStream } from '@/lib/random';
import type { CallDefinition, SpecMap, StepDefinition, TensorMap } from '@/server/engine/program';
import { Random } from '@/server/engine/trace/random';
import { scan } from '@/server/engine/trace/scan';
import { crossEntropy } from './crossEntropy';
import { type DenseLayer, denseInitial, denseSpecs } from './dense';
import { gru } from './gru';
import { glorotUniform, orthogonal } from './initializers';
import { lstm } from './lstm';
import type { Model } from './model';
import { initialSlots, optimizers } from './optimizers';
import { type Cell, inputSums, type LayerMasks, recurrenceOf, recurrentLayer } from './recurrent';

type Tensor = tf.Tensor;
const cells = { gru, lstm } as const;

interface Layer {
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
}

/**
 * A character RNN (Hands-on Machine Learning, chapter 16): one-hot characters -> recurrent layers -> the
 * next character's logits at every step.
 */
class Network {
  readonly cell: Cell;
  readonly layers: readonly Layer[];
  private readonly output: DenseLayer;

  constructor(
    private readonly values: CharRnnValues,
    readonly vocabulary: number,
  ) {
    const { hiddenUnits } = values;
    this.cell = cells[values.cell];
    const widths = [vocabulary, ...hiddenUnits];
    this.layers = hiddenUnits.map((units, i) => ({
      name: `recurrent/${i}`,
      inputs: widths[i] as number,
      units,
    }));
    this.output = { name: 'output', inputs: hiddenUnits.at(-1) as number, units: vocabulary };
  }

  specs(): SpecMap {
    const { gates, biases } = this.cell;
    const recurrent = this.layers.flatMap(({ name, inputs, units }) => [
      [`${name}/kernel`, { shape: [inputs, gates * units], dtype: 'float32' }] as const,
      [`${name}/recurrent`, { shape: [units, gates * units], dtype: 'float32' }] as const,
      [`${name}/bias`, { shape: [biases, gates * units], dtype: 'float32' }] as const,
    ]);
    return { ...Object.fromEntries(recurrent), ...denseSpecs([this.output]) };
  }

  /** Glorot's uniform for kernels, orthogonal for recurrent ones, as in Keras. */
  initial(): Record<string, Float32Array> {
    const stream = (site: string) => new RandomStream(this.values.seed, 'initial', site);
    const { gates } = this.cell;
    const recurrent = this.layers.flatMap(({ name, inputs, units }) => [
      [`${name}/kernel`, glorotUniform(stream(`${name}/kernel`), inputs, gates * units)] as const,
      [`${name}/recurrent`, orthogonal(stream(`${name}/recurrent`), units, gates * units)] as const,
      [`${name}/bias`, this.cell.initialBias(units)] as const,
    ]);
    return { ...Object.fromEntries(recurrent), ...denseInitial([this.output], stream) };
  }

  weightsOf(state: TensorMap, { name }: Layer) {
    return {
      kernel: state[`${name}/kernel`] as Tensor,
      recurrent: state[`${name}/recurrent`] as Tensor,
      bias: state[`${name}/bias`] as Tensor,
    };
  }

  /**
   * Dropout as in Keras's layers: for each layer one mask of the inputs and one of the state, for all time steps of
   * a window; without `random` none.
   * With recurrent dropout Keras draws both anew for each gate; without, the gates share the inputs' mask.
   */
  masks(batch: number, random: Random | null): LayerMasks[] {
    return this.layers.map((layer) => this.layerMasks(layer, batch, random));
  }

  private layerMasks({ name, inputs, units }: Layer, batch: number, random: Random | null): LayerMasks {
    const { dropout, recurrentDropout } = this.values;
    const drawn = (kind: string, width: number, rate: number, gate: number): Tensor | 1 => {
      if (!random || rate === 0) return 1;
      const site = recurrentDropout > 0 ? `${name} ${kind} ${gate}` : `${name} ${kind}`;
      return random.dropoutMask(site, [batch, width], rate);
    };
    const gates = Array.from({ length: this.cell.gates }, (_, gate) => gate);
    return {
      inputs: gates.map((gate) => drawn('inputs', inputs, dropout, gate)),
      hidden: gates.map((gate) => drawn('hidden', units, recurrentDropout, gate)),
    };
  }

  /** Logits [time * batch, vocabulary] of the characters after `ids` [time, batch]. */
  logits(state: TensorMap, ids: Tensor, masks: readonly LayerMasks[]): Tensor {
    const [time, batch] = ids.shape as [number, number];
    const oneHot = tf.oneHot(tf.reshape(ids, [time * batch]), this.vocabulary, 1, 0, 'float32');
    const first: Tensor = tf.reshape(oneHot, [time, batch, this.vocabulary]);
    const hidden = this.layers.reduce(
      (x, layer, i) => recurrentLayer(this.cell, this.weightsOf(state, layer), x, masks[i] as LayerMasks),
      first,
    );
    return this.predict(state, tf.reshape(hidden, [time * batch, -1]));
  }

  /** Logits [rows, vocabulary] of hidden states [rows, units]. */
  predict(state: TensorMap, hidden: Tensor): Tensor {
    const product = tf.matMul(hidden as tf.Tensor2D, state['output/kernel'] as tf.Tensor2D);
    return tf.add(product, state['output/bias'] as Tensor);
  }

  /** One character further: carried values of all layers [1, units] in a row, and `id` [1]. */
  advance(state: TensorMap, carried: readonly Tensor[], id: Tensor): Tensor[] {
    const { cell } = this;
    const next: Tensor[] = [];
    let x: Tensor = tf.oneHot(tf.cast(id, 'int32') as tf.Tensor1D, this.vocabulary, 1, 0, 'float32');
    const masksOf = this.masks(1, null);
    this.layers.forEach((layer, i) => {
      const weights = this.weightsOf(state, layer);
      const masks = masksOf[i] as LayerMasks;
      const own = carried.slice(i * cell.states, (i + 1) * cell.states);
      const sums = inputSums(cell, weights, x, masks.inputs);
      next.push(...cell.step(own, sums, recurrenceOf(cell, weights, masks.hidden)));
      x = next[i * cell.states] as Tensor;
    });
    return next;
  }

  /** Carried values of all layers, by name, as inputs of a call. */
  carriedSpecs(): SpecMap {
    const specs = this.layers.flatMap(({ name, units }) =>
      Array.from({ length: this.cell.states }, (_, i) => [
        `carried/${name}/${i}`,
        { shape: [1, units], dtype: 'float32' } as const,
      ]),
    );
    return Object.fromEntries(specs);
  }
}

/** `windows` [batch, time + 1] as the characters read and, one further on, to be foretold; both [time, batch]. */
function readAndNext(windows: Tensor): { ids: Tensor; next: Tensor } {
  const [batch, length] = windows.shape as [number, number];
  const turned = tf.transpose(windows);
  return {
    ids: tf.slice(turned, [0, 0], [length - 1, batch]),
    next: tf.slice(turned, [1, 0], [length - 1, batch]),
  };
}

/** 1 where the likeliest character is the right one, [rows]. */
const hits = (logits: Tensor, ids: Tensor): Tensor =>
  tf.cast(tf.equal(tf.argMax(logits, 1), tf.reshape(ids, [-1])), 'float32');

function trainingStep(values: CharRnnValues, network: Network): StepDefinition {
  const names = Object.keys(network.specs());
  const optimizer = optimizers[values.optimizer];
  const byName = (tensors: readonly Tensor[]): TensorMap =>
    Object.fromEntries(names.map((name, i) => [name, tensors[i] as Tensor]));
  const scalar = { shape: [], dtype: 'float32' } as const;
  const integer = { shape: [], dtype: 'int32' } as const;
  return {
    inputs: {
      windows: { shape: [values.batchSize, values.windowLength + 1], dtype: 'int32' },
      learningRate: scalar,
      seed: integer,
      step: integer,
    },
    run: (state, { windows, learningRate, seed, step }) => {
      const random = new Random(seed as Tensor, step as Tensor);
      const { ids, next } = readAndNext(windows as Tensor);
      const masks = network.masks(values.batchSize, random);
      const logitsOf = (weights: TensorMap) => network.logits(weights, ids, masks);
      const lossOf = (...weights: Tensor[]) =>
        crossEntropy.mean(logitsOf(byName(weights)), tf.reshape(next, [-1]));
      const { value, grads } = tf.valueAndGrads(lossOf)(names.map((name) => state[name] as Tensor));
      return {
        state: optimizer.update(state, byName(grads), learningRate as Tensor),
        metrics: { loss: value, accuracy: tf.mean(hits(logitsOf(state), next)) },
      };
    },
  };
}

/** loss and accuracy of each window [rows, windowLength + 1], [rows]. */
function evaluation(values: CharRnnValues, network: Network): (rows: number) => CallDefinition {
  return (rows) => ({
    inputs: { windows: { shape: [rows, values.windowLength + 1], dtype: 'int32' } },
    run: (state, { windows }) => {
      const { ids, next } = readAndNext(windows as Tensor);
      const logits = network.logits(state, ids, network.masks(rows, null));
      const perWindow = (each: Tensor) => tf.mean(tf.reshape(each, [values.windowLength, rows]), 0);
      return {
        loss: perWindow(crossEntropy.each(logits, tf.reshape(next, [-1]))),
        accuracy: perWindow(hits(logits, next)),
      };
    },
  });
}

/** Below every logit. */
const NEVER = -1e30;

/** Which of the largest logits is the least that may be drawn, one-hot [1, most], and what keeps all if `topK` is 0, []. */
function choice(topK: Tensor, vocabulary: number): [rank: Tensor, floor: Tensor] {
  const most = Math.min(limits.topK, vocabulary);
  const given = tf.cast(topK, 'float32');
  const place = tf.cast(tf.sub(tf.clipByValue(given, 1, most), 1), 'int32');
  const rank = tf.oneHot(tf.reshape(place, [1]) as tf.Tensor1D, most, 1, 0, 'float32');
  const isLimited = tf.cast(tf.greaterEqual(given, 1), 'float32');
  return [rank, tf.mul(tf.sub(1, isLimited), NEVER)];
}

/** `scores` [1, vocabulary] where `logits` are among the likeliest, as `choice` says, and `NEVER` elsewhere. */
function amongLikeliest(logits: Tensor, scores: Tensor, rank: Tensor, floor: Tensor): Tensor {
  const { values } = tf.topk(logits, rank.shape[1] as number);
  const least = tf.add(tf.sum(tf.mul(values, rank), 1, true), floor);
  return tf.where(tf.greaterEqual(logits, least), scores, tf.fill(logits.shape, NEVER));
}

/**
 * `rows` characters, one after the other, from carried values and a last character. Where `forced` is not
 * negative it is the next character, as in a prompt; else one is drawn from the softmax of logits / temperature.
 * Outputs: ids [rows], probabilities [rows, vocabulary] that each was drawn from (at temperature 1), the last
 * layer's hidden states [rows, units], and the carried values.
 */
function generation(network: Network): (rows: number) => CallDefinition {
  const carriedSpecs = network.carriedSpecs();
  const names = Object.keys(carriedSpecs);
  return (rows) => ({
    inputs: {
      last: { shape: [1], dtype: 'int32' },
      forced: { shape: [rows, 1], dtype: 'int32' },
      temperature: { shape: [], dtype: 'float32' },
      topK: { shape: [], dtype: 'int32' },
      seed: { shape: [], dtype: 'int32' },
      step: { shape: [], dtype: 'int32' },
      ...carriedSpecs,
    },
    run: (state, inputs) => {
      const { last, forced, temperature, topK, seed, step } = inputs as Record<string, Tensor>;
      const random = new Random(seed as Tensor, step as Tensor);
      const noise = tf.mul(random.gumbel('character', [rows, 1, network.vocabulary]), temperature as Tensor);
      const weightNames = Object.keys(network.specs());
      const { final, stacked } = scan({
        initial: [tf.cast(last as Tensor, 'float32'), ...names.map((name) => inputs[name] as Tensor)],
        sequences: [tf.cast(forced as Tensor, 'float32'), noise],
        captured: [
          ...choice(topK as Tensor, network.vocabulary),
          ...weightNames.map((name) => state[name] as Tensor),
        ],
        step: ([id, ...carried], [given, gumbel], [rank, floor, ...weights]) => {
          const own = Object.fromEntries(weightNames.map((name, i) => [name, weights[i] as Tensor]));
          const next = network.advance(own, carried, id as Tensor);
          const hidden = next[next.length - network.cell.states] as Tensor;
          const logits = network.predict(own, hidden);
          const scores = amongLikeliest(
            logits,
            tf.add(logits, gumbel as Tensor),
            rank as Tensor,
            floor as Tensor,
          );
          const drawn = tf.cast(tf.argMax(scores, 1), 'float32');
          const chosen = tf.where(tf.greaterEqual(given as Tensor, 0), given as Tensor, drawn);
          const lower = network.layers.slice(0, -1).map((_, i) => next[i * network.cell.states] as Tensor);
          return { carried: [chosen, ...next], outputs: [chosen, tf.softmax(logits), hidden, ...lower] };
        },
      });
      const [ids, probabilities, hidden, ...lower] = stacked as [Tensor, Tensor, Tensor, ...Tensor[]];
      const carried = names.map((name, i) => [name, final[1 + i] as Tensor] as const);
      const below = lower.map((each, i) => [`hidden/${i}`, tf.reshape(each, [rows, -1])] as const);
      return {
        ids: tf.cast(tf.reshape(ids, [rows]), 'int32'),
        probabilities: tf.reshape(probabilities, [rows, network.vocabulary]),
        hidden: tf.reshape(hidden, [rows, -1]),
        ...Object.fromEntries(below),
        ...Object.fromEntries(carried),
      };
    },
  });
}

/** The program of a recipe for texts of so many distinct characters. */
export function charRnn(values: CharRnnValues, vocabulary: number): Model {
  const network = new Network(values, vocabulary);
  const weights = network.specs();
  const optimizer = optimizers[values.optimizer];
  return {
    definition: {
      state: { ...weights, ...optimizer.slots(weights) },
      steps: { train: trainingStep(values, network) },
      calls: { evaluate: evaluation(values, network), generate: generation(network) },
    },
    initialState: () => ({ ...network.initial(), ...initialSlots(optimizer, weights) }),
  };
}
