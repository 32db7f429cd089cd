import { imageSizeOf } from '../images';
import type { Program, RecipeOf, Section } from '../program';
import { choiceLabel } from '../settings';
import { lines, text } from '../template';
import { imageData } from './data';
import { setup } from './setup';
import { trainingSteps } from './steps';
import { initializers, losses, optimizer } from './terms';

type AutoencoderRecipe = RecipeOf<'autoencoder'>;

export const split: Section = {
  title: 'Training and validation',
  about: 'The last images are kept aside: never trained on, they show whether learning carries over.',
  code: text`
    valid_count = math.floor(len(images) * VALIDATION_SHARE / 100 + 0.5)
    train_count = min(len(images) - 1, max(1, len(images) - valid_count))
    X_train, X_valid = images[:train_count], images[train_count:]
  `,
};

function network(recipe: AutoencoderRecipe): Section {
  const { hiddenUnits, activation, initializer } = recipe.values;
  const { height, width, channels } = imageSizeOf(recipe);
  const dense = (units: readonly number[]) => units.map((each) => `Dense(${each}),`);
  return {
    title: 'Network',
    about:
      "The encoder squeezes an image into its coding, the decoder draws the image again from it. All layers but the last have the same activation; the last one's sigmoid makes pixels from 0 to 1.",
    code: text`
      Dense = partial(
          layers.Dense,
          activation="${activation}",
          kernel_initializer="${initializers[initializer]}",
      )

      encoder = keras.Sequential(
          [
              keras.Input(IMAGE_SHAPE),
              layers.Flatten(),
              ${lines([...dense(hiddenUnits), 'Dense(CODING_SIZE),'])}
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
      autoencoder = keras.Sequential([encoder, decoder])
      autoencoder.summary()
    `,
  };
}

function training(recipe: AutoencoderRecipe): Section {
  const { loss, optimizer: id } = recipe.values;
  return {
    title: 'Training',
    about: `The images are inputs and targets at once. ${choiceLabel(recipe, 'loss')} scores the reconstructions; the rounded accuracy is the share of pixels that are the same after rounding both.`,
    code: text`
      def rounded_accuracy(y_true, y_pred):
          return keras.metrics.binary_accuracy(tf.round(y_true), tf.round(y_pred))


      autoencoder.compile(
          loss="${losses[loss]}",
          optimizer=${optimizer(id, 'LEARNING_RATE')},
          metrics=[rounded_accuracy],
      )

      for step, X_batch, epoch in training_steps(X_train, BATCH_SIZE):
          loss, accuracy = autoencoder.train_on_batch(X_batch, X_batch)
          if epoch:
              valid_loss, valid_accuracy = autoencoder.evaluate(X_valid, X_valid, verbose=0)
              autoencoder.reset_metrics()  # train_on_batch returns averages since then
              print(
                  f"epoch {epoch}/{EPOCHS}, step {step}:",
                  f"loss {loss:.4f}, accuracy {accuracy:.4f},",
                  f"validation loss {valid_loss:.4f}, validation accuracy {valid_accuracy:.4f}",
              )
    `,
  };
}

const results: Section = {
  title: 'Results',
  about: 'Validation images above, what the network makes of them below.',
  code: text`
    def plot_reconstructions(images, count=8):
        images = images[:count]
        reconstructions = autoencoder.predict(images, verbose=0)
        plt.figure(figsize=(count * 1.5, 3))
        for i, image in enumerate([*images, *reconstructions]):
            plt.subplot(2, len(images), i + 1)
            plt.imshow(image, cmap="gray", vmin=0, vmax=1)
            plt.axis("off")
        plt.show()


    plot_reconstructions(X_valid)
  `,
};

export function autoencoder(recipe: AutoencoderRecipe, site: string): Program {
  return {
    title: 'Stacked autoencoder',
    about: 'It squeezes each image into a few numbers and learns to draw it again from them.',
    sections: [
      setup(recipe, { partial: true }),
      imageData(recipe, site),
      split,
      network(recipe),
      trainingSteps,
      training(recipe),
      results,
    ],
  };
}
