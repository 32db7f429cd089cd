import * as z from 'zod/mini';
import { layers, type Parameter } from '../../parameters';
import { adversary, adversaryValues } from '../adversaries';
import {
  activation,
  activations,
  initializer,
  initializers,
  noiseSize,
  training,
  trainingValues,
} from '../shared';

const hidden = { unit: 'units', minLayers: 0, maxLayers: 4, min: 4, max: 1024 } as const;
const initial = { optimizer: 'rmsprop', learningRate: 0.001 } as const;

/** The dense GAN's hyperparameters; the defaults are the notebook's (Hands-on Machine Learning, chapter 17). */
export const ganParameters: readonly Parameter[] = [
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
