"""Runs generated Keras programs to their end, as files and as notebooks, and tells what they did.

`run_programs.py FOLDER`: `manifest.json` in it lists programs, each with its data. Prints one JSON line a program:
how often its optimizers moved weights, and what it printed.
"""

import contextlib
import io
import json
import linecache
import os
import pathlib
import sys
from unittest import mock

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["MPLBACKEND"] = "agg"
try:
    import matplotlib.pyplot
except ImportError:
    sys.modules["matplotlib"] = mock.MagicMock()
    sys.modules["matplotlib.pyplot"] = sys.modules["matplotlib"].pyplot

import keras


def cells_of(path):
    """Source texts that run one after the other: a notebook's cells, or the program as a whole."""
    if path.suffix == ".py":
        return [path.read_text(encoding="utf-8")]
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def execute(path):
    """What a program defines. TensorFlow looks up the source of functions that it compiles."""
    space = {"__name__": "__main__"}
    for i, source in enumerate(cells_of(path)):
        name = f"<{path.name} {i}>"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        exec(compile(source, name, "exec"), space)
    return space


def run(folder, case):
    data = str(folder / case["data"])
    said = io.StringIO()
    with (
        mock.patch.object(keras.utils, "get_file", lambda name, origin: data),
        mock.patch.object(keras.Model, "summary", lambda self: None),
        contextlib.redirect_stdout(said),
    ):
        space = execute(folder / case["program"])
    # A model's own, or one that stands alone. What stands in for matplotlib would have any attribute.
    found = [each for value in space.values() for each in (value, getattr(value, "optimizer", None))]
    optimizers = {id(each): each for each in found if isinstance(each, keras.optimizers.Optimizer)}
    updates = sum(int(each.iterations) for each in optimizers.values())
    keras.backend.clear_session()
    return {"program": case["program"], "updates": updates, "said": said.getvalue().splitlines()}


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for each in json.loads((folder / "manifest.json").read_text()):
        print(json.dumps(run(folder, each)), flush=True)
