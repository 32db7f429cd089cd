import { half, imageSizeOf } from '../images';
import type { Program, RecipeOf, Section } from '../program';
import { text } from '../template';
import { results, training } from './adversarial';
import { discriminator, halving, signedAbout } from './convolutions';
import { imageData } from './data';
import { denseLayers, setup } from './setup';

type DcganRecipe = RecipeOf<'dcgan'>;

const blocks: Section = {
  title: 'Building blocks',
  about:
    "A layer is a function of a tensor; its variables go into the list of its network's weights. Batch normalisation steadies what a layer sees: in training by the batch's own mean and variance, else by their running averages.",
  code: text`
    ${denseLayers()}

    ${halving}

    /** A transposed convolution with stride 2, which doubles an image to the given shape. */
    function double(weights, side, inputs, [height, width, filters]) {
      const area = side * side;
      const kernel = tf.variable(initial([side, side, filters, inputs], area * inputs, area * filters));
      const bias = tf.variable(tf.zeros([filters]));
      weights.push(kernel, bias);
      return (x) => {
        const shape = [x.shape[0], height, width, filters];
        return tf.add(tf.conv2dTranspose(x, kernel, shape, 2, 'same'), bias);
      };
    }

    function batchNorm(weights, channels) {
      const scale = tf.variable(tf.ones([channels]));
      const shift = tf.variable(tf.zeros([channels]));
      const averages = [tf.variable(tf.zeros([channels]), false), tf.variable(tf.ones([channels]), false)];
      weights.push(scale, shift);
      return (x, training) => {
        const { mean, variance } = tf.moments(x, [0, 1, 2]);
        const moments = training ? [mean, variance] : averages;
        if (training)
          averages.forEach((average, i) => {
            const kept = tf.mul(average, BATCH_NORM_MOMENTUM);
            average.assign(tf.add(kept, tf.mul(moments[i], 1 - BATCH_NORM_MOMENTUM)));
          });
        return tf.batchNorm(x, moments[0], moments[1], shift, scale, 0.001);
      };
    }
  `,
};

function networks(recipe: DcganRecipe): Section {
  const { generatorFilters, discriminatorFilters } = recipe.values;
  const { height, width } = imageSizeOf(recipe);
  const [coarse, fine] = generatorFilters as [number, number];
  const [middleHeight, middleWidth] = [half(height), half(width)];
  const base = `${half(middleHeight)}, ${half(middleWidth)}, ${coarse}`;
  return {
    title: 'Networks',
    about: `The generator makes a coarse image of ${coarse} feature maps and doubles it twice. The discriminator halves an image until one unit sees all of it. ${signedAbout}`,
    code: text`
      const generatorWeights = [];
      const first = dense(generatorWeights, CODING_SIZE, ${base.replaceAll(',', ' *')});
      const firstNorm = batchNorm(generatorWeights, ${coarse});
      const enlarge = double(generatorWeights, KERNEL_SIZE, ${coarse}, [${middleHeight}, ${middleWidth}, ${fine}]);
      const secondNorm = batchNorm(generatorWeights, ${fine});
      const draw = double(generatorWeights, KERNEL_SIZE, ${fine}, [HEIGHT, WIDTH, CHANNELS]);

      function imagesFrom(noise, training) {
        const coarse = tf.reshape(first(noise), [-1, ${base}]);
        const middle = tf.selu(enlarge(firstNorm(coarse, training)));
        return tf.tanh(draw(secondNorm(middle, training)));
      }
      const generate = () => imagesFrom(normal([BATCH_SIZE, CODING_SIZE]), true);
      // What the discriminator learns from is normalised by the running averages.
      const fakes = () => imagesFrom(normal([BATCH_SIZE, CODING_SIZE]), false);

      ${discriminator(discriminatorFilters, { kernel: 'KERNEL_SIZE', dropout: true })}
    `,
  };
}

export function dcgan(recipe: DcganRecipe, site: string): Program {
  return {
    title: 'DCGAN',
    about: 'A GAN that draws with convolutions: it begins with a coarse image and enlarges it twice.',
    sections: [
      setup(recipe),
      imageData(recipe, site),
      blocks,
      networks(recipe),
      training(recipe, { isSigned: true }),
      results('imagesFrom(normal([1, CODING_SIZE]), false)', { isSigned: true }),
    ],
  };
}
