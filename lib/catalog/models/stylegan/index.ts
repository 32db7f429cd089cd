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

const initial = { optimizer: 'adam-0', learningRate: 0.002 } as const;

const mapping = [
  noiseSize(64, 'mapping'),
  number({
    key: 'styleSize',
    label: 'Style size',
    unit: 'numbers',
    help: 'How many numbers make a style. They are shaped by learning, and so less entangled than the random ones.',
    group: 'mapping',
    min: 2,
    max: 512,
    default: 64,
    integer: true,
    scale: 'log',
  }),
  number({
    key: 'mappingDepth',
    label: 'Mapping depth',
    unit: 'layers',
    help: 'How many dense layers turn random numbers into a style.',
    group: 'mapping',
    min: 1,
    max: 8,
    default: 4,
    integer: true,
  }),
  number({
    key: 'averageDecay',
    label: 'Average decay',
    help: 'How slowly the mean style follows the styles being made; truncation pulls images towards it.',
    group: 'mapping',
    min: 0,
    max: 0.9999,
    default: 0.995,
  }),
] as const;

const generator = [
  layers({
    key: 'synthesisFilters',
    label: 'Synthesis filters',
    layerLabel: 'Resolution',
    unit: 'filters',
    help: 'How many feature maps each resolution has, from the learned constant up. Each doubles the image.',
    group: 'generator',
    minLayers: 2,
    maxLayers: 4,
    min: 4,
    max: 512,
    default: [128, 64, 32],
  }),
  number({
    key: 'styleMixing',
    label: 'Style mixing',
    help: 'How often an image gets its coarse layers from one style and its fine ones from another: keeps them apart.',
    group: 'generator',
    min: 0,
    max: 1,
    default: 0.9,
  }),
] as const;

/** The style-based GAN's hyperparameters (Karras and others, 2019), made small enough for images of 28 or 32 pixels. */
const parameters: readonly Parameter[] = [
  ...mapping,
  ...generator,
  ...adversary('generator', initial),
  layers({
    key: 'discriminatorFilters',
    label: 'Discriminator filters',
    layerLabel: 'Discriminator layer',
    unit: 'filters',
    help: 'How many patterns each layer looks for; each layer halves the image.',
    group: 'discriminator',
    minLayers: 1,
    maxLayers: 4,
    min: 4,
    max: 512,
    default: [64, 128],
  }),
  ...adversary('discriminator', initial),
  leak,
  ...training('images', 50),
];

/** The typed form of the parameters above; `catalog.test.ts` holds both together. */
export const styleganValues = z.strictObject({
  ...trainingValues,
  ...adversaryValues,
  codingSize: z.int(),
  styleSize: z.int(),
  mappingDepth: z.int(),
  averageDecay: z.number(),
  synthesisFilters: z.array(z.int()),
  styleMixing: z.number(),
  discriminatorFilters: z.array(z.int()),
  leak: z.number(),
});
export type StyleganValues = z.infer<typeof styleganValues>;

const smallStylegan = {
  codingSize: 32,
  styleSize: 32,
  mappingDepth: 2,
  synthesisFilters: [24, 12, 8],
  discriminatorFilters: [12, 24],
  batchSize: 16,
} as const;

const presets: readonly OwnPreset[] = [
  start('stylegan', 'Coarse shapes first, then edges and grain, each steered by a style.'),
  notebook('stylegan', 'fashion-mnist', 'Clothes, every layer of the forger steered by a style.'),
  {
    id: 'stylegan-fast',
    kind: 'variant',
    label: 'Fast',
    about: 'A quarter of the filters and two mapping layers: the same ideas in quicker steps.',
    values: smallStylegan,
  },
  {
    id: 'stylegan-large',
    kind: 'variant',
    label: 'Large',
    about: 'Eight mapping layers and twice the filters, as deep as in the paper; slow without a GPU.',
    values: { codingSize: 128, styleSize: 128, mappingDepth: 8, synthesisFilters: [256, 128, 64] },
  },
  {
    id: 'stylegan-high-rate',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: 'Both losses leap into the thousands, and within a hundred steps all samples look alike.',
    values: { ...smallStylegan, generatorLearningRate: 0.1, discriminatorLearningRate: 0.1 },
  },
];

export const stylegan = described({
  id: 'stylegan',
  label: 'StyleGAN',
  summary:
    'Turns random numbers into a style that steers an image from its coarse shape to its fine texture.',
  family: 'adversarial',
  data: 'images',
  metrics: adversarialMetrics,
  parameters,
  values: styleganValues,
  views: adversarialViews,
  explores: ['walk', 'styles'],
  prospect: {
    ...adversarialProspect,
    lessons: [
      {
        title: 'Style, from coarse to fine',
        text: 'Random numbers become a style, and the style steers every layer: the first ones the shape, the last ones the texture. Noise adds what no style decides.',
        figure: 'drawings',
      },
      adversarialProspect.lessons[1],
    ],
  },
  sources: ['features', 'latents', 'styles'],
  exports: {
    generate: 'Images of latents, with truncation and noise.',
    mix: 'Images of two latents, their styles blended layer by layer.',
    map: 'Styles of latents.',
    synthesize: 'Images of one style a layer.',
    ...discriminating,
  },
  concepts: [...adversarialConcepts, 'mapping', 'adain', 'noise', 'style-mixing'],
  presets,
});
