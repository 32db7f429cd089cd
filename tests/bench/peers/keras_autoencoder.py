"""The stacked autoencoder of the notebook in Keras, trained by `model.fit`."""

import math
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from data import serve, training_images

keras.utils.set_random_seed(42)
images = training_images(sys.argv[1])
batch = int(sys.argv[2])
model = keras.Sequential(
    [
        keras.Input((images.shape[1],)),
        keras.layers.Dense(100, "selu", kernel_initializer="lecun_normal"),
        keras.layers.Dense(30, "selu", kernel_initializer="lecun_normal"),
        keras.layers.Dense(100, "selu", kernel_initializer="lecun_normal"),
        keras.layers.Dense(images.shape[1], "sigmoid"),
    ]
)
model.compile(optimizer=keras.optimizers.SGD(1.5), loss="binary_crossentropy")


def epochs_seconds(epochs: int) -> float:
    began = time.perf_counter()
    model.fit(images, images, batch_size=batch, epochs=epochs, verbose=0)
    return time.perf_counter() - began


serve(keras.__version__, epochs_seconds, math.ceil(len(images) / batch))
