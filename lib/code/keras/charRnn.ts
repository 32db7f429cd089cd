import type { Program, RecipeOf, Section } from '../program';
import { dataName, textSource } from '../sources';
import { lines, text } from '../template';
import { elsewhere } from './data';
import { setup } from './setup';
import { trainingSteps } from './steps';
import { optimizer } from './terms';

type CharRnnRecipe = RecipeOf<'char-rnn'>;

function data(recipe: CharRnnRecipe, site: string): Section {
  const { file, address, isOwn } = textSource(recipe, site);
  const isLower = recipe.values.letterCase === 'lower';
  return {
    title: 'Text',
    about: `${dataName(recipe).label}${isOwn ? `. ${elsewhere(file)}` : ', which is downloaded when it is first used.'} ${isLower ? 'Lower case leaves fewer characters to choose from.' : 'Its letters stay as they are.'} Every distinct character gets a number.`,
    code: text`
      path = keras.utils.get_file(
          "${file}",
          origin="${address}",
      )
      with open(path, encoding="utf-8") as f:
          text = f.read()${isLower ? '.lower()' : ''}

      vocabulary = sorted(set(text))
      id_of = {character: i for i, character in enumerate(vocabulary)}
      text_ids = np.array([id_of[character] for character in text], dtype=np.int32)
      print(len(text), "characters,", len(vocabulary), "distinct")
    `,
  };
}

const windows: Section = {
  title: 'Windows',
  about:
    'The network reads windows of the text; its targets are the same characters, one further on. Training windows overlap. Validation windows follow each other in the part after the training text, at most 1,000 of them, and the rest stays unread for a last test.',
  code: text`
    def window_starts(begin, end, shift):
        return np.arange(begin, end - WINDOW_LENGTH, shift)


    def windows_at(starts):
        windows = tf.gather(text_ids, starts[:, None] + tf.range(WINDOW_LENGTH + 1, dtype=starts.dtype))
        return tf.one_hot(windows[:, :-1], len(vocabulary)), windows[:, 1:]


    train_end = int(len(text_ids) * TRAIN_SHARE / 100)
    valid_end = int(len(text_ids) * (TRAIN_SHARE + VALIDATION_SHARE) / 100)
    train_starts = window_starts(0, train_end, WINDOW_SHIFT)
    valid_starts = window_starts(train_end, valid_end, WINDOW_LENGTH)[:1000]
    valid_set = tf.data.Dataset.from_tensor_slices(valid_starts).batch(50).map(windows_at)
  `,
};

function network({ values: { cell, hiddenUnits } }: CharRnnRecipe): Section {
  const name = cell.toUpperCase();
  return {
    title: 'Network',
    about: `${name} layers read the one-hot characters and hand on what they remember after each; a dense layer turns that into the next character's probabilities, at every step. Dropout leaves out some of each layer's inputs, recurrent dropout some of its memory.`,
    code: text`
      Recurrent = partial(
          layers.${name},
          return_sequences=True,
          dropout=DROPOUT,
          recurrent_dropout=RECURRENT_DROPOUT,
      )

      model = keras.Sequential(
          [
              keras.Input([None, len(vocabulary)]),
              ${lines(hiddenUnits.map((units) => `Recurrent(${units}),`))}
              layers.Dense(len(vocabulary), activation="softmax"),
          ]
      )
      model.summary()
    `,
  };
}

const training = ({ values }: CharRnnRecipe): Section => ({
  title: 'Training',
  about:
    'The cross-entropy says how surprised the network is by the characters that really come next. An epoch is long, so every hundredth step is told of, too.',
  code: text`
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=${optimizer(values.optimizer, 'LEARNING_RATE')},
        metrics=["accuracy"],
    )

    for step, starts, epoch in training_steps(train_starts, BATCH_SIZE):
        loss, accuracy = model.train_on_batch(*windows_at(starts))
        if epoch or step % 100 == 0:
            valid_loss, valid_accuracy = model.evaluate(valid_set, verbose=0)
            model.reset_metrics()  # train_on_batch returns averages since then
            print(
                f"step {step}: loss {loss:.4f}, accuracy {accuracy:.4f},",
                f"validation loss {valid_loss:.4f}, validation accuracy {valid_accuracy:.4f}",
            )
  `,
});

const results = ({ values }: CharRnnRecipe): Section => ({
  title: 'Writing',
  about:
    'One character after the other is drawn from the probabilities. A low temperature keeps to the likely ones, a high one dares more.',
  code: text`
    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32)])
    def next_probabilities(ids):
        return model(tf.one_hot(ids[None], len(vocabulary)))[:, -1]


    def next_character(written, temperature):
        ids = [id_of[character] for character in written[-WINDOW_LENGTH:]]
        logits = tf.math.log(next_probabilities(ids)) / temperature
        return vocabulary[int(tf.random.categorical(logits, num_samples=1)[0, 0])]


    def write(prompt="", length=400, temperature=0.7):
        # It begins a line, if there are lines; characters that the text lacks are passed over.
        prompt = "\n" + prompt${values.letterCase === 'lower' ? '.lower()' : ''}
        written = [character for character in prompt if character in id_of] or vocabulary[:1]
        for _ in range(length):
            written.append(next_character(written, temperature))
        return "".join(written)


    for temperature in [0.7, 0.3, 1.0]:
        print(f"\n--- temperature {temperature}", write(temperature=temperature), sep="\n")
  `,
});

export function charRnn(recipe: CharRnnRecipe, site: string): Program {
  return {
    title: 'Character RNN',
    about: 'It reads a text character by character, learns which one comes next, and so learns to write.',
    sections: [
      setup(recipe, { partial: true }),
      data(recipe, site),
      windows,
      network(recipe),
      trainingSteps,
      training(recipe),
      results(recipe),
    ],
  };
}
