import * as z from 'zod/mini';
import { type ChoiceParameter, choice, number, type Parameter } from '../parameters';
import { idsOf, optimizerOptions } from './shared';

/** How each of two competing networks learns: its own optimizer, learning rate and steps an iteration. */

/** Momentum can make two networks circle around each other, so they may do without. */
const options = [
  ...optimizerOptions,
  { value: 'adam-0', label: 'Adam without momentum' },
] as const satisfies ChoiceParameter['options'];

const texts = {
  generator: {
    optimizer: 'Generator optimizer',
    optimizing:
      "How gradients move the generator's weights. With momentum two networks may circle around each other.",
    rate: 'Generator learning rate',
    rating:
      "How far each step moves the generator's weights. Raise it, and it runs ahead of the discriminator.",
    steps: 'Generator steps',
    stepping: "How many steps the generator takes in a row before it is the discriminator's turn.",
  },
  discriminator: {
    optimizer: 'Discriminator optimizer',
    optimizing:
      "How gradients move the discriminator's weights. With momentum two networks may circle around each other.",
    rate: 'Discriminator learning rate',
    rating:
      "How far each step moves the discriminator's weights. Raise it, and it runs ahead of the generator.",
    steps: 'Discriminator steps',
    stepping: "How many steps the discriminator takes in a row before it is the generator's turn.",
  },
} as const;

export function adversary(
  network: keyof typeof texts,
  initial: { readonly optimizer: 'rmsprop' | 'adam-0'; readonly learningRate: number },
): Parameter[] {
  const text = texts[network];
  return [
    choice({
      key: `${network}Optimizer`,
      label: text.optimizer,
      help: text.optimizing,
      group: network,
      options,
      default: initial.optimizer,
    }),
    number({
      key: `${network}LearningRate`,
      label: text.rate,
      help: text.rating,
      effect: 'live',
      group: network,
      min: 0.00001,
      max: 1,
      default: initial.learningRate,
      scale: 'log',
    }),
    number({
      key: `${network}Steps`,
      label: text.steps,
      unit: 'steps',
      help: text.stepping,
      group: network,
      min: 1,
      max: 8,
      default: 1,
      integer: true,
    }),
  ];
}

const optimizer = z.enum(idsOf(options));
export const adversaryValues = {
  generatorOptimizer: optimizer,
  generatorLearningRate: z.number(),
  generatorSteps: z.int(),
  discriminatorOptimizer: optimizer,
  discriminatorLearningRate: z.number(),
  discriminatorSteps: z.int(),
};
