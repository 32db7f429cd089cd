import type { Program, RecipeOf, Section } from '../program';
import { choiceLabel } from '../settings';
import { text } from '../template';
import { imageData } from './data';
import { denseLayers, denseStack, setup } from './setup';
import { activation, losses, optimizer } from './terms';

type AutoencoderRecipe = RecipeOf<'autoencoder'>;

function network({ values }: AutoencoderRecipe): Section {
  return {
    title: 'Network',
    about:
      "The encoder squeezes an image into its coding, the decoder draws the image again from it. All layers but the last have the same activation; the last one's sums are logits, whose sigmoid makes pixels from 0 to 1.",
    code: text`
      ${denseLayers(values.initializer)}

      ${denseStack}

      const activation = ${activation(values.activation)};
      const widths = [${['PIXELS', ...values.hiddenUnits, 'CODING_SIZE'].join(', ')}];
      const weights = [];
      const encoder = denseStack(weights, widths);
      const decoder = denseStack(weights, [...widths].reverse());

      const encode = (images) => encoder.reduce((x, layer) => activation(layer(x)), images);

      function decode(codings) {
        const hidden = decoder.slice(0, -1).reduce((x, layer) => activation(layer(x)), codings);
        return decoder.at(-1)(hidden);
      }
    `,
  };
}

function training(recipe: AutoencoderRecipe): Section {
  const { loss, optimizer: id } = recipe.values;
  return {
    title: 'Training',
    about: `The images are inputs and targets at once. ${choiceLabel(recipe, 'loss')} scores the reconstructions; the rounded accuracy is the share of pixels that are the same after rounding both. The last images are kept aside, to see whether learning carries over.`,
    code: text`
      const kept = count - Math.round((count * VALIDATION_SHARE) / 100);
      const trainCount = Math.min(count - 1, Math.max(1, kept));
      const optimizer = ${optimizer(id, 'LEARNING_RATE')};

      const lossOf = (images) =>
        ${losses[loss]('images', 'decode(encode(images))')};

      const trainStep = (rows) =>
        tf.tidy(() => {
          const images = imagesOf(rows);
          return optimizer.minimize(() => lossOf(images), true, weights).dataSync()[0];
        });

      /** Loss and rounded accuracy of the validation images. */
      function evaluate() {
        const sums = [0, 0];
        for (let first = trainCount; first < count; first += 100) {
          const rows = Array.from({ length: Math.min(100, count - first) }, (_, i) => first + i);
          const results = tf.tidy(() => {
            const images = imagesOf(rows);
            const same = tf.equal(tf.round(tf.sigmoid(decode(encode(images)))), tf.round(images));
            return [lossOf(images).dataSync()[0], tf.mean(tf.cast(same, 'float32')).dataSync()[0]];
          });
          results.forEach((result, i) => {
            sums[i] += result * rows.length;
          });
        }
        return sums.map((sum) => sum / (count - trainCount));
      }

      for (const { step, rows, epoch } of trainingSteps(trainCount, BATCH_SIZE)) {
        const loss = trainStep(rows);
        if (epoch > 0) {
          const [validLoss, accuracy] = evaluate();
          console.log(
            \`epoch \${epoch}/\${EPOCHS}, step \${step}: loss \${loss.toFixed(4)},\`,
            \`validation loss \${validLoss.toFixed(4)}, validation accuracy \${accuracy.toFixed(4)}\`,
          );
        }
        await tf.nextFrame();
      }
    `,
  };
}

const results: Section = {
  title: 'Results',
  about: 'A validation image, and what the network makes of it.',
  code: text`
    tf.tidy(() => {
      const images = imagesOf([trainCount]);
      show(images.dataSync());
      show(tf.sigmoid(decode(encode(images))).dataSync());
    });
  `,
};

export function autoencoder(recipe: AutoencoderRecipe, site: string): Program {
  return {
    title: 'Stacked autoencoder',
    about: 'It squeezes each image into a few numbers and learns to draw it again from them.',
    sections: [setup(recipe), imageData(recipe, site), network(recipe), training(recipe), results],
  };
}
