"""A StyleGAN for 28 x 28 grey images: mapping network, synthesis network and discriminator in PyTorch."""

import torch
from torch import nn
from torch.nn import functional as F

# Width of z, of w and of the mapping network.
STYLE = 64
MAPPING_DEPTH = 4
FILTERS = [128, 64, 32]
BASE = 7
LEAK = 0.2
MIXING = 0.9
AVERAGE_DECAY = 0.995


class Mapping(nn.Module):
    def __init__(self):
        super().__init__()
        layers = []
        for _ in range(MAPPING_DEPTH):
            layers += [nn.Linear(STYLE, STYLE), nn.LeakyReLU(LEAK)]
        self.layers = nn.Sequential(*layers)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        return self.layers(z * torch.rsqrt(z.square().mean(1, keepdim=True) + 1e-8))


class Styled(nn.Module):
    """What follows each convolution: noise, bias, leaky ReLU, and the style by adaptive instance normalisation."""

    def __init__(self, channels: int):
        super().__init__()
        self.noise_scale = nn.Parameter(torch.zeros(channels, 1, 1))
        self.bias = nn.Parameter(torch.zeros(channels, 1, 1))
        self.style = nn.Linear(STYLE, 2 * channels)

    def forward(self, x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
        noise = torch.randn(len(x), 1, *x.shape[2:], device=x.device)
        x = F.leaky_relu(x + noise * self.noise_scale + self.bias, LEAK)
        scale, shift = self.style(w)[:, :, None, None].chunk(2, dim=1)
        return F.instance_norm(x, eps=1e-8) * (1 + scale) + shift


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.mapping = Mapping()
        self.constant = nn.Parameter(torch.randn(FILTERS[0], BASE, BASE))
        # Two styled layers a resolution; the first of all starts from the constant, without a convolution.
        channels = [each for each in FILTERS for _ in range(2)]
        self.convolutions = nn.ModuleList(
            nn.Conv2d(inputs, outputs, 3, padding="same", bias=False)
            for inputs, outputs in zip(channels, channels[1:])
        )
        self.styled = nn.ModuleList(Styled(each) for each in channels)
        self.to_image = nn.Conv2d(FILTERS[-1], 1, 1)
        self.register_buffer("average_w", torch.zeros(STYLE))

    def forward(self, z: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        """Images [batch, 1, 28, 28], -1 to 1, of codings [batch, 64]; `second` takes over where styles are mixed."""
        styles = self.mixed(self.mapping(z), self.mapping(second))
        x = self.styled[0](self.constant.expand(len(z), -1, -1, -1), styles[0])
        for layer, convolution in enumerate(self.convolutions, start=1):
            if layer % 2 == 0:
                x = F.interpolate(x, scale_factor=2)
            x = self.styled[layer](convolution(x), styles[layer])
        return torch.tanh(self.to_image(x))

    def mixed(self, w: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        """Each layer's w [layers, batch, 64]; 9 of 10 rows take the second one from a random layer on."""
        with torch.no_grad():
            self.average_w.lerp_(w.mean(0), 1 - AVERAGE_DECAY)
        layers, rows = len(self.styled), len(w)
        crossover = torch.randint(1, layers, (rows,), device=w.device)
        crossover[torch.rand(rows, device=w.device) >= MIXING] = layers
        takes_second = torch.arange(layers, device=w.device)[:, None] >= crossover
        return torch.where(takes_second[:, :, None], second, w)


class Discriminator(nn.Sequential):
    """Logits [batch, 1]."""

    def __init__(self):
        super().__init__(
            *(nn.Conv2d(1, 64, 5, stride=2, padding=2), nn.LeakyReLU(LEAK)),
            *(nn.Conv2d(64, 128, 5, stride=2, padding=2), nn.LeakyReLU(LEAK)),
            *(nn.Flatten(), nn.Linear(128 * 7 * 7, 1)),
        )
