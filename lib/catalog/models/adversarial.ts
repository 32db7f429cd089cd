import * as z from 'zod/mini';
import { type ChoiceParameter, choice, number, type Parameter } from '../parameters';
import type { Description, Metric, Prospect } from './description';
import { idsOf, optimizerOptions } from './trainingParameters';

/** What the descriptions of adversarial models share. */

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

/** Parameters of one network's training: optimizer, learning rate and steps an iteration. */
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

export const adversarialMetrics: readonly Metric[] = [
  {
    key: 'discriminatorLoss',
    label: 'Discriminator loss',
    short: 'Discriminator',
    group: 'loss',
    side: 'real',
  },
  { key: 'generatorLoss', label: 'Generator loss', short: 'Generator', group: 'loss', side: 'generated' },
  { key: 'realScore', label: 'Score of real images', short: 'Real', group: 'score', side: 'real' },
  {
    key: 'fakeScore',
    label: 'Score of generated images',
    short: 'Generated',
    group: 'score',
    side: 'generated',
  },
];

export const adversarialViews: Description['views'] = ['samples', 'real', 'latent-space', 'slow', 'try'];
export const adversarialConcepts = [
  'tsne',
  'adversaries',
  'equilibrium',
  'collapse',
] as const satisfies Description['concepts'];

/** Exports of every discriminator. */
export const discriminating = {
  discriminate: 'How real the discriminator finds images.',
  features: "What the discriminator's last layer sees of images.",
} as const;

export const adversarialProspect: Prospect = {
  call: 'Press Train, and watch two networks outwit each other.',
  lessons: [
    {
      title: 'From noise, pictures',
      text: 'One network turns random numbers into pictures, and never sees a real one. The same numbers are drawn again and again: what changes is what it has learned.',
      figure: 'drawings',
    },
    {
      title: 'A judge that can be fooled',
      text: 'The other tells real from generated. When its scores meet at one half, it can only guess; when one side wins too early, both stop learning.',
      figure: 'scores',
    },
  ],
};
