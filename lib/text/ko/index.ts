import type { Language, Messages } from '../format';
import type { Message } from '../keys';
import { catalog } from './catalog';
import { code } from './code';
import { concepts } from './concepts';
import { gallery } from './gallery';
import { generators } from './generators';
import { ownData } from './ownData';
import { ownGenerator } from './ownGenerator';
import { page } from './page';
import { panels } from './panels';
import { parameters } from './parameters';
import { byFinalSound } from './particles';
import { path } from './path';
import { pins } from './pins';
import { refusals } from './refusals';
import { server } from './server';
import { shortcuts } from './shortcuts';
import { space } from './space';
import { texts } from './texts';
import { time } from './time';
import { vae } from './vae';
import { views } from './views';
import { writing } from './writing';

const messages: Messages<Message> = {
  ...catalog,
  ...code,
  ...concepts,
  ...gallery,
  ...generators,
  ...ownData,
  ...ownGenerator,
  ...page,
  ...panels,
  ...parameters,
  ...path,
  ...pins,
  ...refusals,
  ...server,
  ...shortcuts,
  ...space,
  ...texts,
  ...time,
  ...vae,
  ...views,
  ...writing,
};

export const korean: Language = { id: 'ko', messages, choose: byFinalSound };
