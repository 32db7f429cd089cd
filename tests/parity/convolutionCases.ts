import type { RandomStream } from '@/lib/random';
import { convolution as geometry } from '@/server/engine/ir/kernelTypes';
import { type Attributes, sizeOf } from '@/server/engine/ir/tensors';
import { type Cases, input, normal } from './caseDraws';

interface Geometry {
  readonly x: readonly number[];
  readonly filter: readonly number[];
  readonly dy: readonly number[];
  readonly attributes: Attributes;
}

/**
 * Kernels from 1 to 5 a side with strides from 1 to 3, so that windows overlap, meet and leave gaps, on odd and
 * even sizes, whose last rows a window may not reach. Where TensorFlow.js is given the padding as a number, it
 * takes the kernel's height for its width, so that those cases are square.
 */
function geometryOf(random: RandomStream): Geometry {
  const channels = [1, 1 + random.below(4), 8];
  const channel = () => channels[random.below(3)] as number;
  const [height, width] = [5 + random.below(6), 5 + random.below(6)];
  const x = [1 + random.below(3), height, width, channel()];
  const pad = (['same', 'valid', random.below(2)] as const)[random.below(3)] ?? 'same';
  const [kernelHeight, strideHeight] = [1 + random.below(5), 1 + random.below(3)];
  const square = typeof pad === 'number';
  const [kernelWidth, strideWidth] = square
    ? [kernelHeight, strideHeight]
    : [1 + random.below(5), 1 + random.below(3)];
  const filter = [kernelHeight, kernelWidth, x[3] as number, channel()];
  const strides = [strideHeight, strideWidth];
  const attributes = { strides, pad, dilations: 1, dataFormat: 'NHWC' };
  const { outShape } = geometry(x, filter, attributes);
  return { x, filter, dy: outShape, attributes };
}

/** Inputs that keep the sums near 1, however many terms they have. */
const scaled = (random: RandomStream, shape: readonly number[], terms: number) =>
  input(random, shape, (each) => normal(each) / Math.sqrt(terms));

export const convolution: Cases = (random) => {
  const { x, filter, attributes } = geometryOf(random);
  return {
    inputs: { x: input(random, x, normal), filter: scaled(random, filter, sizeOf(filter.slice(0, 3))) },
    attributes,
  };
};

export const inputGradient: Cases = (random) => {
  const { x, filter, dy, attributes } = geometryOf(random);
  return {
    inputs: {
      dy: input(random, dy, normal),
      filter: scaled(random, filter, sizeOf(filter) / (x[3] as number)),
    },
    attributes: { ...attributes, inputShape: x },
  };
};

export const filterGradient: Cases = (random) => {
  const { x, filter, dy, attributes } = geometryOf(random);
  return {
    inputs: { x: input(random, x, normal), dy: scaled(random, dy, sizeOf(dy.slice(0, 3))) },
    attributes: { ...attributes, filterShape: filter },
  };
};
