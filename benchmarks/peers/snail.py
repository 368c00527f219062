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
        self.length = problem["maxSourceLength"] + capacity(problem)
        blocks = arrangement(settings["parts"], self.length)
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
        self.dilation, self.width = dilation, filters
        # Rows of what was, then of what is; columns of the content, then of the gate.
        self.weight = nn.Parameter(torch.randn(2 * inputs, 2 * filters) / inputs)
        self.bias = nn.Parameter(torch.zeros(2 * filters))

    def forward(self, x):
        """Maps first and shifts then: what is shifted is narrower than what is read."""
        past, now = self.weight.chunk(2)
        kept = max(0, x.shape[1] - self.dilation)
        was = F.pad(x[:, :kept] @ past, (0, 0, x.shape[1] - kept, 0))  # [B, L, 2 F]
        return self.gated(was + (x @ now + self.bias))

    def step(self, past, now):
        """Of one position's [1, D] and of what was; past is None where nothing was."""
        taps = self.weight.chunk(2)
        sums = torch.addmm(self.bias, now, taps[1])
        return self.gated(sums if past is None else torch.addmm(sums, past, taps[0]))

    def gated(self, sums):
        content, gate = sums.chunk(2, -1)
        return torch.tanh(content) * torch.sigmoid(gate)

    def views(self):
        parts = zip(("content", "gate"), self.weight.chunk(2, 1), self.bias.chunk(2))
        return {f"{n}.{k}": v for n, w, b in parts for k, v in (("weight", w), ("bias", b))}


class AttentionBlock(nn.Module):
    """Algorithm 2: a causal look-up by key; keys are twice as wide as values."""

    def __init__(self, inputs, values):
        super().__init__()
        self.width = values
        self.query = nn.Linear(inputs, 2 * values)
        self.key = nn.Linear(inputs, 2 * values, bias=False)
        self.value = nn.Linear(inputs, values)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)

    def cache(self, length):
        """Room for the keys and values of so many positions."""
        return torch.empty(length, 2 * self.width), torch.empty(length, self.width)

    def look(self, x, cache, t):
        """Position t, x [1, D], joins the cache and looks at it."""
        keys, values = cache
        keys[t], values[t] = self.key(x)[0], self.value(x)[0]
        q, k, v = self.query(x), keys[: t + 1], values[: t + 1]
        return F.scaled_dot_product_attention(*(y.unsqueeze(0) for y in (q, k, v)))[0]
