"""Convolutional sequence to sequence in PyTorch (Gehring et al. 2017).

B batch, S source length, T target length, E embedding, H hidden, K kernel, V vocabulary.
"""

import torch
from torch import nn
from torch.nn import functional as F

from layers import SourceEmbedding, capacity


def scaled(a, b):
    """Section 3.4: a sum of two that keeps their variance."""
    return (a + b) * 0.5**0.5


class GatedConvolution(nn.Module):
    """A gated linear unit of x [B, L, H], around each position or, if causal, up to it."""

    def __init__(self, width, kernel, causal):
        super().__init__()
        self.kernel = kernel
        self.padding = (kernel - 1, 0) if causal else (kernel // 2, kernel // 2)
        self.content = nn.Linear(kernel * width, width)  # of K vectors, the earliest first
        self.gate = nn.Linear(kernel * width, width)

    def forward(self, x):
        weight = torch.cat((self.content.weight, self.gate.weight))  # [2 H, K H]
        weight = weight.unflatten(1, (self.kernel, -1)).transpose(1, 2)  # [2 H, H, K]
        bias = torch.cat((self.content.bias, self.gate.bias))
        made = F.conv1d(F.pad(x.transpose(1, 2), self.padding), weight, bias)
        return F.glu(made, 1).transpose(1, 2)


class Encoder(nn.Module):
    """Sections 3.1 and 3.2."""

    def __init__(self, settings, problem):
        super().__init__()
        width, hidden, self.layers = (settings[k] for k in ("embedding", "hidden", "layers"))
        self.embedding = SourceEmbedding(problem, width)
        self.positions = nn.Embedding(problem["maxSourceLength"], width)
        self.add_module("in", nn.Linear(width, hidden))
        for i in range(self.layers):
            self.add_module(str(i), GatedConvolution(hidden, settings["kernel"], False))
        self.out = nn.Linear(hidden, width)

    def forward(self, source):
        """Keys and values, each [B, S, E]. Padding stays zero: no convolution must read it."""
        mask = source.mask.unsqueeze(2)
        embedded = self.embedding(source) + self.positions.weight[: mask.shape[1]]
        x = self.get_submodule("in")(embedded) * mask
        for i in range(self.layers):
            x = scaled(self.get_submodule(str(i))(x), x) * mask  # [B, S, H]
        keys = self.out(x)
        # Section 3.4: a mean over m values has one m-th of their variance.
        root = source.lengths.to(keys.dtype).sqrt().view(-1, 1, 1)
        return keys, scaled(keys, embedded) * root


class Decoder(nn.Module):
    """Sections 3.2 and 3.3."""

    def __init__(self, settings, problem):
        super().__init__()
        width, hidden, self.layers = (settings[k] for k in ("embedding", "hidden", "layers"))
        self.embedding = nn.Embedding(problem["targetVocabulary"], width)
        self.positions = nn.Embedding(capacity(problem), width)
        self.add_module("in", nn.Linear(width, hidden))
        for i in range(self.layers):
            layer = GatedConvolution(hidden, settings["kernel"], True)
            layer.query = nn.Linear(hidden, width)
            layer.context = nn.Linear(width, hidden)
            self.add_module(str(i), layer)
        self.out = nn.Linear(hidden, width)

    def forward(self, target, keys, values, mask):
        embedded = self.embedding(target) + self.positions.weight[: target.shape[1]]
        x = self.get_submodule("in")(embedded)  # [B, T, H]
        for i in range(self.layers):
            layer = self.get_submodule(str(i))
            made = layer(x)
            asked = scaled(layer.query(made), embedded)  # equation 1
            found = F.scaled_dot_product_attention(
                asked, keys, values, mask.unsqueeze(1), scale=1.0
            )  # equation 2
            x = scaled(scaled(layer.context(found), made), x)
        return self.out(x)


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
