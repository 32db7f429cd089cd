import * as z from 'zod/mini';
import { layers, type Parameter } from '../../parameters';
import {
  adversarialConcepts,
  adversarialMetrics,
  adversarialProspect,
  adversarialViews,
  adversary,
  adversaryValues,
  discriminating,
} from '../adversarial';
import { described, notebook, type OwnPreset, start } from '../description';
import {
  activation,
  activations,
  initializer,
  initializers,
  noiseSize,
  training,
  trainingValues,
} from '../trainingParameters';

const hidden = { unit: 'units', minLayers: 0, maxLayers: 4, min: 4, max: 1024 } as const;
const initial = { optimizer: 'rmsprop', learningRate: 0.001 } as const;

/** The dense GAN's hyperparameters; the defaults are the notebook's (Hands-on Machine Learning, chapter 17). */
const parameters: readonly Parameter[] = [
  noiseSize(30, 'generator'),
  layers({
    key: 'generatorUnits',
    label: 'Generator layers',
    layerLabel: 'Generator layer',
    help: 'Width of each layer from the random numbers towards the image.',
    group: 'generator',
    default: [100, 150],
    ...hidden,
  }),
  ...adversary('generator', initial),
  layers({
    key: 'discriminatorUnits',
    label: 'Discriminator layers',
    layerLabel: 'Discriminator layer',
    help: 'Width of each layer from the image towards the verdict: real or generated.',
    group: 'discriminator',
    default: [150, 100],
    ...hidden,
  }),
  ...adversary('discriminator', initial),
  activation('both'),
  initializer('both'),
  ...training('images', 50),
];

/** The typed form of the parameters above; `catalog.test.ts` holds both together. */
export const ganValues = z.strictObject({
  ...trainingValues,
  ...adversaryValues,
  codingSize: z.int(),
  generatorUnits: z.array(z.int()),
  discriminatorUnits: z.array(z.int()),
  activation: z.enum(activations),
  initializer: z.enum(initializers),
});
export type GanValues = z.infer<typeof ganValues>;

const presets: readonly OwnPreset[] = [
  start('gan', 'Noise becomes a blob, the blob becomes shapes, while two losses hold each other.'),
  notebook('gan', 'fashion-mnist', 'Clothes out of 30 random numbers, by two dense networks.'),
  {
    id: 'gan-fast',
    kind: 'variant',
    label: 'Fast',
    about: 'One layer a network and Adam: one picture for all at first, then ever more kinds.',
    values: {
      generatorUnits: [128],
      discriminatorUnits: [128],
      generatorOptimizer: 'adam',
      discriminatorOptimizer: 'adam',
    },
  },
  {
    id: 'gan-large',
    kind: 'variant',
    label: 'Large',
    about: 'Three layers for the forger, two for the judge, 64 random numbers: slower steps, more room.',
    values: {
      codingSize: 64,
      generatorUnits: [128, 256, 512],
      discriminatorUnits: [512, 256],
      generatorOptimizer: 'adam-0',
      discriminatorOptimizer: 'adam-0',
      generatorLearningRate: 0.0005,
      discriminatorLearningRate: 0.0005,
    },
  },
  {
    id: 'gan-collapse',
    kind: 'failure',
    label: 'Mode collapse',
    about:
      'The generator takes four steps a turn. After some 300 steps all samples become one and the same picture.',
    values: { generatorSteps: 4 },
  },
  {
    id: 'gan-high-rate',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: "The generator's loss jumps into the thousands, and every sample becomes the same few dots.",
    values: { generatorLearningRate: 0.1, discriminatorLearningRate: 0.1 },
  },
];

export const gan = described({
  id: 'gan',
  label: 'GAN',
  summary: 'One network forges images from random numbers, another learns to tell them from real ones.',
  family: 'adversarial',
  data: 'images',
  metrics: adversarialMetrics,
  parameters,
  values: ganValues,
  views: adversarialViews,
  explores: ['walk'],
  prospect: adversarialProspect,
  sources: ['features', 'latents'],
  exports: { generate: 'Images of latents.', ...discriminating },
  concepts: adversarialConcepts,
  presets,
});
