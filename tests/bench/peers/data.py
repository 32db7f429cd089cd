"""What both peers share: the notebook's images, and the conversation with the benchmark."""

import gzip
import json
import pathlib
import struct
import sys

import numpy as np

VALIDATION = 500
EPOCHS_A_ROUND = 5


def training_images(folder: str) -> np.ndarray:
    """All but the last 500 images as float32 [count, 784], 0 to 1."""
    path = pathlib.Path(folder)
    path = path / "fashion-mnist" if (path / "fashion-mnist").is_dir() else path
    with gzip.open(path / "train-images-idx3-ubyte.gz") as file:
        magic, count, height, width = struct.unpack(">IIII", file.read(16))
        if magic != 0x803:
            raise ValueError(f"expected IDX magic 0x803, got {magic:#x}")
        pixels = np.frombuffer(file.read(count * height * width), np.uint8)
    images = pixels.reshape(count, height * width)[:-VALIDATION]
    return images.astype(np.float32) / 255


def serve(version: str, epochs_seconds, steps_per_epoch: int) -> None:
    """Warms up, then answers each line on standard input with the milliseconds a step of one round."""
    epochs_seconds(EPOCHS_A_ROUND)
    print(json.dumps({"version": version}), flush=True)
    for _ in sys.stdin:
        seconds = epochs_seconds(EPOCHS_A_ROUND)
        step_ms = 1000 * seconds / (EPOCHS_A_ROUND * steps_per_epoch)
        print(json.dumps({"stepMs": step_ms}), flush=True)
