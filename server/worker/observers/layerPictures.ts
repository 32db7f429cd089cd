import { limits } from '@/lib/protocol/limits';
import type { SampleResult } from '@/lib/protocol/sampling';
import type { SpecMap } from '@/server/engine/program';
import type { ImageSize } from '@/server/models/model';
import { SampleError } from '../training/task';

/** A layer's weights as grey pictures, one a unit or feature map where they are arranged as an image. */

type LayerResult = Extract<SampleResult, { kind: 'layer' }>;

interface Weights {
  readonly step: number;
  readonly specs: SpecMap;
  readonly values: Readonly<Record<string, Float32Array>>;
  /** The size of the model's images; absent for texts. */
  readonly image?: ImageSize | undefined;
}

/** How values are arranged in pictures: `at` is the index of a value by picture, row and column. */
interface Arrangement {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  at(picture: number, y: number, x: number): number;
}

/** Kernels [side, side, inputs, outputs]: one picture an output, of its weights for the first input. */
function ofConvolution([height = 1, width = 1, inputs = 1, outputs = 1]: readonly number[]): Arrangement {
  return { count: outputs, height, width, at: (k, y, x) => (y * width + x) * inputs * outputs + k };
}

/** A constant [1, height, width, channels]: one picture a channel. */
function ofConstant([, height = 1, width = 1, channels = 1]: readonly number[]): Arrangement {
  return { count: channels, height, width, at: (k, y, x) => (y * width + x) * channels + k };
}

/** A matrix [inputs, outputs]: pictures where one of both is an image, else all as one picture, inputs downwards. */
function ofMatrix([inputs = 1, outputs = 1]: readonly number[], image: ImageSize | undefined): Arrangement {
  const pixels = image && image.height * image.width * image.channels;
  if (image && inputs === pixels) {
    const { height, width, channels } = image;
    return { count: outputs, height, width, at: (k, y, x) => (y * width + x) * channels * outputs + k };
  }
  if (image && outputs === pixels) {
    const { height, width, channels } = image;
    return { count: inputs, height, width, at: (k, y, x) => k * outputs + (y * width + x) * channels };
  }
  return { count: 1, height: inputs, width: outputs, at: (_, y, x) => y * outputs + x };
}

function arrange(name: string, shape: readonly number[], image: ImageSize | undefined): Arrangement {
  if (name.endsWith('/constant')) return ofConstant(shape);
  return shape.length === 4 ? ofConvolution(shape) : ofMatrix(shape, image);
}

/** @throws SampleError if the model has no such layer. */
export function layerPictures(name: string, { step, specs, values, image }: Weights): LayerResult {
  const found = [`${name}/kernel`, `${name}/constant`].find((key) => specs[key] !== undefined);
  const spec = found === undefined ? undefined : specs[found];
  const weights = found === undefined ? undefined : values[found];
  if (found === undefined || !spec || !weights)
    throw new SampleError('This model has no layer of that name; the diagram of its recipe names them');
  const { count: total, at, ...size } = arrange(found, spec.shape, image);
  const height = Math.min(size.height, limits.layerSide);
  const width = Math.min(size.width, limits.layerSide);
  const count = picturesThatFit(total, height, width);
  return { kind: 'layer', step, total, ...drawn(weights, { count, height, width, at }) };
}

/** How many of `total` pictures of a size fit into an answer. */
export const picturesThatFit = (total: number, height: number, width: number): number =>
  Math.min(total, limits.layerPictures, Math.floor(limits.layerBytes / (height * width)));

/** Values as grey levels: 128 is 0, the largest magnitude is black or white. */
export function drawn(values: ArrayLike<number>, { count, height, width, at }: Arrangement) {
  let reach = 0;
  for (let i = 0; i < values.length; i++) reach = Math.max(reach, Math.abs(values[i] as number));
  const pixels = new Uint8Array(count * height * width);
  let next = 0;
  for (let k = 0; k < count; k++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        pixels[next++] = 128 + Math.round((127 * (values[at(k, y, x)] ?? 0)) / (reach || 1));
  return { count, height, width, channels: 1, pixels, reach } as const;
}
