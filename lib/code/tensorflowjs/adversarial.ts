import type { AdversarialRecipe, Section } from '../program';
import { text } from '../template';
import { optimizer } from './terms';

/** Sections of the adversarial models' programs. */

/**
 * The training loop. Sections before it define `generatorWeights`, `discriminatorWeights`, `fakes()` (images for the
 * discriminator's step), `generate()` (images for the generator's own step) and `discriminate(images, training)`,
 * which returns logits.
 * @param isSigned whether the networks' images range from -1 to 1, not from 0 to 1.
 */
export function training(
  { values }: AdversarialRecipe,
  { isSigned }: { readonly isSigned: boolean },
): Section {
  return {
    title: 'Training',
    about:
      'In turns: the discriminator learns to tell generated images (label 0) from real ones (label 1), then the generator learns to make images that the discriminator, as it is, takes for real.',
    code: text`
      const discriminatorOptimizer = ${optimizer(values.discriminatorOptimizer, 'DISCRIMINATOR_LEARNING_RATE')};
      const generatorOptimizer = ${optimizer(values.generatorOptimizer, 'GENERATOR_LEARNING_RATE')};

      const realImages = (rows) => ${isSigned ? 'tf.reshape(tf.sub(tf.mul(imagesOf(rows), 2), 1), [-1, HEIGHT, WIDTH, CHANNELS])' : 'imagesOf(rows)'};

      const trainDiscriminator = (rows) =>
        tf.tidy(() => {
          const images = tf.concat([fakes(), realImages(rows)]);
          const labels = tf.concat([tf.zeros([BATCH_SIZE, 1]), tf.ones([BATCH_SIZE, 1])]);
          const lossOf = () => tf.losses.sigmoidCrossEntropy(labels, discriminate(images, true));
          return discriminatorOptimizer.minimize(lossOf, true, discriminatorWeights).dataSync()[0];
        });

      const trainGenerator = () =>
        tf.tidy(() => {
          const labels = tf.ones([BATCH_SIZE, 1]);
          const lossOf = () => tf.losses.sigmoidCrossEntropy(labels, discriminate(generate(), true));
          return generatorOptimizer.minimize(lossOf, true, generatorWeights).dataSync()[0];
        });

      for (const { step, rows, epoch } of trainingSteps(count, DISCRIMINATOR_STEPS * BATCH_SIZE)) {
        let [discriminatorLoss, generatorLoss] = [0, 0];
        for (let first = 0; first < rows.length; first += BATCH_SIZE)
          discriminatorLoss = trainDiscriminator(rows.slice(first, first + BATCH_SIZE));
        for (let turn = 0; turn < GENERATOR_STEPS; turn++) generatorLoss = trainGenerator();
        if (epoch > 0)
          console.log(
            \`epoch \${epoch}/\${EPOCHS}, step \${step}: discriminator loss \${discriminatorLoss.toFixed(4)},\`,
            \`generator loss \${generatorLoss.toFixed(4)}\`,
          );
        await tf.nextFrame();
      }
    `,
  };
}

/** Shows a sample. @param sample code of an image of one row of fresh noise. @param isSigned as in `training`. */
export const results = (sample: string, { isSigned }: { readonly isSigned: boolean }): Section => ({
  title: 'Samples',
  about: 'An image of fresh random numbers.',
  code: text`
    tf.tidy(() => {
      const image = ${sample};
      show(${isSigned ? 'tf.mul(tf.add(image, 1), 0.5)' : 'image'}.dataSync());
    });
  `,
});
