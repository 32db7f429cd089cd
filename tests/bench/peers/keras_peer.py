"""The notebook's models in Keras, trained as the notebook trains them: by `fit` or by its loop over batches."""

import math
import os
from itertools import islice

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf
from data import CODINGS, training_images, training_windows
from keras import layers
from protocol import Train, arguments, serve

STEPS = 10


def autoencoder(options) -> tuple[Train, int]:
    images = training_images(options.data)
    encoder = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(100, "selu"),
            layers.Dense(30, "selu"),
        ]
    )
    decoder = keras.Sequential(
        [
            keras.Input((30,)),
            layers.Dense(100, "selu"),
            layers.Dense(28 * 28, "sigmoid"),
            layers.Reshape((28, 28)),
        ]
    )
    model = keras.Sequential([encoder, decoder])
    model.compile(optimizer=keras.optimizers.SGD(1.5), loss="binary_crossentropy")

    def train(epochs: int) -> None:
        model.fit(images, images, batch_size=options.batch, epochs=epochs, verbose=0)

    return train, math.ceil(len(images) / options.batch)


def char_rnn(options) -> tuple[Train, int]:
    windows, characters = training_windows(options.data, STEPS * options.batch)
    dataset = tf.data.Dataset.from_tensor_slices(windows).shuffle(len(windows)).batch(options.batch)
    dataset = dataset.map(lambda window: (tf.one_hot(window[:, :-1], characters), window[:, 1:]))
    dataset = dataset.prefetch(1)
    rate = 0.2 if options.variant == "dropout" else 0.0
    model = keras.Sequential(
        [
            keras.Input((None, characters)),
            layers.GRU(128, return_sequences=True, dropout=rate, recurrent_dropout=rate),
            layers.GRU(128, return_sequences=True, dropout=rate, recurrent_dropout=rate),
            layers.Dense(characters, "softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return lambda epochs: model.fit(dataset, epochs=epochs, shuffle=False, verbose=0), STEPS


def gan(options) -> tuple[Train, int]:
    generator = keras.Sequential(
        [
            keras.Input((CODINGS["gan"],)),
            layers.Dense(100, "selu"),
            layers.Dense(150, "selu"),
            layers.Dense(28 * 28, "sigmoid"),
            layers.Reshape((28, 28)),
        ]
    )
    discriminator = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(150, "selu"),
            layers.Dense(100, "selu"),
            layers.Dense(1, "sigmoid"),
        ]
    )
    return against_each_other(generator, discriminator, training_images(options.data), options.batch)


def dcgan(options) -> tuple[Train, int]:
    generator = keras.Sequential(
        [
            keras.Input((CODINGS["dcgan"],)),
            layers.Dense(7 * 7 * 128),
            layers.Reshape((7, 7, 128)),
            layers.BatchNormalization(),
            layers.Conv2DTranspose(64, 5, strides=2, padding="same", activation="selu"),
            layers.BatchNormalization(),
            layers.Conv2DTranspose(1, 5, strides=2, padding="same", activation="tanh"),
        ]
    )
    discriminator = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(64, 5, strides=2, padding="same", activation=layers.LeakyReLU(0.2)),
            layers.Dropout(0.4),
            layers.Conv2D(128, 5, strides=2, padding="same", activation=layers.LeakyReLU(0.2)),
            layers.Dropout(0.4),
            layers.Flatten(),
            layers.Dense(1, "sigmoid"),
        ]
    )
    images = training_images(options.data)[..., None] * 2 - 1
    return against_each_other(generator, discriminator, images, options.batch)


def against_each_other(generator, discriminator, images, batch: int) -> tuple[Train, int]:
    """The notebook's loop: the discriminator on fakes and reals, then the generator through it, frozen."""
    codings = generator.input_shape[-1]
    both = keras.Sequential([generator, discriminator])
    discriminator.compile(loss="binary_crossentropy", optimizer="rmsprop")
    discriminator.trainable = False
    both.compile(loss="binary_crossentropy", optimizer="rmsprop")
    dataset = tf.data.Dataset.from_tensor_slices(images).shuffle(1000)
    batches = iter(dataset.batch(batch, drop_remainder=True).repeat().prefetch(1))

    def train(repeats: int) -> None:
        for reals in islice(batches, repeats * STEPS):
            noise = tf.random.normal((batch, codings))
            fakes_and_reals = tf.concat([generator(noise), reals], axis=0)
            labels = tf.constant([[0.0]] * batch + [[1.0]] * batch)
            discriminator.trainable = True
            discriminator.train_on_batch(fakes_and_reals, labels)
            noise = tf.random.normal((batch, codings))
            discriminator.trainable = False
            both.train_on_batch(noise, tf.constant([[1.0]] * batch))

    return train, STEPS


if __name__ == "__main__":
    models = {"autoencoder": autoencoder, "char-rnn": char_rnn, "gan": gan, "dcgan": dcgan}
    options = arguments(list(models))
    keras.utils.set_random_seed(42)
    serve(keras.__version__, *models[options.model](options))
