import type { Recipe, Section, ValuesOf } from '../program';
import { settings } from '../settings';
import { text } from '../template';

/** The import, the recipe's numbers, random numbers by its seed, and the steps as server/worker/training/epochs.ts has them. */
export function setup(recipe: Recipe): Section {
  const numbers = settings(recipe, { comment: '//', define: (name, value) => `const ${name} = ${value};` });
  return {
    title: 'Settings',
    about:
      'All numbers of the recipe. @tensorflow/tfjs-node runs in Node up to 22; in a later one, and in a page, import @tensorflow/tfjs instead. The seed makes this program repeatable; its random numbers are others than in Colatent.',
    code: text`
      import * as tf from '@tensorflow/tfjs-node';

      ${numbers}

      let draws = SEED;
      /** Every draw gets a seed of its own. */
      const nextSeed = () => draws++;
      const normal = (shape) => tf.randomNormal(shape, 0, 1, 'float32', nextSeed());
      const uniform = (shape, low, high) => tf.randomUniform(shape, low, high, 'float32', nextSeed());

      /** The numbers from 0 to count - 1 in random order. */
      function shuffled(count) {
        const keys = tf.tidy(() => uniform([count], 0, 1).dataSync());
        return Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => keys[a] - keys[b]);
      }

      /**
       * Each step's number, the rows of its examples, and the number of the epoch that it ends, else 0. An epoch
       * is one pass over all rows, in a new order. A step may reach from one epoch into the next, so that all are
       * full however few examples there are.
       */
      function* trainingSteps(count, size) {
        let [order, at] = [shuffled(count), 0];
        const next = () => {
          if (at === count) [order, at] = [shuffled(count), 0];
          return order[at++];
        };
        for (let step = 1; step <= Math.ceil((EPOCHS * count) / size); step++) {
          const rows = Array.from({ length: size }, next);
          const endsEpoch = (step * size) % count < size;
          yield { step, rows, epoch: endsEpoch ? Math.min(EPOCHS, Math.floor((step * size) / count)) : 0 };
        }
      }
    `,
  };
}

const initializers: Readonly<Record<ValuesOf<'autoencoder'>['initializer'], string>> = {
  'glorot-uniform': text`
    /** Glorot's: uniform within sqrt(6 / (inputs + outputs)). */
    function initial(shape, inputs, outputs) {
      const limit = Math.sqrt(6 / (inputs + outputs));
      return uniform(shape, -limit, limit);
    }
  `,
  'lecun-normal': text`
    /** LeCun's: normal with variance 1 / inputs, cut off at two standard deviations. */
    function initial(shape, inputs) {
      const deviation = Math.sqrt(1 / inputs) / 0.87962566103423978;
      return tf.truncatedNormal(shape, 0, deviation, 'float32', nextSeed());
    }
  `,
};

/** A dense layer as a function from tensor to tensor, and what it is made of. */
export function denseLayers(initializer: ValuesOf<'autoencoder'>['initializer'] = 'glorot-uniform'): string {
  return text`
    ${initializers[initializer]}

    /** A layer is a function; its variables go into the list of its network's weights. */
    function dense(weights, inputs, units) {
      const kernel = tf.variable(initial([inputs, units], inputs, units));
      const bias = tf.variable(tf.zeros([units]));
      weights.push(kernel, bias);
      return (x) => tf.add(tf.matMul(x, kernel), bias);
    }
  `;
}

/** Dense layers between consecutive widths. */
export const denseStack = text`
  /** Dense layers between consecutive widths. */
  const denseStack = (weights, widths) =>
    widths.slice(1).map((units, i) => dense(weights, widths[i], units));
`;
