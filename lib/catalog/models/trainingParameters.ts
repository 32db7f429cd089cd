import * as z from 'zod/mini';
import {
  type ChoiceParameter,
  choice,
  layers,
  type NumberParameter,
  number,
  type Parameter,
  type ParameterGroup,
} from '../parameters';

/** Hyperparameters that several models have, and the typed forms of their values. */

type Options = ChoiceParameter['options'];

/** The options' ids. */
export const idsOf = <const Id extends string>(options: readonly { readonly value: Id }[]): Id[] =>
  options.map(({ value }) => value);

const activationOptions = [
  { value: 'selu', label: 'SELU' },
  { value: 'relu', label: 'ReLU' },
  { value: 'elu', label: 'ELU' },
  { value: 'tanh', label: 'Tanh' },
  { value: 'sigmoid', label: 'Sigmoid' },
  { value: 'linear', label: 'None (linear)' },
] as const satisfies Options;
export const activations = idsOf(activationOptions);

export const activation = (group: ParameterGroup): ChoiceParameter =>
  choice({
    key: 'activation',
    label: 'Activation',
    help: 'What every layer but the last does with its sums. SELU keeps deep dense networks normalised by itself.',
    group,
    options: activationOptions,
    default: 'selu',
  });

const initializerOptions = [
  { value: 'glorot-uniform', label: 'Glorot uniform' },
  { value: 'lecun-normal', label: 'LeCun normal' },
] as const satisfies Options;
export const initializers = idsOf(initializerOptions);

export const initializer = (group: ParameterGroup): ChoiceParameter =>
  choice({
    key: 'initializer',
    label: 'Initializer',
    help: 'How widely the first random weights spread. LeCun normal is what SELU was made for.',
    group,
    options: initializerOptions,
    default: 'glorot-uniform',
  });

export const optimizerOptions = [
  { value: 'sgd', label: 'SGD' },
  { value: 'momentum', label: 'SGD with momentum 0.9' },
  { value: 'rmsprop', label: 'RMSprop' },
  { value: 'adam', label: 'Adam' },
] as const satisfies Options;
export const optimizers = idsOf(optimizerOptions);

export const optimizer = (initial: (typeof optimizers)[number]): ChoiceParameter =>
  choice({
    key: 'optimizer',
    label: 'Optimizer',
    help: 'How gradients move the weights. Adam and RMSprop want a much smaller learning rate than SGD: try 0.001.',
    group: 'training',
    options: optimizerOptions,
    default: initial,
  });

export const learningRate = (initial: number, max: number): NumberParameter =>
  number({
    key: 'learningRate',
    label: 'Learning rate',
    help: 'How far each step moves the weights. Drag it while training and watch the curve answer.',
    effect: 'live',
    group: 'training',
    min: 0.00001,
    max,
    default: initial,
    scale: 'log',
  });

/** The layers of an encoder, which its decoder mirrors. */
export const encoderUnits = (initial: readonly number[]): Parameter =>
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
    default: initial,
  });

export const validationShare: NumberParameter = number({
  key: 'validationShare',
  label: 'Validation share',
  unit: '%',
  help: 'Part of the images kept aside, never trained on, to see whether learning carries over.',
  group: 'training',
  min: 1,
  max: 50,
  default: 8.3333,
});

/** How many numbers a generator makes an image from. */
export const noiseSize = (initial: number, group: ParameterGroup): NumberParameter =>
  number({
    key: 'codingSize',
    label: 'Noise size',
    unit: 'numbers',
    help: 'How many random numbers each image is made from. More leave room for more kinds of images.',
    group,
    min: 2,
    max: 256,
    default: initial,
    integer: true,
    scale: 'log',
  });

export const leak: NumberParameter = number({
  key: 'leak',
  label: 'Leak',
  help: 'How much of what lies below zero a leaky ReLU lets through, so that no unit falls silent for ever.',
  group: 'both',
  min: 0,
  max: 0.9,
  default: 0.2,
});

/** Batch size, epochs and seed, which every model has. `unit` is what a batch is made of. */
export const training = (unit: 'images' | 'windows', epochs: number, batchSize = 32): Parameter[] => [
  number({
    key: 'batchSize',
    label: 'Batch size',
    unit,
    help: `How many ${unit} one training step sees. Larger is steadier, smaller learns more per epoch.`,
    group: 'training',
    min: 1,
    max: 512,
    default: batchSize,
    integer: true,
    scale: 'log',
  }),
  number({
    key: 'epochs',
    label: 'Epochs',
    unit: 'passes',
    help: `How often training goes through all training ${unit} before it finishes.`,
    effect: 'live',
    group: 'training',
    min: 1,
    max: 1000,
    default: epochs,
    integer: true,
    scale: 'log',
  }),
  number({
    key: 'seed',
    label: 'Seed',
    help: 'Start of all randomness. The same seed and recipe give the same run, number for number.',
    group: 'training',
    min: 0,
    max: 999999,
    default: 42,
    integer: true,
  }),
];
export const trainingValues = { batchSize: z.int(), epochs: z.int(), seed: z.int() };
