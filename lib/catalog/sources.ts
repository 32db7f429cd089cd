import type { PlainMessage } from '../text/keys';

/** Sources: what the cloud's points are projected from. */

export const sourceIds = ['codings', 'features', 'latents', 'styles', 'hidden'] as const;
export type SourceId = (typeof sourceIds)[number];

/**
 * Subjects: what a point stands for: an image of the data, noise that stays the same throughout a run, or a
 * character of a text.
 */
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

export const layerChoices = ['last', '1', '2', '3'] as const;
export type LayerChoice = (typeof layerChoices)[number];

/** The chosen one of so many recurrent layers, counted from 0; the last one where there is no such layer. */
export function layerFor(layers: number, chosen: LayerChoice): number {
  const wanted = chosen === 'last' ? layers : Number(chosen);
  return Math.min(wanted, layers) - 1;
}
