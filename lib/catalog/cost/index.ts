import { layersOf } from '../architectures';
import type { Layers } from '../blocks';
import { isOf, type ModelOf, type Recipe, type RecipeOf } from '../models';
import { type DataShape, dataShapeOf } from './data';
import { forward, keptBy, type Layer, learning, parametersOf } from './layers';

export interface Cost {
  /** Trained numbers; running averages are not counted. */
  readonly parameters: number;
  /**
   * Weights, their gradients, optimizer slots, what the largest phase keeps for its backward pass, and the inputs of
   * one engine call. What the executor takes for itself comes on top.
   */
  readonly memoryBytes: number;
  /** Bytes of these that a step's elementwise operations read and write: all but the inputs. */
  readonly elementBytes: number;
  /**
   * Forward, backward and, for two networks, all their steps of one iteration: two for each multiply-add of a matrix
   * product or convolution, borders counted as if padded. Elementwise work, such as the optimizer's, is left out.
   */
  readonly flopsPerStep: number;
}

/** Bytes of a number in training. */
const FLOAT = 4;

/** One engine call: at most so many steps (server/worker/training/pace.ts), and on a fast GPU so many FLOPs. */
const CALL = { steps: 512, flops: 4e11 } as const;

const slotsOf = { sgd: 0, momentum: 1, rmsprop: 1, adam: 2, 'adam-0': 1 } as const;
type OptimizerId = keyof typeof slotsOf;

interface Step {
  readonly networks: readonly { readonly layers: readonly Layer[]; readonly optimizer: OptimizerId }[];
  readonly flops: number;
  /** Numbers that the phase with the most of them keeps for its backward pass. */
  readonly activations: number;
  /** Bytes of the inputs of one step. */
  readonly inputs: number;
}

function total({ networks, flops, activations, inputs }: Step): Cost {
  const parameters = networks.map(({ layers }) => parametersOf(layers));
  const state = networks.map(({ optimizer }, i) => (parameters[i] as number) * (2 + slotsOf[optimizer]));
  const steps = Math.max(1, Math.min(CALL.steps, Math.floor(CALL.flops / flops)));
  const elementBytes = FLOAT * (state.reduce((sum, each) => sum + each) + activations);
  return {
    parameters: parameters.reduce((sum, each) => sum + each),
    memoryBytes: elementBytes + steps * inputs,
    elementBytes,
    flopsPerStep: flops,
  };
}

/**
 * The discriminator's step: it learns from as many real images as generated ones, which one forward pass makes. The
 * generator's: it learns through a discriminator that lets gradients through to its input and keeps its weights.
 */
function adversarial({ values }: RecipeOf<ModelOf<'adversarial'>>, layers: Layers, pixels: number): Step {
  const { batchSize: batch, generatorSteps, discriminatorSteps } = values;
  const { generator = [], discriminator = [] } = layers;
  const discriminating = forward(generator) + 2 * learning(discriminator);
  const generating = learning(generator) + 2 * forward(discriminator);
  return {
    networks: [
      { layers: generator, optimizer: values.generatorOptimizer },
      { layers: discriminator, optimizer: values.discriminatorOptimizer },
    ],
    flops: batch * (discriminatorSteps * discriminating + generatorSteps * generating),
    activations:
      batch * Math.max(2 * (pixels + keptBy(discriminator)), keptBy([...generator, ...discriminator])),
    inputs: discriminatorSteps * batch * pixels,
  };
}

function single(
  layers: readonly Layer[],
  values: { batchSize: number; optimizer: OptimizerId },
  inputs: number,
): Step {
  const { batchSize, optimizer } = values;
  return {
    networks: [{ layers, optimizer }],
    flops: batchSize * learning(layers),
    activations: batchSize * keptBy(layers),
    inputs: batchSize * inputs,
  };
}

/**
 * What one training step of a recipe costs, computed from its layers' shapes alone; `data` as the catalog has it,
 * unless told otherwise.
 * @throws RangeError if `data` isn't of the kind that the model learns from.
 */
export function costOf(recipe: Recipe, data: DataShape = dataShapeOf(recipe)): Cost {
  const layers = layersOf(recipe, data);
  if (isOf('adversarial', recipe)) return total(adversarial(recipe, layers, bytesOf(recipe, data)));
  return total(single(Object.values(layers).flat(), recipe.values, bytesOf(recipe, data)));
}

/**
 * Of one example, as the host hands it over: a pixel's byte each, or a window's characters as int32 and the one
 * after them.
 */
function bytesOf(recipe: Recipe, data: DataShape): number {
  if (isOf('text', recipe)) return FLOAT * (recipe.values.windowLength + 1);
  return 'vocabulary' in data ? 0 : data.height * data.width * data.channels;
}
