import type { Program, RecipeOf, Section } from '../program';
import { text } from '../template';
import { imageData } from './data';
import { denseLayers, denseStack, setup } from './setup';
import { activation, losses, optimizer } from './terms';

type VaeRecipe = RecipeOf<'vae'>;

function networks({ values }: VaeRecipe): Section {
  const { hiddenUnits, initializer } = values;
  const inner = hiddenUnits.at(-1) ?? 'PIXELS';
  return {
    title: 'Networks',
    about:
      "The encoder ends in two layers without activation: the mean of an image's coding and the logarithm of its variance. The decoder's last sums are logits, whose sigmoid makes pixels from 0 to 1.",
    code: text`
      ${denseLayers(initializer)}

      ${denseStack}

      const activation = ${activation(values.activation)};
      const weights = [];
      const hidden = denseStack(weights, [${['PIXELS', ...hiddenUnits].join(', ')}]);
      const meanOf = dense(weights, ${inner}, CODING_SIZE);
      const logVarianceOf = dense(weights, ${inner}, CODING_SIZE);
      const decoder = denseStack(weights, [${['CODING_SIZE', ...hiddenUnits.toReversed(), 'PIXELS'].join(', ')}]);

      /** Of each image the mean of its coding, and the logarithm of the variance. */
      function encode(images) {
        const last = hidden.reduce((x, layer) => activation(layer(x)), images);
        return { mean: meanOf(last), logVariance: logVarianceOf(last) };
      }

      function decode(codings) {
        const inner = decoder.slice(0, -1).reduce((x, layer) => activation(layer(x)), codings);
        return decoder.at(-1)(inner);
      }
    `,
  };
}

function training({ values }: VaeRecipe): Section {
  return {
    title: 'Training',
    about:
      'A coding is drawn as the mean plus noise times the standard deviation, so that gradients reach both. The loss is the cross-entropy of the pixels plus the KL divergence of the codings from a standard normal, weighted and divided by the number of pixels. The last images are kept aside, to see whether learning carries over.',
    code: text`
      const kept = count - Math.round((count * VALIDATION_SHARE) / 100);
      const trainCount = Math.min(count - 1, Math.max(1, kept));
      const optimizer = ${optimizer(values.optimizer, 'LEARNING_RATE')};

      /** The loss, its reconstruction in nats a pixel, and the KL divergence in nats an image. */
      function lossesOf(images) {
        const { mean, logVariance } = encode(images);
        const deviation = tf.exp(tf.mul(logVariance, 0.5));
        const codings = tf.add(mean, tf.mul(deviation, normal(mean.shape)));
        const reconstruction = ${losses['binary-cross-entropy']('images', 'decode(codings)')};
        const each = tf.sub(tf.add(logVariance, 1), tf.add(tf.exp(logVariance), tf.square(mean)));
        const kl = tf.mean(tf.mul(tf.sum(each, 1), -0.5));
        const loss = tf.add(reconstruction, tf.mul(kl, KL_WEIGHT / PIXELS));
        return { loss, reconstruction, kl };
      }

      const trainStep = (rows) =>
        tf.tidy(() => {
          const images = imagesOf(rows);
          return optimizer.minimize(() => lossesOf(images).loss, true, weights).dataSync()[0];
        });

      /** Loss, reconstruction and KL divergence of the validation images. */
      function evaluate() {
        const sums = [0, 0, 0];
        for (let first = trainCount; first < count; first += 100) {
          const rows = Array.from({ length: Math.min(100, count - first) }, (_, i) => first + i);
          const results = tf.tidy(() => {
            const { loss, reconstruction, kl } = lossesOf(imagesOf(rows));
            return [loss, reconstruction, kl].map((each) => each.dataSync()[0]);
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
          const [validLoss, reconstruction, kl] = evaluate();
          console.log(
            \`epoch \${epoch}/\${EPOCHS}, step \${step}: loss \${loss.toFixed(4)},\`,
            \`validation loss \${validLoss.toFixed(4)},\`,
            \`reconstruction \${reconstruction.toFixed(4)}, KL divergence \${kl.toFixed(2)}\`,
          );
        }
        await tf.nextFrame();
      }
    `,
  };
}

const results: Section = {
  title: 'Results',
  about: 'A validation image, what the network makes of it, and what it draws of noise alone.',
  code: text`
    tf.tidy(() => {
      const images = imagesOf([trainCount]);
      show(images.dataSync());
      show(tf.sigmoid(decode(encode(images).mean)).dataSync());
      show(tf.sigmoid(decode(normal([1, CODING_SIZE]))).dataSync());
    });
  `,
};

export function vae(recipe: VaeRecipe, site: string): Program {
  return {
    title: 'Variational autoencoder',
    about: 'It codes each image as a normal distribution near zero, so that it can draw new ones from noise.',
    sections: [setup(recipe), imageData(recipe, site), networks(recipe), training(recipe), results],
  };
}
