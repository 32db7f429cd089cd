import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '@/lib/random';
import type { SpecMap, TensorMap } from '@/server/engine/program';
import { type Activation, activations } from './activations';
import { type InitializerId, initializers } from './initializers';
import type { Look } from './model';

/** Fully connected layers over named tensors: `<name>/kernel` [in, out] and `<name>/bias` [out]. */
export interface DenseLayer {
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
}

/** The layers `name/0`, `name/1`, ... between consecutive widths. */
export function denseStack(name: string, widths: readonly number[]): DenseLayer[] {
  return widths.slice(1).map((units, i) => ({ name: `${name}/${i}`, inputs: widths[i] as number, units }));
}

export function denseSpecs(layers: readonly DenseLayer[]): SpecMap {
  return Object.fromEntries(
    layers.flatMap(({ name, inputs, units }) => [
      [`${name}/kernel`, { shape: [inputs, units], dtype: 'float32' }],
      [`${name}/bias`, { shape: [units], dtype: 'float32' }],
    ]),
  );
}

/** Kernels by the initialiser and zeros for biases, as Keras's Dense has them. */
export function denseInitial(
  layers: readonly DenseLayer[],
  stream: (site: string) => RandomStream,
  initializer: InitializerId = 'glorot-uniform',
): Record<string, Float32Array> {
  return Object.fromEntries(
    layers.flatMap(({ name, inputs, units }) => [
      [`${name}/kernel`, initializers[initializer](stream(`${name}/kernel`), inputs, units)],
      [`${name}/bias`, new Float32Array(units)],
    ]),
  );
}

/** `x` [batch, in] through one layer, before its activation: [batch, out]. */
function dense(weights: TensorMap, { name }: DenseLayer, x: tf.Tensor): tf.Tensor {
  const kernel = weights[`${name}/kernel`] as tf.Tensor2D;
  return tf.add(tf.matMul(x as tf.Tensor2D, kernel), weights[`${name}/bias`] as tf.Tensor);
}

/** `x` through all layers, each followed by the activation. */
export function denseActivated(
  weights: TensorMap,
  layers: readonly DenseLayer[],
  activation: Activation,
  x: tf.Tensor,
  look?: Look,
): tf.Tensor {
  return layers.reduce<tf.Tensor>((h, layer) => {
    const output = activations[activation](dense(weights, layer, h));
    look?.(layer.name, output);
    return output;
  }, x);
}
