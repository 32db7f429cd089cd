import type { ValuesOf } from '../program';

/** What choices of the catalog are in TensorFlow.js. */

type OptimizerId = ValuesOf<'autoencoder'>['optimizer'] | ValuesOf<'gan'>['generatorOptimizer'];

/** Maker and constants of each optimizer, as server/models/optimizers.ts has them. */
const optimizers: Readonly<Record<OptimizerId, readonly [name: string, constants: string]>> = {
  sgd: ['sgd', ''],
  momentum: ['momentum', ', 0.9'],
  // Decay of the mean square, momentum, epsilon.
  rmsprop: ['rmsprop', ', 0.9, 0, 1e-7'],
  // Beta 1, beta 2, epsilon.
  adam: ['adam', ', 0.9, 0.999, 1e-7'],
  'adam-0': ['adam', ', 0, 0.99, 1e-7'],
};

/** An optimizer whose learning rate is the constant `rate`. */
export function optimizer(id: OptimizerId, rate: string): string {
  const [name, constants] = optimizers[id];
  return `tf.train.${name}(${rate}${constants})`;
}

/** A function of a tensor. */
export const activation = (id: ValuesOf<'autoencoder'>['activation']): string =>
  id === 'linear' ? '(x) => x' : `tf.${id}`;

/** The loss of `logits`, whose sigmoid is the answer, against `targets`. */
export const losses: Readonly<
  Record<ValuesOf<'autoencoder'>['loss'], (targets: string, logits: string) => string>
> = {
  'binary-cross-entropy': (targets, logits) => `tf.losses.sigmoidCrossEntropy(${targets}, ${logits})`,
  'mean-squared-error': (targets, logits) => `tf.losses.meanSquaredError(${targets}, tf.sigmoid(${logits}))`,
};
