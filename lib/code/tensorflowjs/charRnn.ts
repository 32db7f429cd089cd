import type { Program, RecipeOf, Section } from '../program';
import { dataName, textSource } from '../sources';
import { text } from '../template';
import { cells } from './cells';
import { denseLayers, setup } from './setup';
import { optimizer } from './terms';

type CharRnnRecipe = RecipeOf<'char-rnn'>;

function data(recipe: CharRnnRecipe, site: string): Section {
  const { openAddress, isOwn } = textSource(recipe, site);
  const isLower = recipe.values.letterCase === 'lower';
  return {
    title: 'Text',
    about: `${dataName(recipe).label}.${isOwn ? ' It comes from the Colatent server that this recipe is on.' : ''} ${isLower ? 'Lower case leaves fewer characters to choose from.' : 'Its letters stay as they are.'} Every distinct character gets a number. The first part of the text trains, the next one validates, the rest stays unread for a last test.`,
    code: text`
      const response = await fetch(
        '${openAddress}',
      );
      if (!response.ok) throw new Error(\`No text: \${response.status} \${response.statusText}\`);
      const characters = Array.from(${isLower ? '(await response.text()).toLowerCase()' : 'await response.text()'});
      const vocabulary = [...new Set(characters)].sort();
      const idOf = new Map(vocabulary.map((character, id) => [character, id]));
      const ids = Int32Array.from(characters, (character) => idOf.get(character));

      const trainEnd = Math.floor((ids.length * TRAIN_SHARE) / 100);
      const validEnd = Math.floor((ids.length * (TRAIN_SHARE + VALIDATION_SHARE)) / 100);
      const trainIds = ids.subarray(0, trainEnd);
      const validIds = ids.subarray(trainEnd, validEnd);

      /** Windows of one more character than the network reads: the last one is only a target. */
      function windowsOf(ids, starts) {
        const windows = Array.from(starts, (start) => Array.from(ids.subarray(start, start + WINDOW_LENGTH + 1)));
        return tf.tensor2d(windows, [windows.length, WINDOW_LENGTH + 1], 'int32');
      }
    `,
  };
}

function network({ values: { cell, hiddenUnits } }: CharRnnRecipe): Section {
  return {
    title: 'Network',
    about: `${cell.toUpperCase()} layers read the one-hot characters, one after the other, and hand on what they remember after each; a dense layer turns that into the logits of the next character, at every step. Dropout leaves out some of each layer's inputs, recurrent dropout some of its memory.`,
    code: text`
      ${denseLayers()}

      ${cells[cell]}

      const weights = [];
      const widths = [vocabulary.length, ${hiddenUnits.join(', ')}];
      const recurrentLayers = widths.slice(1).map((units, i) => ${cell}(weights, widths[i], units));
      const output = dense(weights, widths.at(-1), vocabulary.length);

      /** Logits [time * rows, vocabulary] of what follows each character of \`ids\` [rows, time]. */
      function logitsOf(ids, training) {
        const steps = tf.unstack(ids, 1).map((each) => tf.oneHot(each, vocabulary.length, 1, 0, 'float32'));
        const hidden = recurrentLayers.reduce((sequence, layer) => layer(sequence, training), steps);
        return output(tf.concat(hidden));
      }

      /** How surprised the network is by the characters that really come next. */
      function lossOf(windows, training) {
        const [rows] = windows.shape;
        const read = tf.slice(windows, [0, 0], [rows, WINDOW_LENGTH]);
        const next = tf.slice(windows, [0, 1], [rows, WINDOW_LENGTH]);
        const targets = tf.oneHot(tf.reshape(tf.transpose(next), [-1]), vocabulary.length, 1, 0, 'float32');
        return tf.losses.softmaxCrossEntropy(targets, logitsOf(read, training));
      }
    `,
  };
}

const training = ({ values }: CharRnnRecipe): Section => ({
  title: 'Training',
  about:
    'Training windows overlap; validation windows follow each other. Without a compiler the many small operations of a recurrence take their time.',
  code: text`
    const optimizer = ${optimizer(values.optimizer, 'LEARNING_RATE')};

    const trainStep = (starts) =>
      tf.tidy(() => {
        const windows = windowsOf(trainIds, starts);
        return optimizer.minimize(() => lossOf(windows, true), true, weights).dataSync()[0];
      });

    /** The loss of the validation windows, of at most 1,000. */
    function evaluate() {
      const count = Math.min(1000, Math.floor((validIds.length - 1) / WINDOW_LENGTH));
      let sum = 0;
      for (let first = 0; first < count; first += 50) {
        const starts = Array.from({ length: Math.min(50, count - first) }, (_, i) => (first + i) * WINDOW_LENGTH);
        sum += tf.tidy(() => lossOf(windowsOf(validIds, starts), false).dataSync()[0]) * starts.length;
      }
      return sum / count;
    }

    const windowCount = Math.floor((trainIds.length - WINDOW_LENGTH - 1) / WINDOW_SHIFT) + 1;
    for (const { step, rows, epoch } of trainingSteps(windowCount, BATCH_SIZE)) {
      const loss = trainStep(rows.map((row) => row * WINDOW_SHIFT));
      if (epoch > 0 || step % 100 === 0)
        console.log(\`step \${step}: loss \${loss.toFixed(4)}, validation loss \${evaluate().toFixed(4)}\`);
      await tf.nextFrame();
    }
  `,
});

const results = ({ values }: CharRnnRecipe): Section => ({
  title: 'Writing',
  about:
    'One character after the other is drawn from the probabilities. A low temperature keeps to the likely ones, a high one dares more.',
  code: text`
    function nextCharacter(written, temperature) {
      return tf.tidy(() => {
        const read = written.slice(-WINDOW_LENGTH).map((character) => idOf.get(character));
        const logits = logitsOf(tf.tensor2d([read], [1, read.length], 'int32'), false);
        const last = tf.slice(logits, [read.length - 1, 0], [1, vocabulary.length]);
        const [id] = tf.multinomial(tf.div(last, temperature), 1, nextSeed()).dataSync();
        return vocabulary[id];
      });
    }

    function write({ prompt = '', length = 400, temperature = 0.7 } = {}) {
      // It begins a line, if there are lines; characters that the text lacks are passed over.
      const known = Array.from(\`\n\${prompt${values.letterCase === 'lower' ? '.toLowerCase()' : ''}}\`).filter((each) => idOf.has(each));
      const written = known.length > 0 ? known : vocabulary.slice(0, 1);
      for (let i = 0; i < length; i++) written.push(nextCharacter(written, temperature));
      return written.join('');
    }

    for (const temperature of [0.7, 0.3, 1])
      console.log(\`\n--- temperature \${temperature}\n\${write({ temperature })}\`);
  `,
});

export function charRnn(recipe: CharRnnRecipe, site: string): Program {
  return {
    title: 'Character RNN',
    about: 'It reads a text character by character, learns which one comes next, and so learns to write.',
    sections: [setup(recipe), data(recipe, site), network(recipe), training(recipe), results(recipe)],
  };
}
