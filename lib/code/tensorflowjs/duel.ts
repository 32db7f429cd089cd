import type { AdversarialRecipe, Section } from '../program';
import { text } from '../template';
import { optimizer } from './terms';

/** What all pairs of competing networks share: how they take turns. */

/**
 * Networks before it define `generatorWeights`, `discriminatorWeights`, `forge()` for the discriminator's turn,
 * `generate()` for the generator's own, and `discriminate(images, training)`, which returns logits.
 */
export function training(
  { values }: AdversarialRecipe,
  { isSigned }: { readonly isSigned: boolean },
): Section {
  return {
    title: 'Training',
    about:
      'In turns: the discriminator learns to tell generated images (label 0) from real ones (label 1), then the generator learns to make images that the discriminator, as it is, takes for real. Images that fill no batch wait for the next epoch.',
    code: text`
      const discriminatorOptimizer = ${optimizer(values.discriminatorOptimizer, 'DISCRIMINATOR_LEARNING_RATE')};
      const generatorOptimizer = ${optimizer(values.generatorOptimizer, 'GENERATOR_LEARNING_RATE')};

      const realImages = (rows) => ${isSigned ? 'tf.reshape(tf.sub(tf.mul(imagesOf(rows), 2), 1), [-1, HEIGHT, WIDTH, CHANNELS])' : 'imagesOf(rows)'};

      const trainDiscriminator = (rows) =>
        tf.tidy(() => {
          const images = tf.concat([forge(), realImages(rows)]);
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

      const rowsOfIteration = DISCRIMINATOR_STEPS * BATCH_SIZE;
      for (let epoch = 1; epoch <= EPOCHS; epoch++) {
        const order = shuffled(count);
        let [discriminatorLoss, generatorLoss] = [0, 0];
        for (let first = 0; first + rowsOfIteration <= count; first += rowsOfIteration) {
          for (let step = 0; step < DISCRIMINATOR_STEPS; step++) {
            const from = first + step * BATCH_SIZE;
            discriminatorLoss = trainDiscriminator(order.subarray(from, from + BATCH_SIZE));
          }
          for (let step = 0; step < GENERATOR_STEPS; step++) generatorLoss = trainGenerator();
          await tf.nextFrame();
        }
        console.log(
          \`epoch \${epoch}: discriminator loss \${discriminatorLoss.toFixed(4)}\`,
          \`generator loss \${generatorLoss.toFixed(4)}\`,
        );
      }
    `,
  };
}

/** @param sample an image of one row of fresh noise; @param isSigned from -1 to 1. */
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
