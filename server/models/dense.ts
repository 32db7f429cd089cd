import * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '@/lib/random';
import type { SpecMap, TensorMap, TensorSpec } from '@/server/engine/program';
import { type Activation, activations } from './activations';
import { type InitializerId, initializers } from './initializers';
import type { LayerHook } from './model';
import { named, tensorsOf } from './weights';

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

const specsOf = ({ inputs, units }: DenseLayer) =>
  ({
    kernel: { shape: [inputs, units], dtype: 'float32' },
    bias: { shape: [units], dtype: 'float32' },
  }) as const satisfies SpecMap;

export const denseSpecs = (layers: readonly DenseLayer[]): SpecMap =>
  named<DenseLayer, TensorSpec>(layers, specsOf);

/** Kernels by the initialiser and zeros for biases, as Keras's Dense has them. */
export function denseInitial(
  layers: readonly DenseLayer[],
  stream: (site: string) => RandomStream,
  initializer: InitializerId = 'glorot-uniform',
): Record<string, Float32Array> {
  return named(layers, ({ name, inputs, units }) => ({
    kernel: initializers[initializer](stream(`${name}/kernel`), inputs, units),
    bias: new Float32Array(units),
  }));
}

/** `x` [rows, in] through one layer, before its activation: [rows, out]. */
function dense(weights: TensorMap, layer: DenseLayer, x: tf.Tensor): tf.Tensor {
  const { kernel, bias } = tensorsOf(weights, specsOf(layer), layer);
  return tf.add(tf.matMul(x, kernel), bias); // [rows, out]
}

/** `x` through all layers, each followed by the activation. */
export function denseActivated(
  weights: TensorMap,
  layers: readonly DenseLayer[],
  activation: Activation,
  x: tf.Tensor,
  hook?: LayerHook,
): tf.Tensor {
  return layers.reduce<tf.Tensor>((h, layer) => {
    const output = activations[activation](dense(weights, layer, h)); // [rows, out]
    hook?.(layer.name, output);
    return output;
  }, x);
}
