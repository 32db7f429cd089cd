import type { ValuesOf } from '../program';

/** What choices of the catalog are called in Keras. */

export const initializers: Readonly<Record<ValuesOf<'autoencoder'>['initializer'], string>> = {
  'glorot-uniform': 'glorot_uniform',
  'lecun-normal': 'lecun_normal',
};

export const losses: Readonly<Record<ValuesOf<'autoencoder'>['loss'], string>> = {
  'binary-cross-entropy': 'binary_crossentropy',
  'mean-squared-error': 'mean_squared_error',
};

type OptimizerId = ValuesOf<'autoencoder'>['optimizer'] | ValuesOf<'gan'>['generatorOptimizer'];

/** Class and constants of each optimizer, as server/models/optimizers.ts has them. */
const optimizers: Readonly<Record<OptimizerId, readonly [name: string, constants: string]>> = {
  sgd: ['SGD', ''],
  momentum: ['SGD', ', momentum=0.9'],
  rmsprop: ['RMSprop', ', rho=0.9, epsilon=1e-7'],
  adam: ['Adam', ', beta_1=0.9, beta_2=0.999, epsilon=1e-7'],
  'adam-0': ['Adam', ', beta_1=0.0, beta_2=0.99, epsilon=1e-7'],
};

/** An optimizer whose learning rate is the constant `rate`. */
export function optimizer(id: OptimizerId, rate: string): string {
  const [name, constants] = optimizers[id];
  return `keras.optimizers.${name}(${rate}${constants})`;
}
