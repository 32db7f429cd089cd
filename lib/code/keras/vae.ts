import { imageSizeOf } from '../images';
import type { Program, RecipeOf, Section } from '../program';
import { lines, text } from '../template';
import { split } from './autoencoder';
import { imageData } from './data';
import { setup } from './setup';
import { trainingSteps } from './steps';
import { initializers, optimizer } from './terms';

type VaeRecipe = RecipeOf<'vae'>;

function networks(recipe: VaeRecipe): Section {
  const { hiddenUnits, activation, initializer } = recipe.values;
  const { height, width, channels } = imageSizeOf(recipe);
  const dense = (units: readonly number[]) => units.map((each) => `Dense(${each}),`);
  return {
    title: 'Networks',
    about:
      "The encoder ends in two layers without activation: the mean of an image's coding and the logarithm of its variance. The decoder draws the image again; its last sigmoid makes pixels from 0 to 1.",
    code: text`
      Dense = partial(
          layers.Dense,
          activation="${activation}",
          kernel_initializer="${initializers[initializer]}",
      )
      Head = partial(layers.Dense, kernel_initializer="${initializers[initializer]}")

      inputs = keras.Input(IMAGE_SHAPE)
      hidden = layers.Flatten()(inputs)
      ${lines(hiddenUnits.map((units) => `hidden = Dense(${units})(hidden)`))}
      encoder = keras.Model(
          inputs,
          [
              Head(CODING_SIZE, name="mean")(hidden),
              Head(CODING_SIZE, name="log_variance")(hidden),
          ],
          name="encoder",
      )
      decoder = keras.Sequential(
          [
              keras.Input([CODING_SIZE]),
              ${lines([...dense(hiddenUnits.toReversed()), `Dense(${height} * ${width} * ${channels}, activation="sigmoid"),`])}
              layers.Reshape(IMAGE_SHAPE),
          ],
          name="decoder",
      )
      encoder.summary()
      decoder.summary()
    `,
  };
}

const losses: Section = {
  title: 'Loss',
  about:
    'A coding is drawn as the mean plus noise times the standard deviation, so that gradients reach both. The loss is the cross-entropy of the pixels plus the KL divergence of the codings from a standard normal, weighted and divided by the number of pixels.',
  code: text`
    class VariationalAutoencoder(keras.Model):
        def __init__(self, encoder, decoder):
            super().__init__()
            self.encoder, self.decoder = encoder, decoder
            self.noise = keras.random.SeedGenerator(SEED)

        def losses_of(self, images):
            """Loss, reconstruction in nats a pixel, KL divergence in nats an image."""
            mean, log_variance = self.encoder(images)
            noise = keras.random.normal(tf.shape(mean), seed=self.noise)
            drawn = self.decoder(mean + tf.exp(log_variance / 2) * noise)
            reconstruction = tf.reduce_mean(keras.losses.binary_crossentropy(images, drawn))
            each = 1 + log_variance - tf.exp(log_variance) - tf.square(mean)
            kl = tf.reduce_mean(-tf.reduce_sum(each, axis=1) / 2)
            return reconstruction + KL_WEIGHT * kl / math.prod(IMAGE_SHAPE), reconstruction, kl

        def call(self, images):
            return self.decoder(self.encoder(images)[0])


    vae = VariationalAutoencoder(encoder, decoder)
  `,
};

const training = (recipe: VaeRecipe): Section => ({
  title: 'Training',
  about: 'The images are inputs and targets at once.',
  code: text`
    optimizer = ${optimizer(recipe.values.optimizer, 'LEARNING_RATE')}
    optimizer.build(vae.trainable_variables)


    @tf.function
    def train_step(images):
        with tf.GradientTape() as tape:
            results = vae.losses_of(images)
        gradients = tape.gradient(results[0], vae.trainable_variables)
        optimizer.apply_gradients(zip(gradients, vae.trainable_variables))
        return results


    for step, X_batch, epoch in training_steps(X_train, BATCH_SIZE):
        loss, reconstruction, kl = train_step(X_batch)
        if epoch:
            valid_loss, valid_reconstruction, valid_kl = vae.losses_of(X_valid)
            print(
                f"epoch {epoch}/{EPOCHS}, step {step}:",
                f"loss {loss:.4f}, reconstruction {reconstruction:.4f}, KL {kl:.2f},",
                f"validation loss {valid_loss:.4f}, reconstruction {valid_reconstruction:.4f},",
                f"KL {valid_kl:.2f}",
            )
  `,
});

const results: Section = {
  title: 'Results',
  about: 'Validation images, what the network makes of them, and below what it draws of noise alone.',
  code: text`
    def plot(*rows):
        plt.figure(figsize=(len(rows[0]) * 1.5, len(rows) * 1.5))
        for i, image in enumerate(image for row in rows for image in row):
            plt.subplot(len(rows), len(rows[0]), i + 1)
            plt.imshow(image, cmap="gray", vmin=0, vmax=1)
            plt.axis("off")
        plt.show()


    shown = X_valid[:8]
    noise = keras.random.normal([len(shown), CODING_SIZE], seed=SEED)
    plot(shown, vae(shown).numpy(), decoder(noise).numpy())
  `,
};

export function vae(recipe: VaeRecipe, site: string): Program {
  return {
    title: 'Variational autoencoder',
    about: 'It codes each image as a normal distribution near zero, so that it can draw new ones from noise.',
    sections: [
      setup(recipe, { partial: true }),
      imageData(recipe, site),
      split,
      networks(recipe),
      losses,
      trainingSteps,
      training(recipe),
      results,
    ],
  };
}
