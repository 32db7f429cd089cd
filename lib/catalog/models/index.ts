import * as z from 'zod/mini';
import type { PlainMessage } from '../../text/ko';
import { type Dataset, type DatasetId, datasets } from '../datasets';
import { isOwnImages, isOwnText, type OwnImagesId, type OwnTextId } from '../ownData';
import { type Parameter, type ParameterValue, valueSchema } from '../parameters';
import { autoencoderParameters, autoencoderValues } from './autoencoder';
import { charRnnParameters, charRnnValues } from './charRnn';
import { dcganParameters, dcganValues } from './dcgan';
import { ganParameters, ganValues } from './gan';
import { styleganParameters, styleganValues } from './stylegan';

/** What a data set is made of, and a model learns from. */
export type DataKind = Dataset['kind'];

/** A number that every training step reports. */
export interface Metric {
  readonly key: string;
  readonly label: PlainMessage;
  /** Metrics of one group share a chart: a `loss` is 0 or more, a `share` and a `score` are 0 to 1; a score's balance is 0.5. */
  readonly group: 'loss' | 'share' | 'score';
  /** Which side of two competing networks it tells of. */
  readonly side?: 'real' | 'generated';
  /** Its name within its group's chart, beside others. */
  readonly short?: PlainMessage;
}

/** Every model that a recipe may name: its hyperparameters as people see them. */
interface ModelEntry<Id extends string> {
  readonly id: Id;
  readonly label: PlainMessage;
  readonly summary: PlainMessage;
  readonly data: DataKind;
  readonly metrics: readonly Metric[];
  readonly parameters: readonly Parameter[];
}

const adversarialMetrics = [
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
] as const satisfies readonly Metric[];

export const models = [
  {
    id: 'autoencoder',
    label: 'Stacked autoencoder',
    summary: 'Squeezes each image into a few numbers and learns to draw it again from them.',
    data: 'images',
    metrics: [
      { key: 'loss', label: 'Loss', group: 'loss' },
      { key: 'accuracy', label: 'Rounded accuracy', group: 'share' },
    ],
    parameters: autoencoderParameters,
  },
  {
    id: 'char-rnn',
    label: 'Character RNN',
    summary: 'Reads a text character by character, learns which one comes next, and so learns to write.',
    data: 'text',
    metrics: [
      { key: 'loss', label: 'Loss', group: 'loss' },
      { key: 'accuracy', label: 'Accuracy', group: 'share' },
    ],
    parameters: charRnnParameters,
  },
  {
    id: 'gan',
    label: 'GAN',
    summary: 'One network forges images from random numbers, another learns to tell them from real ones.',
    data: 'images',
    metrics: adversarialMetrics,
    parameters: ganParameters,
  },
  {
    id: 'dcgan',
    label: 'DCGAN',
    summary: 'A GAN that draws with convolutions: it begins with a coarse image and enlarges it twice.',
    data: 'images',
    metrics: adversarialMetrics,
    parameters: dcganParameters,
  },
  {
    id: 'stylegan',
    label: 'StyleGAN',
    summary:
      'Turns random numbers into a style that steers an image from its coarse shape to its fine texture.',
    data: 'images',
    metrics: adversarialMetrics,
    parameters: styleganParameters,
  },
] as const satisfies readonly ModelEntry<string>[];

export type ModelId = (typeof models)[number]['id'];
export type Model = ModelEntry<ModelId>;
export const modelIds = models.map((model) => model.id);
export const defaultModel: ModelId = 'autoencoder';

export function modelOf(id: ModelId): Model {
  const found = models.find((model) => model.id === id);
  if (!found) throw new RangeError(`Unknown model ${id}; expected one of ${modelIds.join(', ')}`);
  return found;
}

/** Keys of the parameters that take effect in a running training. */
export function liveKeys(model: ModelId): ReadonlySet<string> {
  const live = modelOf(model).parameters.filter(({ effect }) => effect === 'live');
  return new Set(live.map(({ key }) => key));
}

/** Equal for two recipes whose runs differ at most in parameters that take effect in a running training. */
export function frozenKey({ model, dataset, values }: Recipe): string {
  const byKey = new Map<string, unknown>(Object.entries(values));
  const frozen = modelOf(model).parameters.filter(({ effect }) => effect !== 'live');
  return JSON.stringify([model, dataset, frozen.map(({ key }) => byKey.get(key))]);
}

export function parameterOf(model: ModelId, key: string): Parameter {
  const found = modelOf(model).parameters.find((parameter) => parameter.key === key);
  if (!found) throw new RangeError(`Unknown hyperparameter ${key} of ${model}`);
  return found;
}

/** The data sets that a model can learn from; the first is its default. */
export function datasetsFor(model: ModelId): readonly Dataset[] {
  const { data } = modelOf(model);
  return datasets.filter((dataset) => dataset.kind === data);
}

export function defaultDatasetFor(model: ModelId): DatasetId {
  const [first] = datasetsFor(model);
  if (!first) throw new RangeError(`There is no data set for ${model}`);
  return first.id;
}

/** Whether the model keeps data aside and evaluates itself on them. */
export function hasValidation(model: ModelId): boolean {
  return modelOf(model).parameters.some(({ key }) => key === 'validationShare');
}

/** Whether the model is a generator against a discriminator, whose samples' variety is measured. */
export function hasVariety(model: ModelId): boolean {
  return modelOf(model).metrics.some(({ side }) => side === 'generated');
}

/** All default values of a model, by key. */
export function defaultValues(model: ModelId): Record<string, ParameterValue> {
  return Object.fromEntries(modelOf(model).parameters.map((parameter) => [parameter.key, parameter.default]));
}

/** Values of one model, every range checked, no key missing and none unknown. */
export function valuesSchema(model: ModelId) {
  const shape = modelOf(model).parameters.map(
    (parameter) => [parameter.key, valueSchema(parameter)] as const,
  );
  return z.strictObject(Object.fromEntries(shape));
}

const isOwnOf = { images: isOwnImages, text: isOwnText } as const;

/** A data set of the kind that the model needs: of the catalog, or one that somebody brought. */
function datasetSchema<Kind extends DataKind>(model: ModelId & ModelOf<Kind>) {
  type Own = Kind extends 'images' ? OwnImagesId : OwnTextId;
  type Fitting = Extract<Dataset, { kind: Kind }>['id'] | Own;
  const { label, data } = modelOf(model);
  const fitting: readonly string[] = datasetsFor(model).map(({ id }) => id);
  const labels = datasetsFor(model).map((dataset) => dataset.label);
  return z.custom<Fitting>((id) => typeof id === 'string' && (fitting.includes(id) || isOwnOf[data](id)), {
    error: `${label} learns from ${data}: choose ${labels.join(' or ')}, or bring your own`,
  });
}

type ModelOf<Kind extends DataKind> = Extract<(typeof models)[number], { data: Kind }>['id'];

/** What people have set: a model, a data set and the model's values. One variant a model. */
export const recipeSchema = z.discriminatedUnion('model', [
  z.strictObject({
    model: z.literal('autoencoder'),
    dataset: datasetSchema<'images'>('autoencoder'),
    values: z.pipe(valuesSchema('autoencoder'), autoencoderValues),
  }),
  z.strictObject({
    model: z.literal('char-rnn'),
    dataset: datasetSchema<'text'>('char-rnn'),
    values: z.pipe(valuesSchema('char-rnn'), charRnnValues),
  }),
  z.strictObject({
    model: z.literal('gan'),
    dataset: datasetSchema<'images'>('gan'),
    values: z.pipe(valuesSchema('gan'), ganValues),
  }),
  z.strictObject({
    model: z.literal('dcgan'),
    dataset: datasetSchema<'images'>('dcgan'),
    values: z.pipe(valuesSchema('dcgan'), dcganValues),
  }),
  z.strictObject({
    model: z.literal('stylegan'),
    dataset: datasetSchema<'images'>('stylegan'),
    values: z.pipe(valuesSchema('stylegan'), styleganValues),
  }),
]);
export type Recipe = z.infer<typeof recipeSchema>;
