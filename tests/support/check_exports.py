"""Checks exported files as their users would: `check_exports.py FOLDER`; prints how many of each it checked.

The folder holds manifest.json ([{file, trials: [{feeds, expected}]}], tensors as {type, dims, data}), the .onnx
files that it names, weights.safetensors, and weights.json ({tensors: {name: {shape, data}}, metadata}).
"""

import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime
import safetensors

TOLERANCE = 1e-4


def array(tensor):
    return numpy.array(tensor["data"], dtype=tensor["type"]).reshape(tensor["dims"])


def check_model(path, trials):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    for trial in trials:
        feeds = {name: array(tensor) for name, tensor in trial["feeds"].items()}
        made = dict(zip(names, session.run(names, feeds)))
        for name, tensor in trial["expected"].items():
            expected = numpy.array(tensor["data"])
            scale = max(1e-6, float(numpy.abs(expected).max()))
            error = float(numpy.abs(made[name].ravel() - expected).max()) / scale
            assert error <= TOLERANCE, f"{path}: {name} differs by {error}"


def check_weights(folder):
    wanted = json.loads((folder / "weights.json").read_text())
    with safetensors.safe_open(folder / "weights.safetensors", framework="numpy") as file:
        assert sorted(file.keys()) == sorted(wanted["tensors"]), file.keys()
        assert file.metadata() == wanted["metadata"], file.metadata()
        for name, tensor in wanted["tensors"].items():
            found = file.get_tensor(name)
            assert list(found.shape) == tensor["shape"], (name, found.shape)
            assert numpy.array_equal(found.ravel(), numpy.array(tensor["data"], dtype="float32")), name
    return len(wanted["tensors"])


folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text())
for entry in manifest:
    check_model(str(folder / entry["file"]), entry["trials"])
print(json.dumps({"models": len(manifest), "tensors": check_weights(folder)}))
