"""How a peer talks with the benchmark: arguments, then a line of JSON for each line on standard input."""

import argparse
import json
import math
import sys
import time
from collections.abc import Callable

ROUND_SECONDS = 1.5

# Trains so many times `steps` steps.
Train = Callable[[int], None]


def arguments(models: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", help="folder of the data sets")
    parser.add_argument("model", choices=models)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--variant", choices=["dropout", "no-dropout"], default="no-dropout")
    parser.add_argument("--device", default="cpu")
    return parser.parse_args()


def serve(version: str, train: Train, steps: int) -> None:
    """Warms up, says so, and answers each line with the milliseconds a step of one round.

    A round repeats those steps as often as it takes to last about 1.5 seconds.
    """
    train(1)
    repeats = math.ceil(ROUND_SECONDS / seconds_of(train, 1))
    print(json.dumps({"version": version}), flush=True)
    for _ in sys.stdin:
        step_ms = 1000 * seconds_of(train, repeats) / (repeats * steps)
        print(json.dumps({"stepMs": step_ms}), flush=True)


def seconds_of(train: Train, repeats: int) -> float:
    began = time.perf_counter()
    train(repeats)
    return time.perf_counter() - began
