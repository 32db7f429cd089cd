import * as z from 'zod/mini';
import { choice, layers, number, type Parameter } from '../../parameters';
import {
  activation,
  activations,
  idsOf,
  initializer,
  initializers,
  learningRate,
  optimizer,
  optimizers,
  training,
  trainingValues,
} from '../shared';

const lossOptions = [
  { value: 'binary-cross-entropy', label: 'Binary cross-entropy' },
  { value: 'mean-squared-error', label: 'Mean squared error' },
] as const;
export const losses = idsOf(lossOptions);

/** The stacked autoencoder's hyperparameters; the defaults are the notebook's (Hands-on Machine Learning, chapter 17). */
export const autoencoderParameters: readonly Parameter[] = [
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
  layers({
    key: 'hiddenUnits',
    label: 'Hidden layers',
    layerLabel: 'Hidden layer',
    unit: 'units',
    help: 'Width of each encoder layer from the image towards the coding. The decoder mirrors them.',
    group: 'network',
    minLayers: 0,
    maxLayers: 4,
    min: 4,
    max: 1024,
    default: [100],
  }),
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
  number({
    key: 'validationShare',
    label: 'Validation share',
    unit: '%',
    help: 'Part of the images kept aside, never trained on, to see whether learning carries over.',
    group: 'training',
    min: 1,
    max: 50,
    default: 8.3333,
  }),
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
