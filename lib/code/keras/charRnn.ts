import type { Program, RecipeOf, Section } from '../program';
import { dataName, textSource } from '../sources';
import { lines, text } from '../template';
import { elsewhere } from './data';
import { setup } from './setup';
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
    'The network reads windows of the text; its targets are the same characters, one further on. Training windows overlap and come in a new order each epoch. Validation windows follow each other in the part after the training text, and the rest stays unread for a last test.',
  code: text`
    def to_dataset(ids, shift, shuffle=False):
        starts = tf.data.Dataset.range(0, len(ids) - WINDOW_LENGTH, shift)
        if shuffle:
            starts = starts.shuffle(len(ids), seed=SEED)
        ids = tf.constant(ids)
        windows = starts.map(lambda start: ids[start : start + WINDOW_LENGTH + 1])
        windows = windows.batch(BATCH_SIZE, drop_remainder=shuffle)
        return windows.map(
            lambda window: (tf.one_hot(window[:, :-1], len(vocabulary)), window[:, 1:])
        ).prefetch(1)


    train_end = int(len(text_ids) * TRAIN_SHARE / 100)
    valid_end = int(len(text_ids) * (TRAIN_SHARE + VALIDATION_SHARE) / 100)
    train_set = to_dataset(text_ids[:train_end], shift=WINDOW_SHIFT, shuffle=True)
    valid_set = to_dataset(text_ids[train_end:valid_end], shift=WINDOW_LENGTH)
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
  about: 'The cross-entropy says how surprised the network is by the characters that really come next.',
  code: text`
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=${optimizer(values.optimizer, 'LEARNING_RATE')},
        metrics=["accuracy"],
    )
    history = model.fit(
        train_set,
        epochs=EPOCHS,
        validation_data=valid_set,
        shuffle=False,  # the training set comes shuffled
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


    def next_character(text, temperature):
        ids = [id_of[character] for character in text[-WINDOW_LENGTH:]]
        logits = tf.math.log(next_probabilities(ids)) / temperature
        return vocabulary[int(tf.random.categorical(logits, num_samples=1)[0, 0])]


    def write(prompt, length=400, temperature=0.7):
        text = ${values.letterCase === 'lower' ? 'prompt.lower()' : 'prompt'}
        for _ in range(length):
            text += next_character(text, temperature)
        return text


    print(write("\n"))
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
      training(recipe),
      results(recipe),
    ],
  };
}
