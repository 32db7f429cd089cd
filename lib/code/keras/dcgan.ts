import { half, imageSizeOf } from '../images';
import type { Program, RecipeOf, Section } from '../program';
import { lines, text } from '../template';
import { compilation, results, training } from './adversarial';
import { imageData } from './data';
import { convolutionalDiscriminator, signed } from './discriminator';
import { setup } from './setup';
import { trainingSteps } from './steps';

type DcganRecipe = RecipeOf<'dcgan'>;

/**
 * Doubling gives even sides; an odd one loses a row or column, on the side where TensorFlow's padding
 * `same` would have it.
 */
function cropped(height: number, width: number, kernelSize: number): string | null {
  const edge = (side: number) => {
    const before = side % 2 === 0 ? 0 : kernelSize % 2;
    return `(${before}, ${(side % 2) - before})`;
  };
  if (height % 2 === 0 && width % 2 === 0) return null;
  return `layers.Cropping2D((${edge(height)}, ${edge(width)})),`;
}

function generator(recipe: DcganRecipe): Section {
  const { generatorFilters, kernelSize } = recipe.values;
  const { height, width, channels } = imageSizeOf(recipe);
  const [coarse, fine] = generatorFilters as [number, number];
  const [middleHeight, middleWidth] = [half(height), half(width)];
  const [low, narrow] = [half(middleHeight), half(middleWidth)];
  return {
    title: 'Generator',
    about: `Random numbers become a coarse image of ${coarse} feature maps, which transposed convolutions enlarge twice. Batch normalisation steadies what they see: in training by the batch's own mean and variance, else by their running averages.`,
    code: text`
      generator = keras.Sequential(
          [
              keras.Input([CODING_SIZE]),
              layers.Dense(${low} * ${narrow} * ${coarse}),
              layers.Reshape([${low}, ${narrow}, ${coarse}]),
              layers.BatchNormalization(momentum=BATCH_NORM_MOMENTUM),
              layers.Conv2DTranspose(
                  ${fine}, KERNEL_SIZE, strides=2, padding="same", activation="selu"
              ),
              ${lines([cropped(middleHeight, middleWidth, kernelSize), 'layers.BatchNormalization(momentum=BATCH_NORM_MOMENTUM),'])}
              layers.Conv2DTranspose(
                  ${channels}, KERNEL_SIZE, strides=2, padding="same", activation="tanh"
              ),
              ${cropped(height, width, kernelSize)}
          ],
          name="generator",
      )
      generator.summary()
    `,
  };
}

export function dcgan(recipe: DcganRecipe, site: string): Program {
  const data = imageData(recipe, site);
  return {
    title: 'DCGAN',
    about: 'A GAN that draws with convolutions: it begins with a coarse image and enlarges it twice.',
    sections: [
      setup(recipe, { partial: false }),
      signed(data),
      generator(recipe),
      convolutionalDiscriminator(recipe.values.discriminatorFilters, {
        kernel: 'KERNEL_SIZE',
        dropout: true,
      }),
      compilation(recipe),
      trainingSteps,
      training,
      results('generator(noise)', [-1, 1]),
    ],
  };
}
