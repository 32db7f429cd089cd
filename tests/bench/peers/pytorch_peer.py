"""The notebook's models and a small StyleGAN in PyTorch, eager, each in the usual training loop."""

import math
from itertools import islice

import torch
from data import CODINGS, training_images, training_windows
from protocol import Train, arguments, serve
from pytorch_stylegan import STYLE, Discriminator, Generator
from torch import nn
from torch.nn import functional as F

STEPS = 10


def autoencoder(options) -> tuple[Train, int]:
    images = torch.from_numpy(training_images(options.data)).to(options.device)
    encoder = nn.Sequential(nn.Flatten(), *selu_layers(28 * 28, 100, 30))
    decoder = nn.Sequential(
        *selu_layers(30, 100), nn.Linear(100, 28 * 28), nn.Sigmoid(), nn.Unflatten(1, (28, 28))
    )
    model = nn.Sequential(encoder, decoder).apply(glorot).to(options.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=1.5)
    loss_of = nn.BCELoss()

    def train(epochs: int) -> None:
        for _ in range(epochs):
            for rows in torch.randperm(len(images)).split(options.batch):
                real = images[rows]
                optimizer.zero_grad()
                loss = loss_of(model(real), real)
                loss.backward()
                optimizer.step()
                loss.item()

    return train, math.ceil(len(images) / options.batch)


class CharRnn(nn.Module):
    def __init__(self, characters: int):
        super().__init__()
        self.characters = characters
        self.gru = nn.GRU(characters, 128, num_layers=2, batch_first=True)
        self.logits = nn.Linear(128, characters)

    def forward(self, text: torch.Tensor) -> torch.Tensor:
        states, _ = self.gru(F.one_hot(text, self.characters).float())
        return self.logits(states)


def char_rnn(options) -> tuple[Train, int]:
    if options.variant == "dropout":
        raise SystemExit("nn.GRU has no dropout on inputs and no recurrent dropout")
    windows, characters = training_windows(options.data, STEPS * options.batch)
    windows = torch.from_numpy(windows).long().to(options.device)
    model = CharRnn(characters).to(options.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    loss_of = nn.CrossEntropyLoss()

    def train(epochs: int) -> None:
        for _ in range(epochs):
            for rows in torch.randperm(len(windows)).split(options.batch):
                window = windows[rows]
                optimizer.zero_grad()
                loss = loss_of(model(window[:, :-1]).flatten(0, 1), window[:, 1:].flatten())
                loss.backward()
                optimizer.step()
                loss.item()

    return train, STEPS


def gan(options) -> tuple[Train, int]:
    generator = nn.Sequential(
        *selu_layers(CODINGS["gan"], 100, 150),
        nn.Linear(150, 28 * 28),
        nn.Sigmoid(),
        nn.Unflatten(1, (28, 28)),
    )
    discriminator = nn.Sequential(
        nn.Flatten(), *selu_layers(28 * 28, 150, 100), nn.Linear(100, 1), nn.Sigmoid()
    )
    images = torch.from_numpy(training_images(options.data))
    return against_each_other(generator, discriminator, CODINGS["gan"], images, options)


def dcgan(options) -> tuple[Train, int]:
    up = {"stride": 2, "padding": 2, "output_padding": 1}
    down = {"stride": 2, "padding": 2}
    generator = nn.Sequential(
        nn.Linear(CODINGS["dcgan"], 128 * 7 * 7),
        nn.Unflatten(1, (128, 7, 7)),
        nn.BatchNorm2d(128),
        nn.ConvTranspose2d(128, 64, 5, **up),
        nn.SELU(),
        nn.BatchNorm2d(64),
        nn.ConvTranspose2d(64, 1, 5, **up),
        nn.Tanh(),
    )
    discriminator = nn.Sequential(
        *(nn.Conv2d(1, 64, 5, **down), nn.LeakyReLU(0.2), nn.Dropout(0.4)),
        *(nn.Conv2d(64, 128, 5, **down), nn.LeakyReLU(0.2), nn.Dropout(0.4)),
        *(nn.Flatten(), nn.Linear(128 * 7 * 7, 1), nn.Sigmoid()),
    )
    images = torch.from_numpy(training_images(options.data))[:, None] * 2 - 1
    return against_each_other(generator, discriminator, CODINGS["dcgan"], images, options)


def against_each_other(generator, discriminator, codings: int, images, options) -> tuple[Train, int]:
    """The notebook's loop: the discriminator on fakes and reals, then the generator through it, frozen."""
    batch, device = options.batch, options.device
    generator, discriminator = (each.apply(glorot).to(device) for each in (generator, discriminator))
    settings = {"lr": 0.001, "alpha": 0.9, "eps": 1e-7}
    generator_optimizer = torch.optim.RMSprop(generator.parameters(), **settings)
    discriminator_optimizer = torch.optim.RMSprop(discriminator.parameters(), **settings)
    loss_of = nn.BCELoss()
    labels = torch.cat([torch.zeros(batch, 1), torch.ones(batch, 1)]).to(device)
    batches = endless_batches(images.to(device), batch)

    def train(repeats: int) -> None:
        for reals in islice(batches, repeats * STEPS):
            with torch.no_grad():
                fakes = generator(torch.randn(batch, codings, device=device))
            discriminator.requires_grad_(True)
            discriminator_optimizer.zero_grad()
            loss = loss_of(discriminator(torch.cat([fakes, reals])), labels)
            loss.backward()
            discriminator_optimizer.step()
            loss.item()

            discriminator.requires_grad_(False)
            generator_optimizer.zero_grad()
            fakes = generator(torch.randn(batch, codings, device=device))
            loss = loss_of(discriminator(fakes), labels[batch:])
            loss.backward()
            generator_optimizer.step()
            loss.item()

    return train, STEPS


def stylegan(options) -> tuple[Train, int]:
    """The same loop with the non-saturating logistic loss, style mixing and the average of w."""
    batch, device = options.batch, options.device
    images = torch.from_numpy(training_images(options.data))[:, None] * 2 - 1
    batches = endless_batches(images.to(device), batch)
    generator, discriminator = Generator().to(device), Discriminator().to(device)
    settings = {"lr": 0.002, "betas": (0.0, 0.99)}
    generator_optimizer = torch.optim.Adam(generator.parameters(), **settings)
    discriminator_optimizer = torch.optim.Adam(discriminator.parameters(), **settings)

    def codings() -> tuple[torch.Tensor, torch.Tensor]:
        z, second = torch.randn(2, batch, STYLE, device=device)
        return z, second

    def train(repeats: int) -> None:
        for reals in islice(batches, repeats * STEPS):
            with torch.no_grad():
                fakes = generator(*codings())
            discriminator.requires_grad_(True)
            discriminator_optimizer.zero_grad()
            of_fakes, of_reals = discriminator(torch.cat([fakes, reals])).chunk(2)
            loss = F.softplus(of_fakes).mean() + F.softplus(-of_reals).mean()
            loss.backward()
            discriminator_optimizer.step()
            loss.item()

            discriminator.requires_grad_(False)
            generator_optimizer.zero_grad()
            loss = F.softplus(-discriminator(generator(*codings()))).mean()
            loss.backward()
            generator_optimizer.step()
            loss.item()

    return train, STEPS


def selu_layers(*sizes: int) -> list[nn.Module]:
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.SELU()]
    return layers


def glorot(layer: nn.Module) -> None:
    """Keras's default initialisation."""
    if isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)


def endless_batches(images: torch.Tensor, batch: int):
    """Whole batches of the shuffled images, epoch after epoch."""
    while True:
        for rows in torch.randperm(len(images)).split(batch):
            if len(rows) == batch:
                yield images[rows]


if __name__ == "__main__":
    models = {
        "autoencoder": autoencoder,
        "char-rnn": char_rnn,
        "gan": gan,
        "dcgan": dcgan,
        "stylegan": stylegan,
    }
    options = arguments(list(models))
    torch.manual_seed(42)
    serve(torch.__version__, *models[options.model](options))
