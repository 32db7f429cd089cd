import * as z from 'zod/mini';
import { layers, number, type Parameter } from '../../parameters';
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
import { leak, noiseSize, training, trainingValues } from '../trainingParameters';

const filters = { unit: 'filters', minLayers: 2, maxLayers: 2, min: 4, max: 512 } as const;
const initial = { optimizer: 'rmsprop', learningRate: 0.001 } as const;

const generator = [
  noiseSize(100, 'generator'),
  layers({
    key: 'generatorFilters',
    label: 'Generator filters',
    layerLabel: 'Generator layer',
    help: 'How many feature maps the coarse first image has, and how many after it was enlarged once.',
    group: 'generator',
    default: [128, 64],
    ...filters,
  }),
  number({
    key: 'batchNormMomentum',
    label: 'Batch norm momentum',
    help: 'How slowly the averages follow that stand in for a batch when single images are drawn.',
    group: 'generator',
    min: 0.5,
    max: 0.999,
    default: 0.99,
  }),
] as const;

const discriminator = [
  layers({
    key: 'discriminatorFilters',
    label: 'Discriminator filters',
    layerLabel: 'Discriminator layer',
    help: 'How many patterns each layer looks for; each layer halves the image.',
    group: 'discriminator',
    default: [64, 128],
    ...filters,
  }),
  number({
    key: 'dropout',
    label: 'Dropout',
    help: 'Share of what the discriminator sees that a training step leaves out, so that it learns nothing by heart.',
    group: 'discriminator',
    min: 0,
    max: 0.9,
    default: 0.4,
  }),
] as const;

/** The convolutional GAN's hyperparameters; the defaults are the notebook's (Hands-on Machine Learning, chapter 17). */
const parameters: readonly Parameter[] = [
  ...generator,
  ...adversary('generator', initial),
  ...discriminator,
  ...adversary('discriminator', initial),
  number({
    key: 'kernelSize',
    label: 'Kernel size',
    unit: 'pixels',
    help: 'Side of the square that each filter sees at once. With even sizes enlarging leaves less of a checkerboard.',
    group: 'both',
    min: 2,
    max: 7,
    default: 5,
    integer: true,
  }),
  leak,
  ...training('images', 50),
];

/** The typed form of the parameters above; `catalog.test.ts` holds both together. */
export const dcganValues = z.strictObject({
  ...trainingValues,
  ...adversaryValues,
  codingSize: z.int(),
  generatorFilters: z.array(z.int()),
  batchNormMomentum: z.number(),
  discriminatorFilters: z.array(z.int()),
  dropout: z.number(),
  kernelSize: z.int(),
  leak: z.number(),
});
export type DcganValues = z.infer<typeof dcganValues>;

const smallDcgan = {
  codingSize: 30,
  generatorFilters: [32, 16],
  discriminatorFilters: [16, 32],
  kernelSize: 4,
} as const;

const presets: readonly OwnPreset[] = [
  start('dcgan', 'A coarse image is enlarged twice: patches become strokes, strokes become shapes.'),
  notebook('dcgan', 'fashion-mnist', 'Clothes out of 100 random numbers, by convolutions of 5 x 5.'),
  {
    id: 'dcgan-fast',
    kind: 'variant',
    label: 'Fast',
    about: 'A quarter of the filters and Adam: shapes within a few hundred quick steps.',
    values: { ...smallDcgan, generatorOptimizer: 'adam', discriminatorOptimizer: 'adam' },
  },
  {
    id: 'dcgan-large',
    kind: 'variant',
    label: 'Large',
    about: 'Twice the filters: each step takes about four times as long.',
    values: { generatorFilters: [256, 128], discriminatorFilters: [128, 256] },
  },
  {
    id: 'dcgan-high-rate',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: "The generator's loss is in the hundreds at once; soon every sample is the same grid of dots.",
    values: { ...smallDcgan, generatorLearningRate: 0.1, discriminatorLearningRate: 0.1 },
  },
];

export const dcgan = described({
  id: 'dcgan',
  label: 'DCGAN',
  summary: 'A GAN that draws with convolutions: it begins with a coarse image and enlarges it twice.',
  family: 'adversarial',
  data: 'images',
  metrics: adversarialMetrics,
  parameters,
  values: dcganValues,
  views: adversarialViews,
  explores: ['walk'],
  prospect: adversarialProspect,
  sources: ['features', 'latents'],
  exports: { generate: 'Images of latents.', ...discriminating },
  concepts: [...adversarialConcepts, 'transposed-convolution', 'batch-norm'],
  presets,
});
