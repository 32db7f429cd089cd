import * as tf from '@tensorflow/tfjs-core';
import type { CharRnnValues } from '@/lib/catalog/models/charRnn';
import { limits } from '@/lib/protocol/limits';
import { RandomStream } from '@/lib/random';
import {
  type CallDefinition,
  defineCall,
  defineStep,
  type SpecMap,
  type StepDefinition,
  type TensorMap,
  type TensorSpec,
} from '@/server/engine/program';
import { Random } from '@/server/engine/trace/random';
import { scan } from '@/server/engine/trace/scan';
import { leavesOf, withLeaves } from '@/server/engine/trace/tree';
import { crossEntropy } from './crossEntropy';
import { type DenseLayer, denseActivated, denseInitial, denseSpecs } from './dense';
import { gru } from './gru';
import { glorotUniform, orthogonal } from './initializers';
import { lstm } from './lstm';
import type { Model } from './model';
import { descend, initialSlots, optimizers } from './optimizers';
import {
  byGate,
  type Carried,
  type Cell,
  inputSums,
  type LayerMasks,
  recurrenceOf,
  recurrentLayer,
  recurrentSpecs,
} from './recurrent';
import { named, tensorOf, tensorsOf } from './weights';

type Tensor = tf.Tensor;
const cells: Readonly<Record<CharRnnValues['cell'], Cell>> = { gru, lstm };

// Shapes: time, characters of a window; batch or rows, windows at once; vocabulary, distinct characters.

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
    const recurrent = named<Layer, TensorSpec>(this.layers, (layer) => this.layerSpecs(layer));
    return { ...recurrent, ...denseSpecs([this.output]) };
  }

  private layerSpecs({ inputs, units }: Layer) {
    return recurrentSpecs(this.cell, inputs, units);
  }

  /** Glorot's uniform for kernels, orthogonal for recurrent ones, as in Keras. */
  initial(): Record<string, Float32Array> {
    const stream = (site: string) => new RandomStream(this.values.seed, 'initial', site);
    const gates = this.cell.gates.length;
    const recurrent = named(this.layers, ({ name, inputs, units }) => ({
      kernel: glorotUniform(stream(`${name}/kernel`), inputs, gates * units),
      recurrent: orthogonal(stream(`${name}/recurrent`), units, gates * units),
      bias: this.cell.initialBias(units),
    }));
    return { ...recurrent, ...denseInitial([this.output], stream) };
  }

  private weightsOf(state: TensorMap, layer: Layer) {
    return tensorsOf(state, this.layerSpecs(layer), layer);
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
    return {
      inputs: byGate(this.cell.gates, (_, gate) => drawn('inputs', inputs, dropout, gate)),
      hidden: byGate(this.cell.gates, (_, gate) => drawn('hidden', units, recurrentDropout, gate)),
    };
  }

  /** Logits [time * batch, vocabulary] of the characters after `ids` [time, batch]. */
  logits(state: TensorMap, ids: Tensor, masks: readonly LayerMasks[]): Tensor {
    const [time, batch] = ids.shape as [number, number];
    const oneHot = tf.oneHot(tf.reshape(ids, [time * batch]), this.vocabulary, 1, 0, 'float32'); // [time * batch, vocabulary]
    const first = tf.reshape(oneHot, [time, batch, this.vocabulary]); // [time, batch, vocabulary]
    const hidden = this.layers.reduce<Tensor>(
      (x, layer, i) => recurrentLayer(this.cell, this.weightsOf(state, layer), x, masks[i] as LayerMasks),
      first,
    );
    return this.predict(state, tf.reshape(hidden, [time * batch, -1]));
  }

  /** Logits [rows, vocabulary] of hidden states [rows, units]. */
  predict(state: TensorMap, hidden: Tensor): Tensor {
    return denseActivated(state, [this.output], 'linear', hidden);
  }

  /** One step on the character `id` [1]: each layer's carried values, and the last one's hidden state [1, units]. */
  advance(state: TensorMap, before: readonly Carried[], id: Tensor): { carried: Carried[]; hidden: Tensor } {
    const { cell } = this;
    let x: Tensor = tf.oneHot(tf.cast(id, 'int32'), this.vocabulary, 1, 0, 'float32'); // [1, vocabulary]
    const carried = this.layers.map((layer, i) => {
      const weights = this.weightsOf(state, layer);
      const masks = this.layerMasks(layer, 1, null);
      const sums = inputSums(cell, weights, x, masks.inputs); // [1, units] a gate
      const next = cell.step(before[i] as Carried, sums, recurrenceOf(cell, weights, masks.hidden));
      [x] = next;
      return next;
    });
    return { carried, hidden: x };
  }

  /** The layers' carried values as inputs and outputs of a call: `carried/<layer>/<i>` [1, units]. */
  carriedSpecs(): SpecMap {
    const specs = this.layers.flatMap(({ name, units }) =>
      Array.from({ length: this.cell.states }, (_, i) => [
        `carried/${name}/${i}`,
        { shape: [1, units], dtype: 'float32' } as const,
      ]),
    );
    return Object.fromEntries(specs);
  }

  /** Each layer's carried values among these inputs. */
  carriedOf(inputs: TensorMap): Carried[] {
    return this.layers.map(({ name }) => {
      const more = Array.from({ length: this.cell.states - 1 }, (_, i) => `carried/${name}/${1 + i}`);
      return [tensorOf(inputs, `carried/${name}/0`), ...more.map((each) => tensorOf(inputs, each))];
    });
  }
}

/** Inputs and targets of `windows` [batch, time + 1]: each target is the next character. Both [time, batch]. */
function readAndNext(windows: Tensor): { ids: Tensor; next: Tensor } {
  const [batch, length] = windows.shape as [number, number];
  const turned = tf.transpose(windows); // [time + 1, batch]
  return {
    ids: tf.slice(turned, [0, 0], [length - 1, batch]),
    next: tf.slice(turned, [1, 0], [length - 1, batch]),
  };
}

/** 1 where the likeliest character is the right one, else 0; [rows]. */
const hits = (logits: Tensor, ids: Tensor): Tensor =>
  tf.cast(tf.equal(tf.argMax(logits, 1), tf.reshape(ids, [-1])), 'float32');

const scalar = { shape: [], dtype: 'float32' } as const;
const counter = { shape: [], dtype: 'int32' } as const;

function trainingStep(values: CharRnnValues, network: Network): StepDefinition {
  const optimizer = optimizers[values.optimizer];
  return defineStep({
    inputs: {
      windows: { shape: [values.batchSize, values.windowLength + 1], dtype: 'int32' },
      learningRate: scalar,
      seed: counter,
      step: counter,
    },
    run: (state, { windows, learningRate, seed, step }) => {
      const { ids, next } = readAndNext(windows); // [time, batch] each
      const masks = network.masks(values.batchSize, new Random(seed, step));
      const logitsOf = (weights: TensorMap) => network.logits(weights, ids, masks);
      const { loss, next: after } = descend(optimizer, network.specs(), {
        state,
        rate: learningRate,
        lossOf: (weights) => crossEntropy.mean(logitsOf(weights), tf.reshape(next, [-1])),
      });
      return { state: after, metrics: { loss, accuracy: tf.mean(hits(logitsOf(state), next)) } };
    },
  });
}

/** The loss and the accuracy of each window, [rows], of `windows` [rows, windowLength + 1]. */
function evaluation(values: CharRnnValues, network: Network): (rows: number) => CallDefinition {
  return (rows) =>
    defineCall({
      inputs: { windows: { shape: [rows, values.windowLength + 1], dtype: 'int32' } },
      run: (state, { windows }) => {
        const { ids, next } = readAndNext(windows); // [time, rows] each
        const logits = network.logits(state, ids, network.masks(rows, null)); // [time * rows, vocabulary]
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

/** The top-k filter of sampling. */
type TopK = {
  /** One-hot, [1, most]: the place of the k-th largest logit among the `most` largest. */
  readonly rank: Tensor;
  /** What is added to that logit as the threshold: 0, or far below all logits if `topK` is 0, which keeps all. [] */
  readonly floor: Tensor;
};

function topKOf(topK: Tensor, vocabulary: number): TopK {
  const most = Math.min(limits.topK, vocabulary);
  const given = tf.cast(topK, 'float32');
  const place = tf.cast(tf.sub(tf.clipByValue(given, 1, most), 1), 'int32'); // []
  const rank = tf.oneHot(tf.reshape(place, [1]), most, 1, 0, 'float32'); // [1, most]
  const isLimited = tf.cast(tf.greaterEqual(given, 1), 'float32'); // []
  return { rank, floor: tf.mul(tf.sub(1, isLimited), NEVER) };
}

/** `scores` [1, vocabulary] where `logits` are among the k largest, and `NEVER` elsewhere. */
function amongLikeliest(logits: Tensor, scores: Tensor, { rank, floor }: TopK): Tensor {
  const { values } = tf.topk(logits, rank.shape[1] as number); // [1, most]
  const least = tf.add(tf.sum(tf.mul(values, rank), 1, true), floor); // [1, 1]
  return tf.where(tf.greaterEqual(logits, least), scores, tf.fill(logits.shape, NEVER));
}

/**
 * Writes `rows` characters, one after the other, from carried values and the last character. Where `forced` is
 * not negative it is the next character, as in a prompt; else one is drawn from the softmax of logits / temperature.
 * Outputs: ids [rows]; the probabilities [rows, vocabulary] before each, at temperature 1; the hidden states
 * [rows, units] of the last layer (`hidden`) and of those below it (`hidden/<i>`); and the carried values.
 */
function generation(network: Network): (rows: number) => CallDefinition {
  return (rows) =>
    defineCall({
      inputs: {
        last: { shape: [1], dtype: 'int32' },
        forced: { shape: [rows, 1], dtype: 'int32' },
        temperature: scalar,
        topK: counter,
        seed: counter,
        step: counter,
        ...network.carriedSpecs(),
      },
      run: (state, { last, forced, temperature, topK, seed, step, ...carried }) => {
        const random = new Random(seed, step);
        const gumbel = tf.mul(random.gumbel('character', [rows, 1, network.vocabulary]), temperature); // [rows, 1, vocabulary]
        const { final, stacked } = scan({
          initial: { id: tf.cast(last, 'float32'), layers: network.carriedOf(carried) },
          sequences: { forced: tf.cast(forced, 'float32'), gumbel },
          captured: {
            filter: topKOf(topK, network.vocabulary),
            weights: tensorsOf(state, network.specs()),
          },
          step: ({ id, layers }, { forced, gumbel }, { filter, weights }) => {
            const { carried, hidden } = network.advance(weights, layers, id);
            const logits = network.predict(weights, hidden); // [1, vocabulary]
            const scores = amongLikeliest(logits, tf.add(logits, gumbel), filter);
            const drawn = tf.cast(tf.argMax(scores, 1), 'float32'); // [1]
            const chosen = tf.where(tf.greaterEqual(forced, 0), forced, drawn); // [1]
            const below = carried.slice(0, -1).map(([each]) => each);
            return {
              carried: { id: chosen, layers: carried },
              outputs: { ids: chosen, probabilities: tf.softmax(logits), hidden, below },
            };
          },
        });
        const below = stacked.below.map((each, i) => [`hidden/${i}`, tf.reshape(each, [rows, -1])] as const);
        return {
          ids: tf.cast(tf.reshape(stacked.ids, [rows]), 'int32'),
          probabilities: tf.reshape(stacked.probabilities, [rows, network.vocabulary]),
          hidden: tf.reshape(stacked.hidden, [rows, -1]),
          ...Object.fromEntries(below),
          ...withLeaves(tensorsOf(carried, network.carriedSpecs()), leavesOf(final.layers)),
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
