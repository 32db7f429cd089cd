import * as z from 'zod/mini';
import type { PlainMessage } from '../text/keys';
import {
  type ChoiceParameter,
  choice,
  choiceSchema,
  type NumberParameter,
  number,
  valueSchema,
} from './parameters';
import { layerChoices, type SourceId, sourceIds, sources } from './sources';

/** How codings are projected to points in space or in the plane. All in the room share these settings. */

const methodIds = ['pca', 'tsne', 'umap'] as const;
export type ProjectionMethod = (typeof methodIds)[number];

interface ProjectionMethodInfo {
  readonly id: ProjectionMethod;
  readonly help: PlainMessage;
  /** The settings that it has, besides the dimensions. */
  readonly settings: readonly ProjectionKey[];
}

/** What each source is. */
export const sourceHelp: Readonly<Record<SourceId, PlainMessage>> = {
  codings: 'What the encoder makes of validation images: all that the decoder gets to know of them.',
  features: 'What the last layer of the discriminator sees of real images.',
  latents: 'Random numbers that stay the same throughout a run. What the generator draws of them changes.',
  styles: 'What the mapping network makes of the same random numbers: it moves as it learns.',
  hidden: 'What a recurrent layer remembers after each character of the validation text.',
};

const shared = (key: string) => ({ key, effect: 'live', group: 'projection' }) as const;

export const pointCounts = ['500', '1000', '2000', '5000', '10000'] as const;
const countLabels = {
  '500': '500',
  '1000': '1,000',
  '2000': '2,000',
  '5000': '5,000',
  '10000': '10,000',
} as const satisfies Record<(typeof pointCounts)[number], PlainMessage>;

/** In the order in which they stand beside the view. */
export const projectionParameters = {
  source: choice({
    ...shared('source'),
    label: 'Points',
    help: 'What the points are made from.',
    options: sourceIds.map((value) => ({ value, label: sources[value].title })),
    default: 'codings',
  }),
  layer: choice({
    ...shared('layer'),
    label: 'Layer',
    help: 'Whose hidden states are shown.',
    options: [
      { value: 'last', label: 'Last' },
      { value: '1', label: '1' },
      { value: '2', label: '2' },
      { value: '3', label: '3' },
    ],
    default: 'last',
  }),
  count: choice({
    ...shared('count'),
    label: 'Number of points',
    help: 'At most; a cloud has no more than there are images or characters, and fewer where the network is slow: some 500 for convolutions. Many take longer.',
    options: pointCounts.map((value) => ({ value, label: countLabels[value] })),
    default: '2000',
  }),
  method: choice({
    ...shared('method'),
    label: 'Projection',
    help: 'How the many numbers of a coding become two or three.',
    options: [
      { value: 'pca', label: 'PCA' },
      { value: 'tsne', label: 't-SNE' },
      { value: 'umap', label: 'UMAP' },
    ],
    default: 'pca',
  }),
  dimensions: choice({
    ...shared('dimensions'),
    label: 'Dimensions',
    help: 'A plane is easier to read, space has more room for neighbours.',
    options: [
      { value: '3', label: '3D' },
      { value: '2', label: '2D' },
    ],
    default: '3',
  }),
  motion: choice({
    ...shared('motion'),
    label: 'Motion',
    help: 'Whether the points go on moving to better places, and follow the training.',
    options: [
      { value: 'running', label: 'In motion' },
      { value: 'paused', label: 'Held still' },
    ],
    default: 'running',
  }),
  perplexity: number({
    ...shared('perplexity'),
    label: 'Perplexity',
    help: 'About how many neighbours a point heeds: few show small groups, many the large picture.',
    unit: 'neighbours',
    min: 2,
    max: 100,
    default: 30,
    integer: true,
    scale: 'log',
  }),
  tsneRate: number({
    ...shared('tsneRate'),
    label: 't-SNE learning rate',
    help: 'How far points move at a time: too little and they stick together, too much and they scatter. 0 chooses by the number of points.',
    min: 0,
    max: 1000,
    default: 0,
    integer: true,
    scale: 'linear',
  }),
  earlyExaggeration: number({
    ...shared('earlyExaggeration'),
    label: 'Early exaggeration',
    help: 'How much stronger neighbours attract each other in the first 250 iterations, so that groups find together.',
    unit: '×',
    min: 1,
    max: 40,
    default: 12,
    integer: true,
    scale: 'log',
  }),
  neighbours: number({
    ...shared('neighbours'),
    label: 'Neighbours',
    help: 'How many points count as near: few show fine structure, many the large picture.',
    unit: 'points',
    min: 2,
    max: 100,
    default: 15,
    integer: true,
    scale: 'log',
  }),
  minDistance: number({
    ...shared('minDistance'),
    label: 'Least distance',
    help: 'How tightly neighbours may lie together.',
    min: 0,
    max: 0.99,
    default: 0.1,
    scale: 'linear',
  }),
} as const satisfies Readonly<Record<string, NumberParameter | ChoiceParameter>>;
export type ProjectionKey = keyof typeof projectionParameters;
export const projectionKeys = Object.keys(projectionParameters) as readonly ProjectionKey[];

export const projectionMethods: readonly ProjectionMethodInfo[] = [
  {
    id: 'pca',
    help: 'Looks at the cloud from where it spreads the most. Keeps distances between far points.',
    settings: [],
  },
  {
    id: 'tsne',
    help: 'Keeps neighbours together and pushes all others apart. Distances between groups mean little.',
    settings: ['perplexity', 'tsneRate', 'earlyExaggeration'],
  },
  {
    id: 'umap',
    help: 'Keeps neighbours together, and more of how groups lie to each other.',
    settings: ['neighbours', 'minDistance'],
  },
];

const numberOf = (key: ProjectionKey) =>
  valueSchema(projectionParameters[key]) as unknown as z.ZodMiniType<number>;

export const projectionSchema = z.strictObject({
  /** Of a model that doesn't have it, its first one is shown (`sourceFor`). */
  source: choiceSchema('Points', sourceIds),
  /** Of hidden states (`layerFor`). */
  layer: choiceSchema('Layer', layerChoices),
  count: choiceSchema('Number of points', pointCounts),
  method: choiceSchema('Projection', methodIds),
  dimensions: choiceSchema('Dimensions', ['2', '3']),
  motion: choiceSchema('Motion', ['running', 'paused']),
  perplexity: numberOf('perplexity'),
  tsneRate: numberOf('tsneRate'),
  earlyExaggeration: numberOf('earlyExaggeration'),
  neighbours: numberOf('neighbours'),
  minDistance: numberOf('minDistance'),
});
export type ProjectionSettings = z.infer<typeof projectionSchema>;

export const defaultProjection: ProjectionSettings = projectionSchema.parse(
  Object.fromEntries(Object.entries(projectionParameters).map(([key, each]) => [key, each.default])),
);
