import { imageSizeOf, synthesisOf } from '../images';
import type { Program, RecipeOf, Section } from '../program';
import { text } from '../template';
import { results, training } from './adversarial';
import { discriminator, halving, signedAbout } from './convolutions';
import { imageData } from './data';
import { denseLayers, denseStack, setup } from './setup';

type StyleganRecipe = RecipeOf<'stylegan'>;

const blocks: Section = {
  title: 'Building blocks',
  about: "A layer is a function of a tensor; its variables go into the list of its network's weights.",
  code: text`
    ${denseLayers()}

    ${denseStack}

    ${halving}

    /** A 3 x 3 convolution without a bias. */
    function convolve(weights, inputs, filters) {
      const kernel = tf.variable(initial([3, 3, inputs, filters], 9 * inputs, 9 * filters));
      weights.push(kernel);
      return (x) => tf.conv2d(x, kernel, 1, 'same');
    }

    /** Twice the size, each pixel four times. */
    const enlarge = (x) => tf.image.resizeNearestNeighbor(x, [2 * x.shape[1], 2 * x.shape[2]]);

    /**
     * Noise, with a strength that each feature map learns; a bias and leaky ReLU; and adaptive instance
     * normalisation, by which the style sets how strong and how bright each feature map is.
     */
    function styled(weights, filters) {
      const strength = tf.variable(tf.zeros([filters]));
      const bias = tf.variable(tf.zeros([filters]));
      weights.push(strength, bias);
      const affine = dense(weights, STYLE_SIZE, 2 * filters);
      return (x, style, noise) => {
        const [rows, height, width] = x.shape;
        const drawn = tf.mul(normal([rows, height, width, 1]), noise);
        const active = tf.leakyRelu(tf.add(tf.add(x, tf.mul(drawn, strength)), bias), LEAK);
        const { mean, variance } = tf.moments(active, [1, 2], true);
        const normalized = tf.mul(tf.sub(active, mean), tf.rsqrt(tf.add(variance, 1e-8)));
        const [scale, shift] = tf.split(tf.reshape(affine(style), [rows, 1, 1, 2 * filters]), 2, 3);
        return tf.add(tf.mul(normalized, tf.add(scale, 1)), shift);
      };
    }
  `,
};

const mixingOf = ({ values: { styleMixing } }: StyleganRecipe): string =>
  styleMixing === 0
    ? 'const mixed = (first) => styledLayers.map(() => first); // STYLE_MIXING is 0.'
    : text`
        /** A share of the rows gets a second style from a random layer on. */
        function mixed(first, second) {
          // Beyond the last layer for all but the share STYLE_MIXING.
          const crossover = uniform([BATCH_SIZE, 1], 0, (styledLayers.length - 1) / STYLE_MIXING);
          return styledLayers.map((_, i) => tf.where(tf.greater(i, crossover), second, first));
        }
      `;

/** From tanh to images: those of a size that is not twice another one are cut out of a larger one. */
function croppingOf(recipe: StyleganRecipe): string {
  const { height, width } = imageSizeOf(recipe);
  const { whole } = synthesisOf(recipe);
  if (whole[0] === height && whole[1] === width)
    return 'return tf.reshape(drawn, [rows, height, width, CHANNELS]);';
  const corner = `[0, ${(whole[0] - height) >> 1}, ${(whole[1] - width) >> 1}, 0]`;
  return `const whole = tf.reshape(drawn, [rows, height, width, CHANNELS]);\nreturn tf.slice(whole, ${corner}, [rows, HEIGHT, WIDTH, CHANNELS]);`;
}

const sampling = text`
  const styleAverage = tf.variable(tf.zeros([STYLE_SIZE]), false);

  function fakes() {
    const [first, second] = tf.split(styleOf(normal([2 * BATCH_SIZE, CODING_SIZE])), 2);
    return synthesize(mixed(first, second), 1);
  }

  /** The same while the generator learns: then the average follows the mean style. */
  function generate() {
    const [first, second] = tf.split(styleOf(normal([2 * BATCH_SIZE, CODING_SIZE])), 2);
    const kept = tf.mul(styleAverage, AVERAGE_DECAY);
    styleAverage.assign(tf.add(kept, tf.mul(tf.mean(first, 0), 1 - AVERAGE_DECAY)));
    return synthesize(mixed(first, second), 1);
  }

  function sample(noise, { truncation = 0.7, strength = 1 } = {}) {
    const away = tf.sub(styleOf(noise), styleAverage);
    const style = tf.add(styleAverage, tf.mul(away, truncation));
    return synthesize(styledLayers.map(() => style), strength);
  }
`;

function generator(recipe: StyleganRecipe): Section {
  const { low, narrow } = synthesisOf(recipe);
  return {
    title: 'Generator',
    about: `The mapping network turns random numbers, brought to one length, into a style. The synthesis network draws from a learned constant of ${low} x ${narrow} up: two styled layers a resolution, each resolution twice the one before. Truncation pulls styles towards their mean, for images that are less varied but better.`,
    code: text`
      const generatorWeights = [];
      const mapping = denseStack(generatorWeights, [CODING_SIZE, ...Array(MAPPING_DEPTH).fill(STYLE_SIZE)]);

      function styleOf(noise) {
        const meanSquare = tf.mean(tf.square(noise), 1, true);
        const unit = tf.mul(noise, tf.rsqrt(tf.add(meanSquare, 1e-8)));
        return mapping.reduce((x, layer) => tf.leakyRelu(layer(x), LEAK), unit);
      }

      const filters = [${recipe.values.synthesisFilters.join(', ')}];
      const constant = tf.variable(normal([1, ${low}, ${narrow}, filters[0]]));
      generatorWeights.push(constant);
      const depthOfLayer = filters.flatMap((each) => [each, each]);
      const styledLayers = depthOfLayer.map((each) => styled(generatorWeights, each));
      const convolutions = filters.flatMap((each, i) => {
        const second = convolve(generatorWeights, each, each);
        if (i === 0) return [second];
        const first = convolve(generatorWeights, filters[i - 1], each);
        return [(x) => first(enlarge(x)), second];
      });
      const toImage = dense(generatorWeights, filters.at(-1), CHANNELS);

      /** Images from -1 to 1 of one style [rows, STYLE_SIZE] a layer. */
      function synthesize(styles, noise) {
        const [rows] = styles[0].shape;
        let x = tf.tile(constant, [rows, 1, 1, 1]);
        styledLayers.forEach((layer, i) => {
          if (i > 0) x = convolutions[i - 1](x);
          x = layer(x, styles[i], noise);
        });
        const [, height, width, depth] = x.shape;
        const drawn = tf.tanh(toImage(tf.reshape(x, [-1, depth])));
        ${croppingOf(recipe)}
      }

      ${mixingOf(recipe)}

      ${sampling}
    `,
  };
}

const judge = ({ values }: StyleganRecipe): Section => ({
  title: 'Discriminator',
  about: `Each convolution halves the image, and one unit at the end sees all of it. ${signedAbout}`,
  code: discriminator(values.discriminatorFilters, { kernel: '5', dropout: false }),
});

export function stylegan(recipe: StyleganRecipe, site: string): Program {
  return {
    title: 'StyleGAN',
    about:
      'A generator that makes a style of random numbers first, and lets the style shape the image from coarse to fine.',
    sections: [
      setup(recipe),
      imageData(recipe, site),
      blocks,
      generator(recipe),
      judge(recipe),
      training(recipe, { isSigned: true }),
      results('sample(normal([1, CODING_SIZE]))', { isSigned: true }),
    ],
  };
}
