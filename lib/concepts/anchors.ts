import type { PlainMessage } from '../text/keys';

/** The concepts, and where the page explains each; the texts of their cards are in `cards.ts`, loaded when opened. */

/** Where the mark of a concept stands: a parameter by its key, a view by its id, a chart by its metrics' group. */
export type Anchor = `recipe:${string}` | `view:${string}` | `chart:${string}`;

interface Anchored {
  readonly id: string;
  readonly title: PlainMessage;
  readonly anchors: readonly Anchor[];
}

export const concepts = [
  {
    id: 'tokenising',
    title: 'Tokenising by characters',
    anchors: ['recipe:letterCase'],
  },
  {
    id: 'windows',
    title: 'Windows and truncated backpropagation',
    anchors: ['recipe:windowLength', 'recipe:windowShift'],
  },
  {
    id: 'dropouts',
    title: 'Dropout and recurrent dropout',
    anchors: ['recipe:dropout', 'recipe:recurrentDropout'],
  },
  { id: 'temperature', title: 'Temperature', anchors: ['view:text', 'view:try'] },
  {
    id: 'bottleneck',
    title: 'Bottleneck',
    anchors: ['recipe:codingSize', 'view:reconstructions'],
  },
  {
    id: 'kl',
    title: 'KL term and posterior collapse',
    anchors: ['recipe:klWeight', 'chart:divergence', 'view:samples'],
  },
  {
    id: 'losses',
    title: 'Cross-entropy or mean squared error',
    anchors: ['recipe:loss', 'chart:loss'],
  },
  {
    id: 'tsne',
    title: 't-SNE',
    anchors: ['view:latent-space'],
  },
  {
    id: 'adversaries',
    title: 'Generator against discriminator',
    anchors: ['recipe:generatorLearningRate', 'recipe:discriminatorLearningRate', 'chart:loss', 'view:slow'],
  },
  { id: 'equilibrium', title: 'Nash equilibrium', anchors: ['chart:score'] },
  {
    id: 'collapse',
    title: 'Mode collapse',
    anchors: ['view:samples', 'recipe:generatorSteps', 'recipe:discriminatorSteps'],
  },
  {
    id: 'transposed-convolution',
    title: 'Transposed convolution',
    anchors: ['recipe:kernelSize', 'recipe:generatorFilters'],
  },
  {
    id: 'batch-norm',
    title: 'Batch normalisation',
    anchors: ['recipe:batchNormMomentum', 'recipe:batchSize'],
  },
  {
    id: 'mapping',
    title: 'Mapping network',
    anchors: ['recipe:mappingDepth', 'view:latent-space'],
  },
  {
    id: 'adain',
    title: 'AdaIN',
    anchors: ['recipe:styleSize', 'recipe:synthesisFilters'],
  },
  { id: 'noise', title: 'Noise, layer by layer', anchors: ['view:try'] },
  {
    id: 'style-mixing',
    title: 'Style mixing',
    anchors: ['recipe:styleMixing', 'view:try'],
  },
] as const satisfies readonly Anchored[];

export type ConceptId = (typeof concepts)[number]['id'];
export type Concept = Anchored & { readonly id: ConceptId };

/** The concepts to be explained at an anchor, of those that a model has. */
export function conceptsAt(known: readonly ConceptId[], anchor: Anchor): readonly Concept[] {
  const all: readonly Concept[] = concepts;
  return all.filter(({ id, anchors }) => known.includes(id) && anchors.includes(anchor));
}
