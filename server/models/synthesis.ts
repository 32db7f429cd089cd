import type * as tf from '@tensorflow/tfjs-core';
import type { StyleganValues } from '@/lib/catalog/models/stylegan';
import { styleLayers } from '@/lib/catalog/models/stylegan/styleLayers';
import type { RandomStream } from '@/lib/random';
import type { SpecMap, TensorMap } from '@/server/engine/program';
import { convolve, convolveTransposed } from './convolution';
import type { DenseLayer } from './dense';
import { glorotUniform } from './initializers';
import type { ImageSize } from './model';
import { spread } from './spread';
import { tensorsOf } from './weights';

type Tensor = tf.Tensor;

/** A layer of the synthesis network, at one resolution. */
export interface Layer {
  readonly name: string;
  /** Where its features come from: the learned constant, a convolution, or one of twice the size. */
  readonly kind: 'constant' | 'convolution' | 'upsampled';
  readonly inputs: number;
  readonly outputs: number;
  readonly height: number;
  readonly width: number;
  /** From a style w [rows, styleSize] to a scale and a shift of each feature map, [rows, 2 outputs]. */
  readonly style: DenseLayer;
}

const KERNEL = 3;

/** From the coarsest resolution to the finest, two layers each. */
export function layersOf(values: StyleganValues, image: ImageSize): Layer[] {
  const { synthesisFilters, styleSize } = values;
  return styleLayers(values, image).map((size, i): Layer => {
    const [level, second] = [Math.floor(i / 2), i % 2];
    const outputs = synthesisFilters[level] as number;
    const name = `synthesis/${i}`;
    return {
      name,
      kind: second ? 'convolution' : level > 0 ? 'upsampled' : 'constant',
      inputs: second ? outputs : (synthesisFilters[level - 1] ?? outputs),
      outputs,
      ...size,
      style: { name: `${name}/style`, inputs: styleSize, units: 2 * outputs },
    };
  });
}

export const matrix = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const;
const constantSpecs = ({ height, width, outputs }: Layer) => ({
  constant: matrix(1, height, width, outputs),
});
const kernelSpecs = ({ kind, inputs, outputs }: Layer) => ({
  kernel: matrix(...kernelShape(kind, inputs, outputs)),
});
/** Each feature map's strength of the noise, and its bias. */
export const noiseSpecs = ({ outputs }: Layer) => ({ noise: matrix(outputs), bias: matrix(outputs) });

export const layerSpecs = (layer: Layer): SpecMap => ({
  ...(layer.kind === 'constant' ? constantSpecs(layer) : kernelSpecs(layer)),
  ...noiseSpecs(layer),
});

/** As `tf.conv2d` and `tf.conv2dTranspose` have it. */
const kernelShape = (kind: Layer['kind'], inputs: number, outputs: number): number[] => [
  KERNEL,
  KERNEL,
  ...(kind === 'upsampled' ? [outputs, inputs] : [inputs, outputs]),
];

/** A normal constant, Glorot's kernels; no noise at first. */
export function layerInitial(
  layer: Layer,
  stream: (site: string) => RandomStream,
): Record<string, Float32Array> {
  const { name, kind, inputs, outputs, height, width } = layer;
  const area = KERNEL * KERNEL;
  const constant = () => {
    const random = stream(`${name}/constant`);
    return Float32Array.from({ length: height * width * outputs }, () => random.normal());
  };
  const kernel = () =>
    glorotUniform(stream(`${name}/kernel`), area * inputs, area * outputs, area * inputs * outputs);
  return {
    ...(kind === 'constant' ? { constant: constant() } : { kernel: kernel() }),
    noise: new Float32Array(outputs),
    bias: new Float32Array(outputs),
  };
}

/** A layer's features before noise, bias and style: [rows, height, width, outputs], of a constant with one row. */
export function convolved(own: TensorMap, layer: Layer, x: Tensor): Tensor {
  if (layer.kind === 'constant') return x;
  const { kernel } = tensorsOf(own, kernelSpecs(layer), layer);
  return layer.kind === 'convolution'
    ? convolve(x, kernel, 1)
    : convolveTransposed(x, spread(kernel), [layer.height, layer.width]);
}
