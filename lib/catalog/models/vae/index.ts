import * as z from 'zod/mini';
import { number, type Parameter } from '../../parameters';
import { described, notebook, type OwnPreset, start } from '../description';
import {
  activation,
  activations,
  encoderUnits,
  initializer,
  initializers,
  learningRate,
  optimizer,
  optimizers,
  training,
  trainingValues,
  validationShare,
} from '../trainingParameters';

/** The variational autoencoder's hyperparameters; the defaults are the notebook's (Hands-on Machine Learning, chapter 17). */
const parameters: readonly Parameter[] = [
  number({
    key: 'codingSize',
    label: 'Coding size',
    unit: 'numbers',
    help: 'How many numbers the bottleneck may use for each image. With 2 or 3 the cloud shows all of them: a filled disc or ball.',
    group: 'network',
    min: 2,
    max: 256,
    default: 10,
    integer: true,
    scale: 'log',
  }),
  encoderUnits([150, 100]),
  activation('network'),
  initializer('network'),
  number({
    key: 'klWeight',
    label: 'KL weight',
    help: 'How strongly codings are pulled into one cloud around zero. At 0 nothing pulls; far above 1 all that tells images apart is lost.',
    effect: 'live',
    group: 'training',
    min: 0,
    max: 50,
    default: 1,
    scale: 'square',
  }),
  optimizer('rmsprop'),
  learningRate(0.001, 1),
  ...training('images', 25, 128),
  validationShare,
];

/** The typed form of the parameters above; `catalog.test.ts` holds both together. */
export const vaeValues = z.strictObject({
  ...trainingValues,
  codingSize: z.int(),
  hiddenUnits: z.array(z.int()),
  activation: z.enum(activations),
  initializer: z.enum(initializers),
  klWeight: z.number(),
  optimizer: z.enum(optimizers),
  learningRate: z.number(),
  validationShare: z.number(),
});
export type VaeValues = z.infer<typeof vaeValues>;

const quick = { batchSize: 64, optimizer: 'adam', learningRate: 0.003 } as const;

const presets: readonly OwnPreset[] = [
  start('vae', 'Noise becomes shapes: what it draws of random numbers is seen beside what it draws again.'),
  notebook(
    'vae',
    'fashion-mnist',
    'Clothes as draws from 10 normal distributions each, pulled together by the KL term.',
  ),
  {
    id: 'vae-fast',
    kind: 'variant',
    label: 'Fast',
    about: 'One small layer a side and Adam: samples take shape within a few hundred steps.',
    values: { ...quick, hiddenUnits: [64] },
  },
  {
    id: 'vae-large',
    kind: 'variant',
    label: 'Large',
    about: 'Wide layers and 32 numbers, of which it uses as many as pay for themselves.',
    values: { hiddenUnits: [512, 256], codingSize: 32, optimizer: 'adam' },
  },
  {
    id: 'vae-coding-2',
    kind: 'variant',
    label: 'A coding of 2',
    about: 'All that it knows lies on a disc without holes: every place of it draws something.',
    values: { ...quick, codingSize: 2 },
  },
  {
    id: 'vae-coding-3',
    kind: 'variant',
    label: 'A coding of 3',
    about: 'The cloud is a ball, filled by all images, and each kind has its region of it.',
    values: { ...quick, codingSize: 3 },
  },
  {
    id: 'vae-weight-0',
    kind: 'failure',
    label: 'A KL weight of 0',
    about: 'Reconstructions are sharp, samples are not: codings lie anywhere but where noise is drawn.',
    values: { ...quick, klWeight: 0 },
  },
  {
    id: 'vae-collapse',
    kind: 'failure',
    label: 'Posterior collapse',
    about: 'Far too large a KL weight: codings say nothing any more, and every picture is the mean of all.',
    values: { ...quick, klWeight: 50 },
  },
];

export const vae = described({
  id: 'vae',
  label: 'Variational autoencoder',
  summary: 'Codes each image as a cloud of numbers around zero, so that it can draw new ones from noise.',
  family: 'autoencoder',
  data: 'images',
  metrics: [
    { key: 'loss', label: 'Loss', group: 'loss' },
    { key: 'reconstruction', label: 'Reconstruction', group: 'loss', side: 'generated' },
    { key: 'kl', label: 'KL divergence', group: 'divergence' },
    { key: 'accuracy', label: 'Rounded accuracy', group: 'share' },
  ],
  parameters,
  values: vaeValues,
  views: ['reconstructions', 'samples', 'latent-space', 'try'],
  explores: ['coding', 'walk'],
  prospect: {
    call: 'Press Train, and watch a network learn to draw, and to invent.',
    lessons: [
      {
        title: 'A draw, not a number',
        text: 'Each picture becomes a small cloud: a mean and a spread for every number of its coding. What is drawn of it must look right from anywhere within.',
        figure: 'cloud',
      },
      {
        title: 'New ones from noise',
        text: 'All these clouds are pulled towards the same ball around zero, until they fill it. Then any place in it can be drawn: samples are pictures that nobody gave.',
        figure: 'drawings',
      },
    ],
  },
  sources: ['codings'],
  exports: {
    encode: 'Means and spreads of the codings of images.',
    decode: 'Images of codings; of normal noise, new ones.',
    reconstruct: 'Images through the coding and back.',
  },
  concepts: ['bottleneck', 'kl', 'tsne'],
  presets,
});
