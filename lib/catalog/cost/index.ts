import type { Recipe } from '../models';
import { type DataShape, dataShapeOf } from './data';
import { forward, type ImageShape, keptBy, type Layer, learning, parametersOf, sizeOf } from './layers';
import {
  type Adversaries,
  autoencoderLayers,
  charRnnLayers,
  dcganNetworks,
  ganNetworks,
  styleganNetworks,
} from './networks';

export interface Cost {
  /** Numbers that training changes; running averages are not among them. */
  readonly parameters: number;
  /**
   * Weights, their gradients, optimizer slots, what the largest phase keeps for its backward pass, and the inputs of
   * one engine call. What the executor takes for itself comes on top.
   */
  readonly memoryBytes: number;
  /** Of these, the bytes that a step's elementwise work goes through: all but the inputs. */
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
  /** Numbers kept by the largest phase. */
  readonly activations: number;
  /** Bytes that the host hands over. */
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

type ImageRecipe = Exclude<Recipe, { model: 'char-rnn' }>;
type AdversarialRecipe = Exclude<ImageRecipe, { model: 'autoencoder' }>;

/**
 * The discriminator's step: it learns from as many real images as generated ones, which one forward pass makes. The
 * generator's: it learns through a discriminator that lets gradients through to its input and keeps its weights.
 */
function adversarial({ values }: AdversarialRecipe, networks: Adversaries, image: ImageShape): Step {
  const { batchSize: batch, generatorSteps, discriminatorSteps } = values;
  const { generator, discriminator } = networks;
  const discriminating = forward(generator) + 2 * learning(discriminator);
  const generating = learning(generator) + 2 * forward(discriminator);
  return {
    networks: [
      { layers: generator, optimizer: values.generatorOptimizer },
      { layers: discriminator, optimizer: values.discriminatorOptimizer },
    ],
    flops: batch * (discriminatorSteps * discriminating + generatorSteps * generating),
    activations:
      batch * Math.max(2 * (sizeOf(image) + keptBy(discriminator)), keptBy([...generator, ...discriminator])),
    inputs: discriminatorSteps * batch * sizeOf(image),
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

function imageStep(recipe: ImageRecipe, image: ImageShape): Step {
  switch (recipe.model) {
    case 'autoencoder':
      return single(autoencoderLayers(recipe.values, image), recipe.values, sizeOf(image));
    case 'gan':
      return adversarial(recipe, ganNetworks(recipe.values, image), image);
    case 'dcgan':
      return adversarial(recipe, dcganNetworks(recipe.values, image), image);
    case 'stylegan':
      return adversarial(recipe, styleganNetworks(recipe.values, image), image);
  }
}

/**
 * What one training step of a recipe costs, computed from its layers' shapes alone; `data` as the catalog has it,
 * unless told otherwise.
 * @throws RangeError if `data` isn't of the kind that the model learns from.
 */
export function costOf(recipe: Recipe, data: DataShape = dataShapeOf(recipe)): Cost {
  if (recipe.model === 'char-rnn') {
    if (!('vocabulary' in data)) throw new RangeError('A text expected, got images');
    const { values } = recipe;
    // A window's characters as int32, and the one after them.
    return total(single(charRnnLayers(values, data.vocabulary), values, FLOAT * (values.windowLength + 1)));
  }
  if ('vocabulary' in data) throw new RangeError('Images expected, got a text');
  return total(imageStep(recipe, [data.height, data.width, data.channels]));
}
