import type { PlainMessage } from '../text/keys';

/** The notebook's concepts, and where the page explains each; what their cards say is in `cards.ts`, loaded when opened. */

/** A control of the recipe by its parameter's key, a view by its id, a chart by its metrics' group. */
export type Place = `recipe:${string}` | `view:${string}` | `chart:${string}`;

interface Placed {
  readonly id: string;
  readonly title: PlainMessage;
  readonly places: readonly Place[];
}

export const concepts = [
  {
    id: 'tokenising',
    title: 'Tokenising by characters',
    places: ['recipe:letterCase'],
  },
  {
    id: 'windows',
    title: 'Windows and truncated backpropagation',
    places: ['recipe:windowLength', 'recipe:windowShift'],
  },
  {
    id: 'dropouts',
    title: 'Dropout and recurrent dropout',
    places: ['recipe:dropout', 'recipe:recurrentDropout'],
  },
  { id: 'temperature', title: 'Temperature', places: ['view:text', 'view:try'] },
  {
    id: 'bottleneck',
    title: 'Bottleneck',
    places: ['recipe:codingSize', 'view:reconstructions'],
  },
  {
    id: 'kl',
    title: 'KL term and posterior collapse',
    places: ['recipe:klWeight', 'chart:divergence', 'view:samples'],
  },
  {
    id: 'losses',
    title: 'Cross-entropy or mean squared error',
    places: ['recipe:loss', 'chart:loss'],
  },
  {
    id: 'tsne',
    title: 't-SNE',
    places: ['view:latent-space'],
  },
  {
    id: 'adversaries',
    title: 'Generator against discriminator',
    places: ['recipe:generatorLearningRate', 'recipe:discriminatorLearningRate', 'chart:loss', 'view:slow'],
  },
  { id: 'equilibrium', title: 'Nash equilibrium', places: ['chart:score'] },
  {
    id: 'collapse',
    title: 'Mode collapse',
    places: ['view:samples', 'recipe:generatorSteps', 'recipe:discriminatorSteps'],
  },
  {
    id: 'transposed-convolution',
    title: 'Transposed convolution',
    places: ['recipe:kernelSize', 'recipe:generatorFilters'],
  },
  {
    id: 'batch-norm',
    title: 'Batch normalisation',
    places: ['recipe:batchNormMomentum', 'recipe:batchSize'],
  },
  {
    id: 'mapping',
    title: 'Mapping network',
    places: ['recipe:mappingDepth', 'view:latent-space'],
  },
  {
    id: 'adain',
    title: 'AdaIN',
    places: ['recipe:styleSize', 'recipe:synthesisFilters'],
  },
  { id: 'noise', title: 'Noise, layer by layer', places: ['view:try'] },
  {
    id: 'style-mixing',
    title: 'Style mixing',
    places: ['recipe:styleMixing', 'view:try'],
  },
] as const satisfies readonly Placed[];

export type ConceptId = (typeof concepts)[number]['id'];
export type Concept = Placed & { readonly id: ConceptId };

/** What is explained at a place, of the concepts that a model has. */
export function conceptsAt(known: readonly ConceptId[], place: Place): readonly Concept[] {
  const all: readonly Concept[] = concepts;
  return all.filter(({ id, places }) => known.includes(id) && places.includes(place));
}
