"""What all peers train on: the notebook's images and its text."""

import gzip
import pathlib
import struct

import numpy as np

VALIDATION_IMAGES = 500
TRAINING_SHARE = 0.9
CODINGS = {"gan": 30, "dcgan": 100}
STEPS_IN = 100


def training_images(folder: str) -> np.ndarray:
    """All but the last 500 images as float32 [count, 28, 28], 0 to 1."""
    path = pathlib.Path(folder)
    path = path / "fashion-mnist" if (path / "fashion-mnist").is_dir() else path
    with gzip.open(path / "train-images-idx3-ubyte.gz") as file:
        magic, count, height, width = struct.unpack(">IIII", file.read(16))
        if magic != 0x803:
            raise ValueError(f"expected IDX magic 0x803, got {magic:#x}")
        pixels = np.frombuffer(file.read(count * height * width), np.uint8)
    images = pixels.reshape(count, height, width)[:-VALIDATION_IMAGES]
    return images.astype(np.float32) / 255


def training_windows(folder: str, count: int) -> tuple[np.ndarray, int]:
    """Windows of 101 characters at random positions in the first 90 % of the text, lower-cased.

    Returns them as int32 [count, 101], and how many different characters the whole text has.
    """
    text = (pathlib.Path(folder) / "shakespeare" / "input.txt").read_text("utf-8").lower()
    characters, indices = np.unique(list(text), return_inverse=True)
    starts = np.random.default_rng(42).integers(int(len(text) * TRAINING_SHARE) - STEPS_IN, size=count)
    windows = indices[starts[:, None] + np.arange(STEPS_IN + 1)]
    return windows.astype(np.int32), len(characters)
