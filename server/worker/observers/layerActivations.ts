import { networksOf } from '@/lib/catalog/architectures';
import type { Block, NetworkId } from '@/lib/catalog/blocks';
import { limits } from '@/lib/protocol/limits';
import type { LayerExample, SampleResult } from '@/lib/protocol/sampling';
import type { RunSpec } from '@/lib/runs/status';
import type { TensorData } from '@/server/engine/program';
import { greyOf, type Outputs, SampleError, type Task } from '../training/task';
import { drawn, picturesThatFit } from './layerPictures';

/** A layer's activations for one example, as grey pictures. */

type LayerResult = Extract<SampleResult, { kind: 'layer' }>;
type Pictures = Omit<LayerResult, 'kind' | 'step' | 'example'>;

export interface LookedAt {
  readonly network: NetworkId;
  readonly block: Block;
  /** Whether its output is the image itself. */
  readonly drawsImage: boolean;
}

/** The block whose weights have this name. @throws SampleError if the model has no such layer. */
export function layerOf(name: string, { recipe }: RunSpec, { image, vocabulary = [] }: Task): LookedAt {
  for (const { id, blocks } of networksOf(recipe, image ?? { vocabulary: vocabulary.length })) {
    const block = blocks.find(({ weights }) => weights[0] === name);
    if (!block) continue;
    const isLast = block === blocks.at(-1);
    return { network: id, block, drawsImage: isLast && (id === 'decoder' || id === 'generator') };
  }
  throw new SampleError('This model has no layer of that name; the diagram of its recipe names them');
}

/** Units from the top down, characters from the left to the right: [characters, units] turned. */
function ofText(values: TensorData, units: number): Pictures {
  const width = values.length / units;
  const height = Math.min(units, Math.floor(limits.layerBytes / Math.max(1, width)));
  const at = (_: number, y: number, x: number) => x * units + y;
  return { ...drawn(values, { count: 1, height, width, at }), total: units };
}

function ofMaps(values: TensorData, [height, width, channels]: readonly [number, number, number]): Pictures {
  const count = picturesThatFit(channels, height, width);
  const at = (k: number, y: number, x: number) => (y * width + x) * channels + k;
  return { ...drawn(values, { count, height, width, at }), total: channels };
}

function ofUnits(values: TensorData): Pictures {
  const width = Math.min(values.length, limits.layerBytes);
  return { ...drawn(values, { count: 1, height: 1, width, at: (_, __, x) => x }), total: 1 };
}

function ofImage(values: TensorData, [height, width, channels]: readonly [number, number, number]): Pictures {
  return { count: 1, total: 1, height, width, channels, pixels: greyOf(values), reach: 1, isImage: true };
}

const isImageShape = (shape: readonly number[]): shape is readonly [number, number, number] =>
  shape.length === 3;

function picturesOf({ block, drawsImage }: LookedAt, values: TensorData, example: LayerExample): Pictures {
  const { shape } = block;
  if (example.kind === 'text') return ofText(values, shape[0] ?? 1);
  if (drawsImage) {
    const { height, width, channels } = example;
    return ofImage(values, isImageShape(shape) ? shape : [height, width, channels]);
  }
  return isImageShape(shape) ? ofMaps(values, shape) : ofUnits(values);
}

/** @param outputs what its network's layers give. */
export function activationPictures(
  looked: LookedAt,
  { values, example }: Outputs,
  step: number,
): LayerResult {
  return { kind: 'layer', step, ...picturesOf(looked, values, example), example };
}
