import { imageSizeOf } from '../images';
import type { Program, RecipeOf, Section } from '../program';
import { lines, text } from '../template';
import { compilation, results, training } from './adversarial';
import { imageData } from './data';
import { setup } from './setup';
import { trainingSteps } from './steps';
import { initializers } from './terms';

type GanRecipe = RecipeOf<'gan'>;

const dense = (units: readonly number[]) => units.map((each) => `Dense(${each}),`);

function networks(recipe: GanRecipe): Section {
  const { generatorUnits, discriminatorUnits, activation, initializer } = recipe.values;
  const { height, width, channels } = imageSizeOf(recipe);
  return {
    title: 'Networks',
    about:
      'The generator turns random numbers, its noise, into an image. The discriminator looks at an image and says how likely it is to be real.',
    code: text`
      Dense = partial(
          layers.Dense,
          activation="${activation}",
          kernel_initializer="${initializers[initializer]}",
      )

      generator = keras.Sequential(
          [
              keras.Input([CODING_SIZE]),
              ${lines([...dense(generatorUnits), `Dense(${height} * ${width} * ${channels}, activation="sigmoid"),`])}
              layers.Reshape(IMAGE_SHAPE),
          ],
          name="generator",
      )
      discriminator = keras.Sequential(
          [
              keras.Input(IMAGE_SHAPE),
              layers.Flatten(),
              ${lines([...dense(discriminatorUnits), 'Dense(1, activation="sigmoid"),'])}
          ],
          name="discriminator",
      )
      generator.summary()
      discriminator.summary()
    `,
  };
}

export function gan(recipe: GanRecipe, site: string): Program {
  return {
    title: 'GAN',
    about: 'One network forges images from random numbers, another learns to tell them from real ones.',
    sections: [
      setup(recipe, { partial: true }),
      imageData(recipe, site),
      networks(recipe),
      compilation(recipe),
      trainingSteps,
      training,
      results('generator(noise)', [0, 1]),
    ],
  };
}
