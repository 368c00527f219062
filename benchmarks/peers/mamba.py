"""Mamba in PyTorch (Gu and Dao 2023).

B batch, L length, D width outside of a block, E inside, N states, K taps, R rank of delta.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

from exchange import named
from layers import StreamEmbedding, StreamModel


class Mamba(StreamModel):
    """Blocks over source and target in one sequence."""

    def __init__(self, settings, problem):
        super().__init__()
        width = settings["dModel"]
        self.embedding = StreamEmbedding(problem, width, problem["asks"])
        self.blocks = nn.ModuleList(Block(settings) for _ in range(settings["layers"]))
        self.norm = nn.RMSNorm(width, eps=1e-5)
        self.output = nn.Linear(width, problem["targetVocabulary"], bias=False)

    def stream(self, x):
        for block in self.blocks:
            x = x + block(x)  # [B, L, D]
        return self.norm(x)

    def views(self):
        views = named(self.embedding, "embedding")
        for i, block in enumerate(self.blocks):
            views |= named(block, f"block{i}")
        return views | named(self.norm, "norm") | named(self.output, "output")


class Block(nn.Module):
    """Section 3.4: projection, convolution, SiLU and scan, times a gate, and back."""

    def __init__(self, settings):
        super().__init__()
        width, self.gated = settings["dModel"], settings["gated"]
        inner, taps = settings["expand"] * width, settings["dConv"]
        self.norm = nn.RMSNorm(width, eps=1e-5)
        self.into = nn.Linear(width, 2 * inner if self.gated else inner, bias=False)
        self.convolution = nn.Conv1d(inner, inner, taps, groups=inner)
        self.scan = Scan(settings, width, inner)
        self.out = nn.Linear(inner, width, bias=False)

    def forward(self, x):
        return self.extend(x, None, None)[0]

    def extend(self, x, past, h):
        """Behind the last K - 1 inputs of the convolution [B, K - 1, E] and state h [B, E, N].

        None for the beginning. Gives the outputs [B, L, D] and both for what follows.
        """
        branches = self.into(self.norm(x)).chunk(2 if self.gated else 1, 2)
        taps = self.convolution.kernel_size[0] - 1
        window = F.pad(branches[0], (0, 0, taps, 0)) if past is None else torch.cat(
            (past, branches[0]), 1
        )
        y, h = self.scan(F.silu(self.convolved(window)), h)  # [B, L, E]
        y = self.out(y * F.silu(branches[1]) if self.gated else y)
        return y, window[:, window.shape[1] - taps :], h

    def convolved(self, window):
        if window.shape[1] > self.convolution.kernel_size[0]:
            return self.convolution(window.transpose(1, 2)).transpose(1, 2)
        weight = self.convolution.weight.squeeze(1).t()  # of a single position
        return ((window * weight).sum(1) + self.convolution.bias).unsqueeze(1)

    def views(self):
        return {
            **named(self.norm, "norm"),
            **named(self.into, "in"),
            "convolution.weight": self.convolution.weight.squeeze(1).t(),  # [K, E]
            "convolution.bias": self.convolution.bias,
            **named(self.scan, "scan"),
            **named(self.out, "out"),
        }


class Scan(nn.Module):
    """Section 3.2: h' = A h + B u, y = C h + skip u, with delta, B and C chosen by the input.

    Without that, a linear time-invariant system as in S4D. Seqmark's layout of states is [N, E].
    """

    def __init__(self, settings, width, inner):
        super().__init__()
        self.states, self.rank = settings["dState"], math.ceil(width / 16)
        self.zoh = settings["discretisation"] == "zoh"
        self.log_decay = nn.Parameter(torch.randn(inner, self.states))
        self.skip = nn.Parameter(torch.ones(inner))
        self.selective = settings["selective"]
        if self.selective:
            self.input = nn.Linear(inner, self.rank + 2 * self.states, bias=False)
            self.delta = nn.Linear(self.rank, inner)
        else:
            self.delta_bias = nn.Parameter(torch.randn(inner))
            self.b = nn.Parameter(torch.ones(inner, self.states))
            self.c = nn.Parameter(torch.randn(inner, self.states))

    def forward(self, u, h=None):
        """u [B, L, E] from state h [B, E, N], or from zeros, to y [B, L, E] and the last state.

        Time is the first axis inside, so that every step reads and writes one piece of memory.
        """
        u = u.transpose(0, 1).contiguous()  # [L, B, E]
        a = -torch.exp(self.log_decay)  # [E, N]
        if self.selective:
            narrow, b, c = self.input(u).split((self.rank, self.states, self.states), 2)
            delta = F.softplus(self.delta(narrow)).unsqueeze(3)  # [L, B, E, 1]
            b, c = b.unsqueeze(2), c.unsqueeze(3)  # [L, B, 1, N], [L, B, N, 1]
        else:
            delta, b, c = F.softplus(self.delta_bias).unsqueeze(1), self.b, self.c
            delta = delta.expand(*u.shape, 1)
        decay = torch.exp(delta * a)  # [L, B, E, N]
        if self.zoh:
            driven = torch.expm1(delta * a) / a * b * u.unsqueeze(3)  # equation 4
        else:
            driven = (delta * u.unsqueeze(3)) * b  # its first order
        states = []
        for keep, add in zip(decay.unbind(0), driven.unbind(0)):
            h = add if h is None else torch.addcmul(add, keep, h)
            states.append(h)
        if self.selective:
            y = torch.stack([torch.bmm(h, at) for h, at in zip(states, c.unbind(0))]).squeeze(3)
        else:
            y = (torch.stack(states) * c).sum(3)
        return (y + self.skip * u).transpose(0, 1), h

    def views(self):
        common = {"a": self.log_decay.t(), "skip": self.skip}
        if self.selective:
            return common | named(self.input, "input") | named(self.delta, "delta")
        return common | {"delta.bias": self.delta_bias, "b": self.b.t(), "c": self.c.t()}
