import type { AdversarialRecipe, Section } from '../program';
import { text } from '../template';
import { optimizer } from './terms';

/** Sections of the adversarial models' programs. */

/** Both networks compiled, each with its optimizer. */
export function compilation({ values }: AdversarialRecipe): Section {
  return {
    title: 'Two networks, two optimizers',
    about:
      "The discriminator learns by itself. The generator learns through the discriminator, which must not change meanwhile: it is frozen while the GAN is compiled, so the GAN's optimizer moves the generator alone.",
    code: text`
      gan = keras.Sequential([generator, discriminator])

      discriminator.compile(
          loss="binary_crossentropy",
          optimizer=${optimizer(values.discriminatorOptimizer, 'DISCRIMINATOR_LEARNING_RATE')},
      )
      discriminator.trainable = False
      gan.compile(
          loss="binary_crossentropy",
          optimizer=${optimizer(values.generatorOptimizer, 'GENERATOR_LEARNING_RATE')},
      )
    `,
  };
}

/** The training loop. */
export const training: Section = {
  title: 'Training',
  about:
    'In turns: the discriminator learns to tell generated images (label 0) from real ones (label 1), then the generator learns to make images that it takes for real.',
  code: text`
    def train_discriminator(real_images):
        noise = tf.random.normal([BATCH_SIZE, CODING_SIZE])
        fake_and_real = tf.concat([generator(noise), real_images], axis=0)
        labels = tf.constant([[0.0]] * BATCH_SIZE + [[1.0]] * BATCH_SIZE)
        discriminator.trainable = True
        return discriminator.train_on_batch(fake_and_real, labels)


    def train_generator():
        noise = tf.random.normal([BATCH_SIZE, CODING_SIZE])
        labels = tf.constant([[1.0]] * BATCH_SIZE)
        discriminator.trainable = False
        return gan.train_on_batch(noise, labels)


    for step, batch, epoch in training_steps(images, DISCRIMINATOR_STEPS * BATCH_SIZE):
        for real_images in tf.split(batch, DISCRIMINATOR_STEPS):
            discriminator_loss = train_discriminator(real_images)
        for _ in range(GENERATOR_STEPS):
            generator_loss = train_generator()
        if epoch:
            print(
                f"epoch {epoch}/{EPOCHS}, step {step}:",
                f"discriminator loss {float(discriminator_loss):.4f},",
                f"generator loss {float(generator_loss):.4f}",
            )
            # Keras's losses are averages since the last reset.
            discriminator.reset_metrics()
            gan.reset_metrics()
  `,
};

/** Plots samples. @param sample code of images of `noise`, whose values lie between `black` and `white`. */
export function results(sample: string, [black, white]: readonly [number, number]): Section {
  return {
    title: 'Samples',
    about: 'Images of fresh random numbers.',
    code: text`
      def plot_samples(images, columns=8):
          plt.figure(figsize=(columns, len(images) // columns))
          for i, image in enumerate(np.array(images)):
              plt.subplot(len(images) // columns, columns, i + 1)
              plt.imshow(${black === 0 && white === 1 ? 'image' : '(image + 1) / 2'}, cmap="gray", vmin=0, vmax=1)
              plt.axis("off")
          plt.show()


      noise = tf.random.normal([32, CODING_SIZE])
      plot_samples(${sample})
    `,
  };
}
