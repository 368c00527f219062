"""Transformers in PyTorch: encoder–decoder, decoder alone, encoder alone.

B batch, S source length, T target length, L length, E width, D heads times a head's width,
V vocabulary.
"""

import torch
from torch import nn
from torch.nn import functional as F

from exchange import named
from layers import SourceEmbedding, StreamEmbedding, StreamModel, capacity


def head_width(settings):
    return settings["headWidth"] or settings["width"] // settings["heads"]


def wave_angles(length, width):
    """Vaswani et al. 2017, section 3.5: position / 10000^(2i / width), [length, width / 2]."""
    waves = torch.arange(0, width, 2, dtype=torch.float64) / width
    return torch.arange(length, dtype=torch.float64).unsqueeze(1) / 10_000**waves


def sinusoids(length, width):
    angles = wave_angles(length, width)
    both = torch.stack((angles.sin(), angles.cos()), 2).flatten(1)
    return both[:, :width]


def rotate(x, at):
    """RoPE (Su et al. 2021) of x [B, heads, L, W] at positions [L]; its halves are the pairs."""
    angles = wave_angles(int(at.max()) + 1, x.shape[-1])[at]  # [L, W / 2]
    cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)


def alibi(queries, keys, heads):
    """Press et al. 2022, what is added to scores: [heads, T, S]."""
    slopes = 2 ** (-8 * torch.arange(1, heads + 1, dtype=torch.float64) / heads)
    distance = (queries.unsqueeze(1) - keys.unsqueeze(0)).abs()
    return -slopes.view(-1, 1, 1) * distance


class MultiHeadAttention(nn.Module):
    """Section 3.2.2, without biases."""

    def __init__(self, settings, positions="none"):
        super().__init__()
        width, self.heads, self.positions = settings["width"], settings["heads"], positions
        inner = self.heads * head_width(settings)
        self.all = nn.Linear(width, 3 * inner, bias=False)  # queries, keys, values: one product
        self.out = nn.Linear(inner, width, bias=False)

    def split(self, projected, count):
        """[B, L, count * D] to count times [B, heads, L, W]."""
        return projected.unflatten(2, (count, self.heads, -1)).transpose(1, 3).unbind(2)

    def itself(self, x):
        """Queries, keys and values of x [B, L, E]."""
        return self.split(self.all(x), 3)

    def query(self, x):
        return self.split(F.linear(x, self.all.weight[: self.out.in_features]), 1)[0]

    def memory(self, x):
        """Keys and values."""
        return self.split(F.linear(x, self.all.weight[self.out.in_features :]), 2)

    def joined(self, found):
        """Heads [B, heads, L, W] side by side and mapped, [B, L, E]."""
        return self.out(found.transpose(1, 2).flatten(2))

    def forward(self, x, at, memory=None, mask=None, causal=False):
        """x [B, T, E] looks at memory [B, S, E], or at itself, where mask [B, S] is set."""
        q, k, v = self.itself(x) if memory is None else (self.query(x), *self.memory(memory))
        if self.positions == "rotary":
            q, k = rotate(q, at), rotate(k, at)
        seen = None if mask is None else mask[:, None, None, :]
        if self.positions == "alibi":
            bias = alibi(at, at, self.heads).to(x.dtype)
            if causal:
                bias = bias.masked_fill(torch.ones(bias.shape[1:]).triu(1).bool(), -torch.inf)
            seen = bias if seen is None else bias.masked_fill(~seen, -torch.inf)
        causal = causal and self.positions != "alibi"
        found = F.scaled_dot_product_attention(q, k, v, seen, is_causal=causal)
        return self.joined(found)

    def views(self):
        names = zip(("query", "key", "value"), self.all.weight.t().chunk(3, 1))
        views = {f"{name}.weight": view for name, view in names} | named(self.out, "out")
        return views | named(self.norm, "norm")


class FeedForward(nn.Module):
    """Section 3.3."""

    def __init__(self, settings):
        super().__init__()
        width = settings["width"]
        hidden = settings["feedForward"] or 4 * width
        self.into = nn.Linear(width, hidden)
        self.out = nn.Linear(hidden, width)
        self.activation = settings["activation"]

    def forward(self, x):
        hidden = self.into(x)
        relu = self.activation == "relu"
        return self.out(F.relu(hidden) if relu else F.gelu(hidden, approximate="tanh"))

    def views(self):
        return named(self.into, "in") | named(self.out, "out") | named(self.norm, "norm")


class Layer(nn.Module):
    """Figure 1: self-attention, perhaps attention to a memory, a feed-forward net."""

    def __init__(self, settings, cross):
        super().__init__()
        norm = lambda: nn.LayerNorm(settings["width"], eps=1e-5)
        self.pre = settings["norm"] == "pre"
        self.self = MultiHeadAttention(settings, settings["positions"])
        self.self.norm = norm()
        if cross:
            self.cross = MultiHeadAttention(settings)
            self.cross.norm = norm()
        self.feedForward = FeedForward(settings)
        self.feedForward.norm = norm()

    def around(self, net, x, **how):
        """A residual connection, with the norm before the sub-layer or behind the sum."""
        return x + net(net.norm(x), **how) if self.pre else net.norm(x + net(x, **how))

    def forward(self, x, at, mask=None, causal=False, memory=None, memory_mask=None):
        x = self.around(self.self, x, at=at, mask=mask, causal=causal)
        if memory is not None:
            x = self.around(self.cross, x, at=at, memory=memory, mask=memory_mask)
        return self.around(self.feedForward, x)


class Stack(nn.Module):
    """Layers over embeddings, with positions below and, for pre-norm, a last norm on top."""

    def __init__(self, settings, length, cross=False):
        super().__init__()
        width, self.kind = settings["width"], settings["positions"]
        if self.kind == "learned":
            self.positions = nn.Embedding(length, width)
        if self.kind == "sinusoidal":
            self.register_buffer("waves", sinusoids(length, width), persistent=False)
        for i in range(settings["layers"]):
            self.add_module(str(i), Layer(settings, cross))
        self.layers = settings["layers"]
        self.norm = nn.LayerNorm(width, eps=1e-5) if settings["norm"] == "pre" else None

    def forward(self, x, at, **seen):
        """x [B, L, E] at positions at [L]."""
        x = self.placed(x, at)
        for i in range(self.layers):
            x = self.get_submodule(str(i))(x, at, **seen)
        return x if self.norm is None else self.norm(x)

    def placed(self, x, at):
        """With what is added for positions at [L]."""
        if self.kind == "learned":
            return x + self.positions(at)
        return x + self.waves.to(x.dtype)[at] if self.kind == "sinusoidal" else x


class Transformer(nn.Module):
    """Encoder and decoder (Vaswani et al. 2017)."""

    time_first = False

    def __init__(self, settings, problem):
        super().__init__()
        width = settings["width"]
        self.encoder = Stack(settings, problem["maxSourceLength"])
        self.encoder.embedding = SourceEmbedding(problem, width)
        self.decoder = Stack(settings, capacity(problem), cross=True)
        if not problem["shared"]:
            self.decoder.embedding = nn.Embedding(problem["targetVocabulary"], width)
        self.shared = problem["shared"]
        self.output = nn.Linear(width, problem["targetVocabulary"])

    def forward(self, source, target):
        x = self.encoder.embedding(source)
        memory = self.encoder(x, torch.arange(x.shape[1]), mask=source.mask)  # [B, S, E]
        table = self.encoder.embedding.tokens if self.shared else self.decoder.embedding
        at = torch.arange(target.shape[1])
        seen = dict(causal=True, memory=memory, memory_mask=source.mask)
        return self.output(self.decoder(table(target), at, **seen))


class TransformerDecoder(StreamModel):
    """The decoder alone, over source and target in one sequence (Radford et al. 2018, 2019)."""

    def __init__(self, settings, problem):
        super().__init__()
        self.embedding = StreamEmbedding(problem, settings["width"], problem["asks"])
        length = problem["maxSourceLength"] + capacity(problem)
        self.decoder = Stack(settings, length)
        self.output = nn.Linear(settings["width"], problem["targetVocabulary"])

    def stream(self, x):
        return self.decoder(x, torch.arange(x.shape[1]), causal=True)  # [B, L, E]


class TransformerEncoder(nn.Module):
    """The encoder alone: a source and a mask token for every possible target token (Devlin 2019).

    Segments are told apart by vectors, and both count their positions from 0. Without a target it
    labels the source.
    """

    time_first = False

    def __init__(self, settings, problem):
        super().__init__()
        width, self.slots = settings["width"], capacity(problem)
        self.embedding = SourceEmbedding(problem, width)
        self.segments = nn.Embedding(2, width)
        if not problem["asks"]:
            self.mask = nn.Parameter(torch.randn(width))
        self.encoder = Stack(settings, max(problem["maxSourceLength"], self.slots))
        self.output = nn.Linear(width, problem["targetVocabulary"])

    def forward(self, source, target=None):
        batch, length = source.tokens.shape
        read = self.embedding(source) + self.segments.weight[0]
        if target is None:
            return self.output(self.encoder(read, torch.arange(length), mask=source.mask))
        slots = (self.mask + self.segments.weight[1]).expand(batch, self.slots, -1)
        at = torch.cat((torch.arange(length), torch.arange(self.slots)))
        mask = F.pad(source.mask, (0, self.slots), value=True)
        x = self.encoder(torch.cat((read, slots), 1), at, mask=mask)  # [B, S + slots, E]
        return self.output(x[:, length : length + target.shape[1]])
