import * as tf from '@tensorflow/tfjs-core';
import type { SpecMap, TensorMap } from '@/server/engine/program';
import { leavesOf, withLeaves } from '@/server/engine/trace/tree';
import { tensorOf, tensorsOf } from './weights';

/**
 * Optimizers as pure functions: weights, gradients and slots in, weights and slots out. Formulas and
 * constants are those of Keras 3. A slot lies in the state beside its weight, as `<slot>/<weight>`.
 */
export interface Optimizer {
  /** Slots of the given weights; all start at zero, except those that `initial` names. */
  slots(weights: SpecMap): SpecMap;
  readonly initial: Readonly<Record<string, number>>;
  update(state: TensorMap, gradients: TensorMap, learningRate: tf.Tensor): TensorMap;
}

const EPSILON = 1e-7;

const slotsLike = (weights: SpecMap, slot: string): SpecMap =>
  Object.fromEntries(Object.entries(weights).map(([name, spec]) => [`${slot}/${name}`, spec]));

function eachWeight(
  gradients: TensorMap,
  update: (name: string, gradient: tf.Tensor) => TensorMap,
): TensorMap {
  return Object.assign({}, ...Object.entries(gradients).map(([name, gradient]) => update(name, gradient)));
}

/** The exponential moving average `old * decay + value * (1 - decay)`. */
const average = (old: tf.Tensor, value: tf.Tensor, decay: number): tf.Tensor =>
  tf.add(tf.mul(old, decay), tf.mul(value, 1 - decay));

const sgd: Optimizer = {
  slots: () => ({}),
  initial: {},
  update: (state, gradients, learningRate) =>
    eachWeight(gradients, (name, g) => ({ [name]: tf.sub(tensorOf(state, name), tf.mul(g, learningRate)) })),
};

const MOMENTUM = 0.9;
const momentum: Optimizer = {
  slots: (weights) => slotsLike(weights, 'velocity'),
  initial: {},
  update: (state, gradients, learningRate) =>
    eachWeight(gradients, (name, g) => {
      const velocity = tf.sub(tf.mul(tensorOf(state, `velocity/${name}`), MOMENTUM), tf.mul(g, learningRate));
      return { [name]: tf.add(tensorOf(state, name), velocity), [`velocity/${name}`]: velocity };
    }),
};

const RHO = 0.9;
const rmsprop: Optimizer = {
  slots: (weights) => slotsLike(weights, 'square'),
  initial: {},
  update: (state, gradients, learningRate) =>
    eachWeight(gradients, (name, g) => {
      const square = average(tensorOf(state, `square/${name}`), tf.square(g), RHO);
      const change = tf.div(tf.mul(g, learningRate), tf.sqrt(tf.add(square, EPSILON)));
      const next = tf.sub(tensorOf(state, name), change);
      return { [name]: next, [`square/${name}`]: square };
    }),
};

const scalar = { shape: [], dtype: 'float32' } as const;

/** Adam's new weight, from its gradient's running mean and running square. */
const adamStep = (weight: tf.Tensor, mean: tf.Tensor, square: tf.Tensor, rate: tf.Tensor): tf.Tensor =>
  tf.sub(weight, tf.div(tf.mul(mean, rate), tf.add(tf.sqrt(square), EPSILON)));

const [BETA_1, BETA_2] = [0.9, 0.999];
const adam: Optimizer = {
  slots: (weights) => ({
    ...slotsLike(weights, 'mean'),
    ...slotsLike(weights, 'square'),
    // The powers beta^t of the bias correction, carried so that a step needs no counter.
    beta1Power: scalar,
    beta2Power: scalar,
  }),
  initial: { beta1Power: 1, beta2Power: 1 },
  update: (state, gradients, learningRate) => {
    const beta1Power = tf.mul(tensorOf(state, 'beta1Power'), BETA_1);
    const beta2Power = tf.mul(tensorOf(state, 'beta2Power'), BETA_2);
    const rate = tf.div(tf.mul(learningRate, tf.sqrt(tf.sub(1, beta2Power))), tf.sub(1, beta1Power));
    const updated = eachWeight(gradients, (name, g) => {
      const mean = average(tensorOf(state, `mean/${name}`), g, BETA_1);
      const square = average(tensorOf(state, `square/${name}`), tf.square(g), BETA_2);
      const next = adamStep(tensorOf(state, name), mean, square, rate);
      return { [name]: next, [`mean/${name}`]: mean, [`square/${name}`]: square };
    });
    return { ...updated, beta1Power, beta2Power };
  },
};

/** Adam with beta1 = 0: the gradient is its own mean, so there is no slot for it. Beta2 is 0.99, as StyleGANs have it. */
const BETA_2_WITHOUT_MOMENTUM = 0.99;
const adamWithoutMomentum: Optimizer = {
  slots: (weights) => ({ ...slotsLike(weights, 'square'), beta2Power: scalar }),
  initial: { beta2Power: 1 },
  update: (state, gradients, learningRate) => {
    const beta2Power = tf.mul(tensorOf(state, 'beta2Power'), BETA_2_WITHOUT_MOMENTUM);
    const rate = tf.mul(learningRate, tf.sqrt(tf.sub(1, beta2Power)));
    const updated = eachWeight(gradients, (name, g) => {
      const square = average(tensorOf(state, `square/${name}`), tf.square(g), BETA_2_WITHOUT_MOMENTUM);
      return { [name]: adamStep(tensorOf(state, name), g, square, rate), [`square/${name}`]: square };
    });
    return { ...updated, beta2Power };
  },
};

/**
 * One step down a loss.
 * @returns the loss before it, and the weights and slots after it.
 */
export function descend(
  optimizer: Optimizer,
  weights: SpecMap,
  { state, rate, lossOf }: { state: TensorMap; rate: tf.Tensor; lossOf(weights: TensorMap): tf.Tensor },
): { loss: tf.Tensor; next: TensorMap } {
  const own = tensorsOf(state, weights);
  const { value, grads } = tf.valueAndGrads((...tensors) => lossOf(withLeaves(own, tensors)))(leavesOf(own));
  return { loss: value, next: optimizer.update(state, withLeaves(own, grads), rate) };
}

/** The slots of fresh weights. */
export function initialSlots(optimizer: Optimizer, weights: SpecMap): Record<string, Float32Array> {
  const slots = Object.entries(optimizer.slots(weights)).map(([name, { shape }]) => {
    const values = new Float32Array(tf.util.sizeFromShape([...shape]));
    return [name, values.fill(optimizer.initial[name] ?? 0)] as const;
  });
  return Object.fromEntries(slots);
}

export const optimizers = {
  sgd,
  momentum,
  rmsprop,
  adam,
  'adam-0': adamWithoutMomentum,
} as const;
