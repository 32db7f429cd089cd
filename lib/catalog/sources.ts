import type { PlainMessage } from '../text/ko';
import type { ModelId } from './models';

/** What the points of the latent space are made from. */

export const sourceIds = ['codings', 'features', 'latents', 'styles', 'hidden'] as const;
export type SourceId = (typeof sourceIds)[number];

/** What a point stands for: an image of the data, the same noise throughout a run, or a place in a text. */
export type SubjectKind = 'images' | 'latents' | 'characters';

interface SourceInfo {
  /** Of the cloud, and as a choice. */
  readonly title: PlainMessage;
  readonly subjects: SubjectKind;
}

export const sources: Readonly<Record<SourceId, SourceInfo>> = {
  codings: {
    title: 'Latent space',
    subjects: 'images',
  },
  features: {
    title: 'What D sees',
    subjects: 'images',
  },
  latents: {
    title: 'Latents z',
    subjects: 'latents',
  },
  styles: {
    title: 'Styles w',
    subjects: 'latents',
  },
  hidden: {
    title: 'Hidden states',
    subjects: 'characters',
  },
};

/** The sources that each model has; the first is shown unless another is chosen. */
export const sourcesOf: Readonly<Record<ModelId, readonly [SourceId, ...SourceId[]]>> = {
  autoencoder: ['codings'],
  'char-rnn': ['hidden'],
  gan: ['features', 'latents'],
  dcgan: ['features', 'latents'],
  stylegan: ['features', 'latents', 'styles'],
};

/** The chosen source where the model has it, else the model's first. */
export function sourceFor(model: ModelId, chosen: SourceId): SourceId {
  const [first, ...others] = sourcesOf[model];
  return others.includes(chosen) ? chosen : first;
}

export const layerChoices = ['last', '1', '2', '3'] as const;
export type LayerChoice = (typeof layerChoices)[number];

/** The chosen one of so many recurrent layers, counted from 0; the last one where there is no such layer. */
export function layerFor(layers: number, chosen: LayerChoice): number {
  const wanted = chosen === 'last' ? layers : Number(chosen);
  return Math.min(wanted, layers) - 1;
}
