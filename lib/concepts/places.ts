import type { ModelId } from '../catalog/models';
import type { PlainMessage } from '../text/ko';

/** The notebook's concepts, and where the page explains each; what their cards say is in `cards.ts`, loaded when opened. */

/** A control of the recipe by its parameter's key, a view by its id, a chart by its metrics' group. */
export type Place = `recipe:${string}` | `view:${string}` | `chart:${string}`;

interface Placed {
  readonly id: string;
  readonly title: PlainMessage;
  readonly models: readonly ModelId[];
  readonly places: readonly Place[];
}

const adversarial = ['gan', 'dcgan', 'stylegan'] as const;

export const concepts = [
  {
    id: 'tokenising',
    title: 'Tokenising by characters',
    models: ['char-rnn'],
    places: ['recipe:letterCase'],
  },
  {
    id: 'windows',
    title: 'Windows and truncated backpropagation',
    models: ['char-rnn'],
    places: ['recipe:windowLength', 'recipe:windowShift'],
  },
  {
    id: 'dropouts',
    title: 'Dropout and recurrent dropout',
    models: ['char-rnn'],
    places: ['recipe:dropout', 'recipe:recurrentDropout'],
  },
  { id: 'temperature', title: 'Temperature', models: ['char-rnn'], places: ['view:text', 'view:try'] },
  {
    id: 'bottleneck',
    title: 'Bottleneck',
    models: ['autoencoder'],
    places: ['recipe:codingSize', 'view:reconstructions'],
  },
  {
    id: 'losses',
    title: 'Cross-entropy or mean squared error',
    models: ['autoencoder'],
    places: ['recipe:loss', 'chart:loss'],
  },
  {
    id: 'tsne',
    title: 't-SNE',
    models: ['autoencoder', 'char-rnn', ...adversarial],
    places: ['view:latent-space'],
  },
  {
    id: 'adversaries',
    title: 'Generator against discriminator',
    models: adversarial,
    places: ['recipe:generatorLearningRate', 'recipe:discriminatorLearningRate', 'chart:loss', 'view:slow'],
  },
  { id: 'equilibrium', title: 'Nash equilibrium', models: adversarial, places: ['chart:score'] },
  {
    id: 'collapse',
    title: 'Mode collapse',
    models: adversarial,
    places: ['view:samples', 'recipe:generatorSteps', 'recipe:discriminatorSteps'],
  },
  {
    id: 'transposed-convolution',
    title: 'Transposed convolution',
    models: ['dcgan'],
    places: ['recipe:kernelSize', 'recipe:generatorFilters'],
  },
  {
    id: 'batch-norm',
    title: 'Batch normalisation',
    models: ['dcgan'],
    places: ['recipe:batchNormMomentum', 'recipe:batchSize'],
  },
  {
    id: 'mapping',
    title: 'Mapping network',
    models: ['stylegan'],
    places: ['recipe:mappingDepth', 'view:latent-space'],
  },
  {
    id: 'adain',
    title: 'AdaIN',
    models: ['stylegan'],
    places: ['recipe:styleSize', 'recipe:synthesisFilters'],
  },
  { id: 'noise', title: 'Noise, layer by layer', models: ['stylegan'], places: ['view:try'] },
  {
    id: 'style-mixing',
    title: 'Style mixing',
    models: ['stylegan'],
    places: ['recipe:styleMixing', 'view:try'],
  },
] as const satisfies readonly Placed[];

export type ConceptId = (typeof concepts)[number]['id'];
export type Concept = Placed & { readonly id: ConceptId };

/** What is explained at a place while a model is shown there. */
export function conceptsAt(model: ModelId, place: Place): readonly Concept[] {
  const all: readonly Concept[] = concepts;
  return all.filter(({ models, places }) => models.includes(model) && places.includes(place));
}
