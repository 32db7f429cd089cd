import type { Recipe, Section } from '../program';
import { settings } from '../settings';
import { lines, text } from '../template';

/** Python's imports, the recipe's numbers, and the seed. */
export function setup(recipe: Recipe, { partial }: { readonly partial: boolean }): Section {
  const numbers = settings(recipe, { comment: '#', define: (name, value) => `${name} = ${value}` });
  return {
    title: 'Settings',
    about:
      'All numbers of the recipe. The seed makes this program repeatable; its random numbers are others than in Colatent.',
    code: text`
      ${lines([partial ? 'from functools import partial\n' : null, 'import keras', 'import matplotlib.pyplot as plt', 'import numpy as np', 'import tensorflow as tf', 'from keras import layers'])}

      ${numbers}

      keras.utils.set_random_seed(SEED)
    `,
  };
}
