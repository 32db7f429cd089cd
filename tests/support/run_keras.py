"""Runs generated Keras programs for a few steps, and holds their networks to numbers that were computed elsewhere.

`run_keras.py FOLDER`: `manifest.json` in it lists programs, each with its data, its weights by Colatent's names
(safetensors) and what its calls must answer. Prints one JSON line a program.
"""

import importlib.util
import json
import os
import pathlib
import sys
from unittest import mock

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
sys.modules["matplotlib"] = mock.MagicMock()
sys.modules["matplotlib.pyplot"] = sys.modules["matplotlib"].pyplot

import keras
import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file

def parts(names, network):
    """A plain network's variables by Colatent's names, which stand in the same order."""
    return dict(zip(names, network.weights, strict=True))


def styled(generator):
    """The StyleGAN's generator: variables by Colatent's names."""
    synthesis = generator.synthesis
    named = {"style": generator.w_average, "synthesis/0/constant": synthesis.constant}
    for i, layer in enumerate(generator.mapping.layers[::2]):
        named |= {f"mapping/{i}/kernel": layer.kernel, f"mapping/{i}/bias": layer.bias}
    for i, layer in enumerate(synthesis.styled):
        named |= {
            f"synthesis/{i}/noise": layer.noise_strength,
            f"synthesis/{i}/bias": layer.bias,
            f"synthesis/{i}/style/kernel": layer.affine.kernel,
            f"synthesis/{i}/style/bias": layer.affine.bias,
        }
    for i, layer in enumerate(synthesis.convolutions):
        named[f"synthesis/{i + 1}/kernel"] = layer.weights[0]
    named |= {"image/kernel": synthesis.to_image.kernel, "image/bias": synthesis.to_image.bias}
    assert len(named) == len(generator.weights)
    return {f"generator/{name}": variable for name, variable in named.items()}


def ordered(names):
    """Names as Keras has their weights: a batch norm follows its layer, with its averages behind its weights."""
    place = {"generator/dense": 0, "generator/norm/0": 1, "generator/convolution/0": 2, "generator/norm/1": 3}
    norms = {"gamma": 0, "beta": 1, "mean": 2, "variance": 3}
    if not any("norm" in name for name in names):
        return names
    key = lambda name: (place.get(name.rpartition("/")[0], 4), norms.get(name.rpartition("/")[2], 0))
    return sorted(names, key=key)


def variables_of(space, case, name):
    network = network_of(space, case, name)
    if case["model"] == "stylegan" and name == "generator":
        return styled(network)
    return parts(ordered(case["networks"][name]), network)


def network_of(space, case, name):
    return space[{"autoencoder": "autoencoder", "vae": "vae", "char-rnn": "model"}.get(case["model"], name)]


def fill(variables, tensors, case):
    for name, variable in variables.items():
        value = tensors[name]
        if name in case["turned"]:
            value = value[::-1, ::-1].transpose(0, 1, 3, 2)
        variable.assign(value.reshape(variable.shape))


def answer(space, case, name, given):
    """What a network makes of its question, as Colatent gives it."""
    network = network_of(space, case, name)
    if case["model"] == "char-rnn":
        windows = given.astype(np.int32)
        predicted = network(tf.one_hot(windows[:, :-1], len(space["vocabulary"])))
        return keras.losses.sparse_categorical_crossentropy(windows[:, 1:], predicted).numpy().mean(1)
    if name != "generator":
        images = given.reshape(-1, *space["IMAGE_SHAPE"])
        return network(images * 2 - 1 if case["isSigned"] else images).numpy()
    isstyled = case["model"] == "stylegan"
    images = network.sample(given, truncation=0.7, noise=0.0) if isstyled else network(given)
    return (images.numpy() + 1) / 2 if case["isSigned"] else images.numpy()


def descend(space, case, tensors):
    """How far weights are from Colatent's after some steps of a fresh optimizer like the program's."""
    network = space["autoencoder"]
    variables = variables_of(space, case, "network")
    fill(variables, tensors, case)
    optimizer = network.optimizer
    network.compile(loss=network.loss, optimizer=type(optimizer).from_config(optimizer.get_config()))
    for batch in tensors["descent/images"]:
        images = batch.reshape(-1, *space["IMAGE_SHAPE"])
        network.train_on_batch(images, images)
    return max(error(variable.numpy(), tensors[f"descent/{name}"]) for name, variable in variables.items())


def error(found, wanted):
    """The largest difference, relative to the largest number."""
    return float(np.abs(found.ravel() - wanted.ravel()).max() / np.abs(wanted).max())


def load_program(name, path):
    """Runs a program as a module, whose source TensorFlow can look up; returns what it defines."""
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return vars(module)


def run(folder, case):
    data = str(folder / case["data"])
    with (
        mock.patch.object(keras.utils, "get_file", lambda name, origin: data),
        mock.patch.object(keras.datasets.fashion_mnist, "load_data", lambda: ((np.load(data), None), (None, None))),
        mock.patch.object(keras.Model, "summary", lambda self: None),
        mock.patch("builtins.print"),
    ):
        space = load_program(case["name"], folder / case["program"])
    tensors = load_file(folder / case["tensors"])
    parameters, errors = 0, {}
    for name in case["networks"]:
        network_of(space, case, name).trainable = True
        parameters += sum(int(np.prod(each.shape)) for each in network_of(space, case, name).trainable_weights)
        fill(variables_of(space, case, name), tensors, case)
        found = answer(space, case, name, tensors[f"inputs/{name}"])
        errors[name] = error(found, tensors[f"outputs/{name}"])
    if "descent/images" in tensors:
        errors["descent"] = descend(space, case, tensors)
    keras.backend.clear_session()
    return {"name": case["name"], "parameters": parameters, "errors": errors}


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for each in json.loads((folder / "manifest.json").read_text()):
        print(json.dumps(run(folder, each)), flush=True)
