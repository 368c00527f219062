"""Convolutional sequence to sequence in PyTorch (Gehring et al. 2017).

B batch, S source length, T target length, E embedding, H hidden, K kernel, V vocabulary.
"""

import torch
from torch import nn
from torch.nn import functional as F

from exchange import named
from layers import SourceEmbedding, capacity


def scaled(a, b):
    """Section 3.4: a sum of two that keeps their variance."""
    return (a + b) * 0.5**0.5


def net_views(net):
    """Of an encoder or decoder: its parts by name, its layers by number."""
    views = named(net.embedding, "embedding") | named(net.positions, "positions")
    return views | named(net.into, "in") | named(net.layers) | named(net.out, "out")


class GatedConvolution(nn.Module):
    """A gated linear unit of x [B, L, H], around each position or, if causal, up to it."""

    def __init__(self, width, kernel, causal):
        super().__init__()
        self.kernel = kernel
        self.padding = (kernel - 1, 0) if causal else (kernel // 2, kernel // 2)
        # Content, then gate, of K vectors, the earliest first.
        self.taps = nn.Linear(kernel * width, 2 * width)

    def forward(self, x):
        x = F.pad(x, (0, 0, *self.padding))
        length = x.shape[1] - self.kernel + 1
        return self.of(torch.cat([x[:, i : i + length] for i in range(self.kernel)], 2))

    def of(self, vectors):
        """Of K vectors side by side [B, L, K H]."""
        return F.glu(self.taps(vectors), 2)

    def views(self):
        views = named(self.taps)
        for name in ("query", "context"):
            if hasattr(self, name):
                views |= named(getattr(self, name), name)
        return views


class Encoder(nn.Module):
    """Sections 3.1 and 3.2."""

    def __init__(self, settings, problem):
        super().__init__()
        width, hidden = settings["embedding"], settings["hidden"]
        self.embedding = SourceEmbedding(problem, width)
        self.positions = nn.Embedding(problem["maxSourceLength"], width)
        self.into = nn.Linear(width, hidden)
        convolution = lambda: GatedConvolution(hidden, settings["kernel"], False)
        self.layers = nn.ModuleList(convolution() for _ in range(settings["layers"]))
        self.out = nn.Linear(hidden, width)

    def forward(self, source):
        """Keys and values, each [B, S, E]. Padding stays zero: no convolution must read it."""
        mask = source.mask.unsqueeze(2)
        embedded = self.embedding(source) + self.positions.weight[: mask.shape[1]]
        x = self.into(embedded) * mask
        for layer in self.layers:
            x = scaled(layer(x), x) * mask  # [B, S, H]
        keys = self.out(x)
        # Section 3.4: a mean over m values has one m-th of their variance.
        root = source.lengths.to(keys.dtype).sqrt().view(-1, 1, 1)
        return keys, scaled(keys, embedded) * root

    def views(self):
        return net_views(self)


class Decoder(nn.Module):
    """Sections 3.2 and 3.3."""

    def __init__(self, settings, problem):
        super().__init__()
        width, hidden = settings["embedding"], settings["hidden"]
        self.embedding = nn.Embedding(problem["targetVocabulary"], width)
        self.positions = nn.Embedding(capacity(problem), width)
        self.into = nn.Linear(width, hidden)
        self.layers = nn.ModuleList()
        for _ in range(settings["layers"]):
            layer = GatedConvolution(hidden, settings["kernel"], True)
            layer.query = nn.Linear(hidden, width)
            layer.context = nn.Linear(width, hidden)
            self.layers.append(layer)
        self.out = nn.Linear(hidden, width)

    def forward(self, target, keys, values, mask):
        embedded = self.embedding(target) + self.positions.weight[: target.shape[1]]
        x = self.into(embedded)  # [B, T, H]
        for layer in self.layers:
            x = scaled(self.attended(layer, layer(x), embedded, keys, values, mask), x)
        return self.out(x)

    def attended(self, layer, made, embedded, keys, values, mask):
        asked = scaled(layer.query(made), embedded)  # equation 1
        seen = mask.unsqueeze(1)
        found = F.scaled_dot_product_attention(asked, keys, values, seen, scale=1.0)  # equation 2
        return scaled(layer.context(found), made)

    def views(self):
        return net_views(self)


class ConvSeq2Seq(nn.Module):
    """The whole of it."""

    time_first = False

    def __init__(self, settings, problem):
        super().__init__()
        self.encoder = Encoder(settings, problem)
        self.decoder = Decoder(settings, problem)
        self.output = nn.Linear(settings["embedding"], problem["targetVocabulary"])

    def forward(self, source, target):
        keys, values = self.encoder(source)
        return self.output(self.decoder(target, keys, values, source.mask))
