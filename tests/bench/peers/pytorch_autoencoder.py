"""The stacked autoencoder of the notebook in PyTorch, eager."""

import math
import sys
import time

import torch
from data import serve, training_images
from torch import nn

torch.manual_seed(42)
images = torch.from_numpy(training_images(sys.argv[1]))
batch = int(sys.argv[2])
pixels = images.shape[1]
sizes = [pixels, 100, 30, 100]
layers = []
for inputs, outputs in zip(sizes, sizes[1:]):
    layers += [nn.Linear(inputs, outputs), nn.SELU()]
model = nn.Sequential(*layers, nn.Linear(sizes[-1], pixels), nn.Sigmoid())
for layer in model:
    if isinstance(layer, nn.Linear):
        nn.init.normal_(layer.weight, std=layer.in_features**-0.5)
        nn.init.zeros_(layer.bias)
optimizer = torch.optim.SGD(model.parameters(), lr=1.5)
loss_of = nn.BCELoss()


def epochs_seconds(epochs: int) -> float:
    began = time.perf_counter()
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(batch):
            real = images[rows]
            optimizer.zero_grad()
            loss = loss_of(model(real), real)
            loss.backward()
            optimizer.step()
            loss.item()
    return time.perf_counter() - began


serve(torch.__version__, epochs_seconds, math.ceil(len(images) / batch))
