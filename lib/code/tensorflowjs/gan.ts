import type { Program, RecipeOf, Section } from '../program';
import { text } from '../template';
import { results, training } from './adversarial';
import { imageData } from './data';
import { denseLayers, denseStack, setup } from './setup';
import { activation } from './terms';

type GanRecipe = RecipeOf<'gan'>;

function networks({ values }: GanRecipe): Section {
  const { generatorUnits, discriminatorUnits, initializer } = values;
  return {
    title: 'Networks',
    about:
      'The generator turns random numbers, its noise, into an image. The discriminator looks at an image; its one sum is a logit, above zero for what looks real.',
    code: text`
      ${denseLayers(initializer)}

      ${denseStack}

      const activation = ${activation(values.activation)};

      /** Through all layers, the last one without activation. */
      function through(layers, x) {
        const hidden = layers.slice(0, -1).reduce((h, layer) => activation(layer(h)), x);
        return layers.at(-1)(hidden);
      }

      const generatorWeights = [];
      const generator = denseStack(generatorWeights, [${['CODING_SIZE', ...generatorUnits, 'PIXELS'].join(', ')}]);
      const imagesFrom = (noise) => tf.sigmoid(through(generator, noise));
      const generate = () => imagesFrom(normal([BATCH_SIZE, CODING_SIZE]));
      const fakes = generate;

      const discriminatorWeights = [];
      const discriminator = denseStack(discriminatorWeights, [${['PIXELS', ...discriminatorUnits, 1].join(', ')}]);
      const discriminate = (images) => through(discriminator, images);
    `,
  };
}

export function gan(recipe: GanRecipe, site: string): Program {
  return {
    title: 'GAN',
    about: 'One network forges images from random numbers, another learns to tell them from real ones.',
    sections: [
      setup(recipe),
      imageData(recipe, site),
      networks(recipe),
      training(recipe, { isSigned: false }),
      results('imagesFrom(normal([1, CODING_SIZE]))', { isSigned: false }),
    ],
  };
}
