"""SNAIL in PyTorch (Mishra et al. 2017). B batch, L length, D width of what is read."""

from itertools import groupby

import torch
from torch import nn
from torch.nn import functional as F

from exchange import named
from layers import StreamEmbedding, StreamModel, capacity

DENSE, VALUES = 4, (1, 4, 8)  # the paper's widths by 32: 128; 32, 128, 256
TOGETHER = 3  # dense blocks that share a product; of 1 or 6 a step takes longer


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
        return self.behind(x, 0)

    def behind(self, x, start):
        """What the stream has from start on. The last block, attention, asks only there."""
        *groups, last = self.groups()
        for group in groups:
            x = torch.cat((x, *together(group, x)), 2)  # [B, L, D]
        return torch.cat((x[:, start:], *together(last, x, start)), 2)

    def groups(self):
        """The blocks from the bottom up, those in one list that are computed together."""
        groups = []
        for _, names in groupby(self.blocks, lambda name: name.split(".")[:2]):
            blocks = [self.get_submodule(name.replace(".", "-")) for name in names]
            groups += [blocks[i : i + TOGETHER] for i in range(0, len(blocks), TOGETHER)]
        return groups

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

    def forward(self, x, start=0):
        """Maps first and shifts then: what is shifted is narrower than what is read."""
        return self.gather(x @ torch.cat(self.weight.chunk(2), 1))[:, start:]

    def gather(self, mapped):
        """From what the taps made of every position, [B, L, 4 F]."""
        was, now = mapped.chunk(2, 2)
        kept = max(0, mapped.shape[1] - self.dilation)
        was = F.pad(was[:, :kept], (0, 0, mapped.shape[1] - kept, 0))  # [B, L, 2 F]
        return self.gated(was + (now + self.bias))

    def step(self, past, now):
        """Of one position's [1, D] and of what was; past is None where nothing was."""
        taps = self.weight.chunk(2)
        sums = torch.addmm(self.bias, now, taps[1])
        return self.gated(sums if past is None else torch.addmm(sums, past, taps[0]))

    def gated(self, sums):
        content, gate = sums.chunk(2, -1)
        return torch.tanh(content) * torch.sigmoid(gate)


def together(blocks, x, start=0):
    """What blocks on top of each other make of x, from start on.

    One product maps what lies below them all.
    """
    if len(blocks) == 1:
        return [blocks[0](x, start)]
    below, within = [], []
    for block in blocks:
        taps = [tap.split((x.shape[2], len(tap) - x.shape[2])) for tap in block.weight.chunk(2)]
        below += [tap for tap, _ in taps]
        within.append([tap for _, tap in taps])
    mapped = (x @ torch.cat(below, 1)).split([4 * block.width for block in blocks], 2)
    made = []
    for block, sums, taps in zip(blocks, mapped, within):
        if made:
            sums = sums + torch.cat(made, 2) @ torch.cat(taps, 1)
        made.append(block.gather(sums))
    return [y[:, start:] for y in made]


class AttentionBlock(nn.Module):
    """Algorithm 2: a causal look-up by key; keys are twice as wide as values."""

    def __init__(self, inputs, values):
        super().__init__()
        self.width = values
        self.query = nn.Linear(inputs, 2 * values)
        self.key = nn.Linear(inputs, 2 * values, bias=False)
        self.value = nn.Linear(inputs, values)

    def forward(self, x, start=0):
        """What the positions from start on find among all, [B, L - start, V]."""
        q, k, v = self.query(x[:, start:]), self.key(x), self.value(x)
        if not start:
            return F.scaled_dot_product_attention(q, k, v, is_causal=True)
        seen = torch.ones(q.shape[1], k.shape[1], dtype=torch.bool).tril(start)
        return F.scaled_dot_product_attention(q, k, v, attn_mask=seen)

    def cache(self, length):
        """Room for the keys and values of so many positions."""
        return torch.empty(length, 2 * self.width), torch.empty(length, self.width)

    def look(self, x, cache, t):
        """Position t, x [1, D], joins the cache and looks at it."""
        keys, values = cache
        keys[t], values[t] = self.key(x)[0], self.value(x)[0]
        q, k, v = self.query(x), keys[: t + 1], values[: t + 1]
        return F.scaled_dot_product_attention(*(y.unsqueeze(0) for y in (q, k, v)))[0]
