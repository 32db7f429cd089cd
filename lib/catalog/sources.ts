import type { PlainMessage } from '../messages/ko';
import type { ModelId } from './models';

/** What the points of the latent space are made from. */

export const sourceIds = ['codings', 'features', 'latents', 'styles', 'hidden'] as const;
export type SourceId = (typeof sourceIds)[number];

/** What a point stands for: an image of the data, the same noise throughout a run, or a place in a text. */
export type SubjectKind = 'images' | 'latents' | 'characters';

interface SourceInfo {
  /** As a choice. */
  readonly label: PlainMessage;
  /** Above the cloud. */
  readonly title: PlainMessage;
  readonly help: PlainMessage;
  readonly subjects: SubjectKind;
}

export const sources: Readonly<Record<SourceId, SourceInfo>> = {
  codings: {
    label: 'Codings',
    title: 'Latent space',
    help: 'What the encoder makes of validation images: all that the decoder gets to know of them.',
    subjects: 'images',
  },
  features: {
    label: 'What D sees',
    title: 'What D sees',
    help: 'What the last layer of the discriminator sees of real images.',
    subjects: 'images',
  },
  latents: {
    label: 'Latents z',
    title: 'Latents z',
    help: 'Random numbers that stay the same throughout a run. What the generator draws of them changes.',
    subjects: 'latents',
  },
  styles: {
    label: 'Styles w',
    title: 'Styles w',
    help: 'What the mapping network makes of the same random numbers: it moves as it learns.',
    subjects: 'latents',
  },
  hidden: {
    label: 'Hidden states',
    title: 'Hidden states',
    help: 'What a recurrent layer remembers after each character of the validation text.',
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

/** Kinds of characters, in the order of their classes. */
export const characterKinds = [
  'Vowel',
  'Consonant',
  'Other letter',
  'Capital',
  'Digit',
  'Space',
  'Line break',
  'Punctuation',
  'Other character',
] as const satisfies readonly PlainMessage[];
type CharacterKind = (typeof characterKinds)[number];

function kindOf(character: string): CharacterKind {
  if (character === '\n' || character === '\r') return 'Line break';
  if (/\s/u.test(character)) return 'Space';
  if (/\p{Nd}/u.test(character)) return 'Digit';
  if (/\p{Lu}/u.test(character)) return 'Capital';
  if (/\p{P}/u.test(character)) return 'Punctuation';
  if (!/\p{L}/u.test(character)) return 'Other character';
  const base = character.normalize('NFD').charAt(0);
  if (/[aeiou]/.test(base)) return 'Vowel';
  return /[a-z]/.test(base) ? 'Consonant' : 'Other letter';
}

/** The class of a character: a place in `characterKinds`. */
export const kindOfCharacter = (character: string): number => characterKinds.indexOf(kindOf(character));
