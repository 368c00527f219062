"""SNAIL in PyTorch (Mishra et al. 2017). B batch, L length, D width of what is read."""

import torch
from torch import nn
from torch.nn import functional as F

from exchange import named
from layers import StreamEmbedding, StreamModel, capacity

DENSE, VALUES = 4, (1, 4, 8)  # the paper's widths by 32: 128; 32, 128, 256


class Snail(StreamModel):
    """Attention, TC, attention, TC, attention (section 5.1), over source and target in a row."""

    def __init__(self, settings, problem):
        super().__init__()
        self.embedding = StreamEmbedding(problem, settings["embedding"], problem["asks"])
        blocks = arrangement(settings["parts"], problem["maxSourceLength"] + capacity(problem))
        widths = shares(settings["hidden"], [units for _, units, _ in blocks])
        width, self.blocks = settings["embedding"], {}
        for (name, _, dilation), own in zip(blocks, widths):
            block = DenseBlock(width, own, dilation) if dilation else AttentionBlock(width, own)
            self.blocks[name] = block
            self.add_module(name.replace(".", "-"), block)
            width += own
        self.output = nn.Linear(width, problem["targetVocabulary"])

    def stream(self, x):
        for name in self.blocks:
            block = self.get_submodule(name.replace(".", "-"))
            x = torch.cat((x, block(x)), 2)  # [B, L, D]
        return x

    def views(self):
        views = named(self.embedding, "embedding") | named(self.output, "output")
        for name in self.blocks:
            views |= named(self.get_submodule(name.replace(".", "-")), name)
        return views


def arrangement(parts, length):
    """Name, relative width and dilation, 0 for attention, of every block from the bottom up."""
    dilations = []
    while parts != "attention" and 2 ** len(dilations) < length:
        dilations.append(2 ** len(dilations))
    blocks = []
    for i, units in enumerate(VALUES):
        if parts != "tc":
            blocks.append((f"attention.{i}", units, 0))
        if i + 1 < len(VALUES):
            blocks += [(f"tc.{i}.{d}", DENSE, d) for d in dilations]
    return blocks


def shares(hidden, units):
    """Hidden in whole numbers in these proportions, the ends rounded down, at least 1 each."""
    ends = [0]
    for unit in units:
        ends.append(ends[-1] + unit)
    ends = [hidden * end // sum(units) for end in ends]
    return [max(1, end - start) for start, end in zip(ends, ends[1:])]


class DenseBlock(nn.Module):
    """Algorithm 1: a causal convolution of two taps, tanh times sigmoid."""

    def __init__(self, inputs, filters, dilation):
        super().__init__()
        self.dilation = dilation
        self.content = nn.Linear(2 * inputs, filters)  # of what was, then of what is
        self.gate = nn.Linear(2 * inputs, filters)

    def forward(self, x):
        past = F.pad(x, (0, 0, self.dilation, 0))[:, : x.shape[1]]
        both = torch.cat((past, x), 2)  # [B, L, 2 D]
        return torch.tanh(self.content(both)) * torch.sigmoid(self.gate(both))


class AttentionBlock(nn.Module):
    """Algorithm 2: a causal look-up by key; keys are twice as wide as values."""

    def __init__(self, inputs, values):
        super().__init__()
        self.query = nn.Linear(inputs, 2 * values)
        self.key = nn.Linear(inputs, 2 * values, bias=False)
        self.value = nn.Linear(inputs, values)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)
