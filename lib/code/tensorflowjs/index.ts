import type { Program, Recipe } from '../program';
import { autoencoder } from './autoencoder';
import { charRnn } from './charRnn';
import { dcgan } from './dcgan';
import { gan } from './gan';
import { stylegan } from './stylegan';

/** A recipe as a program of plain TensorFlow.js ops, for Node and for pages. */
export function tensorflowjsProgram(recipe: Recipe, site: string): Program {
  switch (recipe.model) {
    case 'autoencoder':
      return autoencoder(recipe, site);
    case 'char-rnn':
      return charRnn(recipe, site);
    case 'gan':
      return gan(recipe, site);
    case 'dcgan':
      return dcgan(recipe, site);
    case 'stylegan':
      return stylegan(recipe, site);
  }
}
