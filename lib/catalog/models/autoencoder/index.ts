import * as z from 'zod/mini';
import { choice, number, type Parameter } from '../../parameters';
import { described, notebook, type OwnPreset, start } from '../description';
import {
  activation,
  activations,
  encoderUnits,
  idsOf,
  initializer,
  initializers,
  learningRate,
  optimizer,
  optimizers,
  training,
  trainingValues,
  validationShare,
} from '../trainingParameters';

const lossOptions = [
  { value: 'binary-cross-entropy', label: 'Binary cross-entropy' },
  { value: 'mean-squared-error', label: 'Mean squared error' },
] as const;
export const losses = idsOf(lossOptions);

/** The stacked autoencoder's hyperparameters; the defaults are the notebook's (Hands-on Machine Learning, chapter 17). */
const parameters: readonly Parameter[] = [
  number({
    key: 'codingSize',
    label: 'Coding size',
    unit: 'numbers',
    help: 'How many numbers the bottleneck keeps of each image. Try 2: the pictures blur, the cloud becomes flat.',
    group: 'network',
    min: 2,
    max: 256,
    default: 30,
    integer: true,
    scale: 'log',
  }),
  encoderUnits([100]),
  activation('network'),
  initializer('network'),
  choice({
    key: 'loss',
    label: 'Loss function',
    help: 'How a reconstruction is scored. Cross-entropy treats each pixel as a probability and learns faster here.',
    group: 'training',
    options: lossOptions,
    default: 'binary-cross-entropy',
  }),
  optimizer('sgd'),
  learningRate(1.5, 10),
  ...training('images', 20),
  validationShare,
];

/** The typed form of the parameters above; `catalog.test.ts` holds both together. */
export const autoencoderValues = z.strictObject({
  ...trainingValues,
  codingSize: z.int(),
  hiddenUnits: z.array(z.int()),
  activation: z.enum(activations),
  initializer: z.enum(initializers),
  loss: z.enum(losses),
  optimizer: z.enum(optimizers),
  learningRate: z.number(),
  validationShare: z.number(),
});
export type AutoencoderValues = z.infer<typeof autoencoderValues>;

const presets: readonly OwnPreset[] = [
  start('autoencoder', 'Out of fog, shapes: 784 pixels go through 30 numbers and come back.'),
  notebook(
    'autoencoder',
    'fashion-mnist',
    'Clothes through 30 numbers and back, by SGD with a learning rate of 1.5.',
  ),
  {
    id: 'autoencoder-fast',
    kind: 'variant',
    label: 'Fast',
    about: 'Small layers and Adam: shapes stand out after a hundred steps.',
    values: { hiddenUnits: [48], codingSize: 12, optimizer: 'adam', learningRate: 0.005, batchSize: 64 },
  },
  {
    id: 'autoencoder-large',
    kind: 'variant',
    label: 'Large',
    about: 'Two wide layers a side and 64 numbers: slower steps, room for detail.',
    values: { hiddenUnits: [512, 256], codingSize: 64, optimizer: 'adam', learningRate: 0.001 },
  },
  {
    id: 'autoencoder-coding-2',
    kind: 'failure',
    label: 'A coding of 2',
    about:
      'Two numbers are too few: drawings stay blurred and take each other for another; the cloud is flat.',
    values: { codingSize: 2 },
  },
  {
    id: 'autoencoder-high-rate',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: 'The loss rises instead of falling, and within 30 steps it is no number any more: the run fails.',
    values: { learningRate: 10 },
  },
];

export const autoencoder = described({
  id: 'autoencoder',
  label: 'Stacked autoencoder',
  summary: 'Squeezes each image into a few numbers and learns to draw it again from them.',
  family: 'autoencoder',
  data: 'images',
  metrics: [
    { key: 'loss', label: 'Loss', group: 'loss' },
    { key: 'accuracy', label: 'Rounded accuracy', group: 'share' },
  ],
  parameters,
  values: autoencoderValues,
  views: ['reconstructions', 'latent-space', 'try'],
  explores: ['coding'],
  prospect: {
    call: 'Press Train, and watch a network learn to draw.',
    lessons: [
      {
        title: 'Out of fog, pictures',
        text: 'It squeezes each picture into a few numbers and draws it again from them. Within seconds the drawings below the originals turn from grey fog into shapes.',
        figure: 'drawings',
      },
      {
        title: 'A map that nobody drew',
        text: 'Those few numbers place every picture in space. No one tells the network about classes, and yet like finds like: turn the cloud, and look at its points.',
        figure: 'cloud',
      },
    ],
  },
  sources: ['codings'],
  exports: {
    encode: 'Codings of images.',
    decode: 'Images of codings.',
    reconstruct: 'Images through the coding and back.',
  },
  concepts: ['bottleneck', 'losses', 'tsne'],
  presets,
});
