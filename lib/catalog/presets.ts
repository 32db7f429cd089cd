import type { PlainMessage } from '../text/ko';
import type { DatasetId } from './datasets';
import { defaultDatasetFor, defaultValues, type ModelId, type Recipe, recipeSchema } from './models';
import type { ParameterValue } from './parameters';

/** A recipe worth a link of its own: what it changes of its model's defaults. */
export interface Preset {
  /** What its link is made of; stays as it is, since links are kept. */
  readonly id: string;
  readonly model: ModelId;
  /** `start`: what a model's card opens. `failure`: shows something go wrong. */
  readonly kind: 'start' | 'variant' | 'failure';
  readonly label: PlainMessage;
  /** What one sees with it, in a sentence; of failures, what was seen when they were tried. */
  readonly about: PlainMessage;
  /** The model's first one, which needs no network, unless it says otherwise. */
  readonly dataset?: DatasetId;
  readonly values?: Readonly<Record<string, ParameterValue>>;
}

/** Of each model the first: all defaults, on data that are there at once. */
const start = (model: ModelId, about: PlainMessage): Preset => ({
  id: model,
  model,
  kind: 'start',
  label: 'Start',
  about,
});

/** All defaults, and the notebook's own data. */
const notebook = (model: ModelId, dataset: DatasetId, about: PlainMessage): Preset => ({
  id: `${model}-notebook`,
  model,
  kind: 'variant',
  label: 'As in the notebook',
  about,
  dataset,
});

const autoencoder: readonly Preset[] = [
  start('autoencoder', 'Out of fog, shapes: 784 pixels go through 30 numbers and come back.'),
  notebook(
    'autoencoder',
    'fashion-mnist',
    'Clothes through 30 numbers and back, by SGD with a learning rate of 1.5.',
  ),
  {
    id: 'autoencoder-fast',
    model: 'autoencoder',
    kind: 'variant',
    label: 'Fast',
    about: 'Small layers and Adam: shapes stand out after a hundred steps.',
    values: { hiddenUnits: [48], codingSize: 12, optimizer: 'adam', learningRate: 0.005, batchSize: 64 },
  },
  {
    id: 'autoencoder-large',
    model: 'autoencoder',
    kind: 'variant',
    label: 'Large',
    about: 'Two wide layers a side and 64 numbers: slower steps, room for detail.',
    values: { hiddenUnits: [512, 256], codingSize: 64, optimizer: 'adam', learningRate: 0.001 },
  },
  {
    id: 'autoencoder-coding-2',
    model: 'autoencoder',
    kind: 'failure',
    label: 'A coding of 2',
    about:
      'Two numbers are too few: drawings stay blurred and take each other for another; the cloud is flat.',
    values: { codingSize: 2 },
  },
  {
    id: 'autoencoder-high-rate',
    model: 'autoencoder',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: 'The loss rises instead of falling, and within 30 steps it is no number any more: the run fails.',
    values: { learningRate: 10 },
  },
];

const quickText = {
  hiddenUnits: [96],
  windowLength: 40,
  dropout: 0,
  recurrentDropout: 0,
  learningRate: 0.005,
} as const;

const charRnn: readonly Preset[] = [
  start('char-rnn', 'Letters at random, then words, then lines with speakers.'),
  notebook('char-rnn', 'shakespeare', 'Two layers of 128 GRU cells read Shakespeare in windows of 100.'),
  {
    id: 'char-rnn-fast',
    model: 'char-rnn',
    kind: 'variant',
    label: 'Fast',
    about: 'One small layer and short windows: words appear within seconds.',
    values: quickText,
  },
  {
    id: 'char-rnn-large',
    model: 'char-rnn',
    kind: 'variant',
    label: 'Large',
    about: 'Two layers of 256 LSTM cells: slow steps, and more to remember.',
    values: { cell: 'lstm', hiddenUnits: [256, 256], recurrentDropout: 0 },
  },
  {
    id: 'char-rnn-high-rate',
    model: 'char-rnn',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: 'The loss leaps up, then stays near 2.3: letters in likely order, and never words.',
    values: { ...quickText, learningRate: 0.3 },
  },
  {
    id: 'char-rnn-short-window',
    model: 'char-rnn',
    kind: 'failure',
    label: 'A window of 5',
    about:
      'It finds syllables and hardly more: after 500 steps the loss is 2.0, with windows of 40 it is 1.3.',
    values: { ...quickText, windowLength: 5 },
  },
];

const gan: readonly Preset[] = [
  start('gan', 'Noise becomes a blob, the blob becomes shapes, while two losses hold each other.'),
  notebook('gan', 'fashion-mnist', 'Clothes out of 30 random numbers, by two dense networks.'),
  {
    id: 'gan-fast',
    model: 'gan',
    kind: 'variant',
    label: 'Fast',
    about: 'One layer a network and Adam: one picture for all at first, then ever more kinds.',
    values: {
      generatorUnits: [128],
      discriminatorUnits: [128],
      generatorOptimizer: 'adam',
      discriminatorOptimizer: 'adam',
    },
  },
  {
    id: 'gan-large',
    model: 'gan',
    kind: 'variant',
    label: 'Large',
    about: 'Three layers for the forger, two for the judge, 64 random numbers: slower steps, more room.',
    values: {
      codingSize: 64,
      generatorUnits: [128, 256, 512],
      discriminatorUnits: [512, 256],
      generatorOptimizer: 'adam-0',
      discriminatorOptimizer: 'adam-0',
      generatorLearningRate: 0.0005,
      discriminatorLearningRate: 0.0005,
    },
  },
  {
    id: 'gan-collapse',
    model: 'gan',
    kind: 'failure',
    label: 'Mode collapse',
    about:
      'The generator takes four steps a turn. After some 300 steps all samples become one and the same picture.',
    values: { generatorSteps: 4 },
  },
  {
    id: 'gan-high-rate',
    model: 'gan',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: "The generator's loss jumps into the thousands, and every sample becomes the same few dots.",
    values: { generatorLearningRate: 0.1, discriminatorLearningRate: 0.1 },
  },
];

const smallDcgan = {
  codingSize: 30,
  generatorFilters: [32, 16],
  discriminatorFilters: [16, 32],
  kernelSize: 4,
} as const;

const dcgan: readonly Preset[] = [
  start('dcgan', 'A coarse image is enlarged twice: patches become strokes, strokes become shapes.'),
  notebook('dcgan', 'fashion-mnist', 'Clothes out of 100 random numbers, by convolutions of 5 x 5.'),
  {
    id: 'dcgan-fast',
    model: 'dcgan',
    kind: 'variant',
    label: 'Fast',
    about: 'A quarter of the filters and Adam: shapes within a few hundred quick steps.',
    values: { ...smallDcgan, generatorOptimizer: 'adam', discriminatorOptimizer: 'adam' },
  },
  {
    id: 'dcgan-large',
    model: 'dcgan',
    kind: 'variant',
    label: 'Large',
    about: 'Twice the filters: each step takes about four times as long.',
    values: { generatorFilters: [256, 128], discriminatorFilters: [128, 256] },
  },
  {
    id: 'dcgan-high-rate',
    model: 'dcgan',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: "The generator's loss is in the hundreds at once; soon every sample is the same grid of dots.",
    values: { ...smallDcgan, generatorLearningRate: 0.1, discriminatorLearningRate: 0.1 },
  },
];

const smallStylegan = {
  codingSize: 32,
  styleSize: 32,
  mappingDepth: 2,
  synthesisFilters: [24, 12, 8],
  discriminatorFilters: [12, 24],
  batchSize: 16,
} as const;

const stylegan: readonly Preset[] = [
  start('stylegan', 'Coarse shapes first, then edges and grain, each steered by a style.'),
  notebook('stylegan', 'fashion-mnist', 'Clothes, every layer of the forger steered by a style.'),
  {
    id: 'stylegan-fast',
    model: 'stylegan',
    kind: 'variant',
    label: 'Fast',
    about: 'A quarter of the filters and two mapping layers: the same ideas in quicker steps.',
    values: smallStylegan,
  },
  {
    id: 'stylegan-large',
    model: 'stylegan',
    kind: 'variant',
    label: 'Large',
    about: 'Eight mapping layers and twice the filters, as deep as in the paper; slow without a GPU.',
    values: { codingSize: 128, styleSize: 128, mappingDepth: 8, synthesisFilters: [256, 128, 64] },
  },
  {
    id: 'stylegan-high-rate',
    model: 'stylegan',
    kind: 'failure',
    label: 'Too high a learning rate',
    about: 'Both losses leap into the thousands, and within a hundred steps all samples look alike.',
    values: { ...smallStylegan, generatorLearningRate: 0.1, discriminatorLearningRate: 0.1 },
  },
];

/** Each model's `start` comes first. */
export const presets: readonly Preset[] = [...autoencoder, ...charRnn, ...gan, ...dcgan, ...stylegan];

/** `null` for an unknown id. */
export function presetOf(id: string): Preset | null {
  return presets.find((preset) => preset.id === id) ?? null;
}

export const presetsOf = (model: ModelId): readonly Preset[] =>
  presets.filter((preset) => preset.model === model);

/** What a model's card opens. */
export function startOf(model: ModelId): Preset {
  const found = presets.find((preset) => preset.model === model && preset.kind === 'start');
  if (!found) throw new RangeError(`There is no preset to start ${model} with`);
  return found;
}

/** The whole recipe that a preset stands for. */
export function recipeOfPreset({ model, dataset = defaultDatasetFor(model), values }: Preset): Recipe {
  return recipeSchema.parse({ model, dataset, values: { ...defaultValues(model), ...values } });
}
