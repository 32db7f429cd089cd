import type { Recipe, Section } from '../program';
import { settings } from '../settings';
import { lines, text } from '../template';

/** Keras takes no learning rate without a decimal point. */
const float = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** Python's imports, the recipe's numbers, and the seed. */
export function setup(recipe: Recipe, { partial }: { readonly partial: boolean }): Section {
  const numbers = settings(recipe, {
    comment: '#',
    define: (name, value, isCount) => `${name} = ${isCount ? value : float(value)}`,
  });
  return {
    title: 'Settings',
    about:
      'All numbers of the recipe. It needs `pip install tensorflow matplotlib`. The seed makes this program repeatable; its random numbers are others than in Colatent.',
    code: text`
      ${lines(['import math', partial ? 'from functools import partial' : null, '', 'import keras', 'import matplotlib.pyplot as plt', 'import numpy as np', 'import tensorflow as tf', 'from keras import layers'])}

      ${numbers}

      keras.utils.set_random_seed(SEED)
    `,
  };
}
