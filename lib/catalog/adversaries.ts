import * as z from 'zod/mini';
import { type ChoiceParameter, choice, number, type Parameter } from './parameters';
import { idsOf, optimizerOptions } from './shared';

/** How each of two competing networks learns: its own optimizer, learning rate and steps an iteration. */

/** Momentum can make two networks circle around each other, so they may do without. */
const options = [
  ...optimizerOptions,
  { value: 'adam-0', label: 'Adam without momentum' },
] as const satisfies ChoiceParameter['options'];

const others = { generator: 'discriminator', discriminator: 'generator' } as const;
const names = { generator: 'Generator', discriminator: 'Discriminator' } as const;

export function adversary(
  network: keyof typeof others,
  initial: { readonly optimizer: 'rmsprop' | 'adam-0'; readonly learningRate: number },
): Parameter[] {
  const [name, other] = [names[network], others[network]];
  return [
    choice({
      key: `${network}Optimizer`,
      label: `${name} optimizer`,
      help: `How gradients move the ${network}'s weights. With momentum two networks may circle around each other.`,
      group: network,
      options,
      default: initial.optimizer,
    }),
    number({
      key: `${network}LearningRate`,
      label: `${name} learning rate`,
      help: `How far each step moves the ${network}'s weights. Raise it, and it runs ahead of the ${other}.`,
      effect: 'live',
      group: network,
      min: 0.00001,
      max: 1,
      default: initial.learningRate,
      scale: 'log',
    }),
    number({
      key: `${network}Steps`,
      label: `${name} steps`,
      unit: 'steps',
      help: `How many steps the ${network} takes in a row before it is the ${other}'s turn.`,
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
