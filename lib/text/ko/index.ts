import type { Language, ValuesOf } from '../format';
import { catalog } from './catalog';
import { code } from './code';
import { concepts } from './concepts';
import { foreignIn } from './foreign';
import { choosing } from './gallery';
import { generators } from './generators';
import { ownData, ownDataAnswers } from './ownData';
import { generatorAnswers, ownGenerator } from './ownGenerator';
import { page } from './page';
import { panels } from './panels';
import { parameters } from './parameters';
import { takesFirst } from './particles';
import { refusals } from './refusals';
import { server } from './server';
import { shortcuts } from './shortcuts';
import { space } from './space';
import { textAnswers, texts } from './texts';
import { time } from './time';
import { vae } from './vae';
import { views } from './views';
import { writing } from './writing';

/** Whole sentences that come ready made. */
const answers = {
  ...textAnswers,
  ...server,
  ...ownDataAnswers,
  ...generatorAnswers,
  ...refusals,
} as const;

const messages = {
  ...page,
  ...catalog,
  ...code,
  ...concepts,
  ...parameters,
  ...panels,
  ...shortcuts,
  ...vae,
  ...views,
  ...space,
  ...generators,
  ...writing,
  ...ownData,
  ...texts,
  ...ownGenerator,
  ...answers,
  ...choosing,
  ...time,
} as const;

/** Every text of the page, as it stands in the source. */
export type Message = keyof typeof messages;

/** Those that need no values, as the catalog's labels. */
export type PlainMessage = { [M in Message]: ValuesOf<M> extends [] ? M : never }[Message];

const words: Language = { id: 'ko', messages, isFirst: takesFirst, foreign: (text) => text };

export const korean: Language = { ...words, foreign: foreignIn(words, Object.keys(answers)) };
