import * as z from 'zod/mini';
import { choice, layers, number, type Parameter } from '../../parameters';
import { described, notebook, type OwnPreset, start } from '../description';
import { idsOf, learningRate, optimizer, optimizers, training, trainingValues } from '../trainingParameters';

const cellOptions = [
  { value: 'gru', label: 'GRU' },
  { value: 'lstm', label: 'LSTM' },
] as const;

const letterCaseOptions = [
  { value: 'lower', label: 'All lower case' },
  { value: 'as-is', label: 'As it is' },
] as const;

const text = [
  choice({
    key: 'letterCase',
    label: 'Letters',
    help: 'Lower case leaves fewer characters to choose from, so there is less to learn.',
    group: 'text',
    options: letterCaseOptions,
    default: 'lower',
  }),
  number({
    key: 'windowLength',
    label: 'Window length',
    unit: 'characters',
    help: 'How much text the network reads in one go. It can learn nothing that reaches further back.',
    group: 'text',
    min: 5,
    max: 400,
    default: 100,
    integer: true,
    scale: 'log',
  }),
  number({
    key: 'windowShift',
    label: 'Window shift',
    unit: 'characters',
    help: 'How far the next window begins behind the last. With 1 every character begins one: epochs become long.',
    group: 'text',
    min: 1,
    max: 400,
    default: 1,
    integer: true,
    scale: 'log',
  }),
  number({
    key: 'trainShare',
    label: 'Training share',
    unit: '%',
    help: 'Part of the text, from its beginning, that the network learns from.',
    group: 'text',
    min: 10,
    max: 90,
    default: 90,
  }),
  number({
    key: 'validationShare',
    label: 'Validation share',
    unit: '%',
    help: 'The part after that, which shows whether learning carries over. The rest stays unread, for a last test.',
    group: 'text',
    min: 1,
    max: 10,
    default: 5,
  }),
] as const;

/** Dropout as Keras's recurrent layers define it: one mask for all time steps of a window. */
const dropouts = [
  number({
    key: 'dropout',
    label: 'Dropout',
    help: "Share of each layer's inputs that a training step leaves out, so that no unit leans on a single other.",
    group: 'network',
    min: 0,
    max: 0.9,
    default: 0.2,
  }),
  number({
    key: 'recurrentDropout',
    label: 'Recurrent dropout',
    help: "Share of each layer's memory that a training step leaves out, the same for all characters of a window.",
    group: 'network',
    min: 0,
    max: 0.9,
    default: 0.2,
  }),
] as const;

/** The character RNN's hyperparameters; the defaults are the notebook's (Hands-on Machine Learning, chapter 16). */
const parameters: readonly Parameter[] = [
  ...text,
  choice({
    key: 'cell',
    label: 'Cell',
    help: 'What keeps the memory from character to character. A GRU has three gates, an LSTM four.',
    group: 'network',
    options: cellOptions,
    default: 'gru',
  }),
  layers({
    key: 'hiddenUnits',
    label: 'Recurrent layers',
    layerLabel: 'Recurrent layer',
    unit: 'units',
    help: 'How many numbers each layer remembers. Each layer reads what the one before it makes of the text.',
    group: 'network',
    minLayers: 1,
    maxLayers: 3,
    min: 8,
    max: 1024,
    default: [128, 128],
  }),
  ...dropouts,
  optimizer('adam'),
  learningRate(0.001, 1),
  ...training('windows', 20),
];

/** The typed form of the parameters above; `catalog.test.ts` holds both together. */
export const charRnnValues = z.strictObject({
  ...trainingValues,
  letterCase: z.enum(idsOf(letterCaseOptions)),
  windowLength: z.int(),
  windowShift: z.int(),
  trainShare: z.number(),
  validationShare: z.number(),
  cell: z.enum(idsOf(cellOptions)),
  hiddenUnits: z.array(z.int()),
  dropout: z.number(),
  recurrentDropout: z.number(),
  optimizer: z.enum(optimizers),
  learningRate: z.number(),
});
export type CharRnnValues = z.infer<typeof charRnnValues>;

const quickText = {
  hiddenUnits: [96],
  windowLength: 40,
  dropout: 0,
  recurrentDropout: 0,
  learningRate: 0.005,
} as const;

const presets: readonly OwnPreset[] = [
  start('char-rnn', 'Letters at random, then words, then lines with speakers.'),
  notebook('char-rnn', 'shakespeare', 'Two layers of 128 GRU cells read Shakespeare in windows of 100.'),
  {
    id: 'char-rnn-fast',
    kind: 'variant',
    label: 'Fast',
    about: 'One small layer and short windows: words appear within seconds.',
    values: quickText,
  },
  {
    id: 'char-rnn-large',
    kind: 'variant',
    label: 'Large',
    about: 'Two layers of 256 LSTM cells: slow steps, and more to remember.',
    values: { cell: 'lstm', hiddenUnits: [256, 256], recurrentDropout: 0 },
  },
  {
    id: 'char-rnn-high-rate',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: 'The loss leaps up, then stays near 2.3: letters in likely order, and never words.',
    values: { ...quickText, learningRate: 0.3 },
  },
  {
    id: 'char-rnn-short-window',
    kind: 'failure',
    label: 'A window of 5',
    about:
      'It finds syllables and hardly more: after 500 steps the loss is 2.0, with windows of 40 it is 1.3.',
    values: { ...quickText, windowLength: 5 },
  },
];

export const charRnn = described({
  id: 'char-rnn',
  label: 'Character RNN',
  summary: 'Reads a text character by character, learns which one comes next, and so learns to write.',
  family: 'text',
  data: 'text',
  metrics: [
    { key: 'loss', label: 'Loss', group: 'loss' },
    { key: 'accuracy', label: 'Accuracy', group: 'share' },
  ],
  parameters,
  values: charRnnValues,
  views: ['text', 'latent-space', 'units', 'try'],
  explores: ['writing'],
  prospect: {
    call: 'Press Train, and watch a network learn to write.',
    lessons: [
      {
        title: 'Letter by letter',
        text: 'It only ever guesses the next character. First come letters at random, then words, then lines with speakers: spelling and form that nobody explained.',
        figure: 'letters',
      },
      {
        title: 'How sure it was',
        text: 'The less probable a character was, the stronger it is tinted. Look where a word begins, and where there was hardly a choice.',
        figure: 'tinted-line',
      },
    ],
  },
  sources: ['hidden'],
  exports: { generate: 'Characters that go on from a prompt, one after the other.' },
  concepts: ['tokenising', 'windows', 'dropouts', 'temperature', 'tsne'],
  presets,
});
