"""What models of several families are made of."""

import torch
from torch import nn
from torch.nn import functional as F

from exchange import named


def mapped(table, ids, map):
    """What a map makes of a table's rows ids [...]; of all rows first if ids are twice as many."""
    if ids.numel() < 2 * len(table):
        return map(F.embedding(ids, table))
    return F.embedding(ids, map(table))


class SourceEmbedding(nn.Module):
    """Vectors of source tokens, plus a linear map of their features where there are any."""

    def __init__(self, problem, width):
        super().__init__()
        self.tokens = nn.Embedding(problem["sourceVocabulary"], width)
        features = problem["features"]
        self.features = nn.Linear(features, width, bias=False) if features else None

    def forward(self, source):
        embedded = self.tokens(source.tokens)
        return embedded if self.features is None else embedded + self.features(source.features)

    def views(self):
        features = {} if self.features is None else named(self.features, "features")
        return {**named(self.tokens), **features}


class StreamEmbedding(nn.Module):
    """Vectors of both sides; where their symbols are the same they share the tokens' table.

    A model that labels its source reads no target, and then has no table for it.
    """

    def __init__(self, problem, width, labels=False):
        super().__init__()
        self.source = SourceEmbedding(problem, width)
        own = not (labels or problem["shared"])
        self.own = nn.Embedding(problem["targetVocabulary"], width) if own else None

    @property
    def target(self):
        return self.source.tokens if self.own is None else self.own

    def views(self):
        return {**named(self.source), **({} if self.own is None else named(self.own, "target"))}


class StreamModel(nn.Module):
    """A causal model that reads every target right behind its source, as one sequence per row.

    Padding is at the end of rows, where nothing sees it. (Seqmark has it in front of the source.)
    Without a target the model labels the source: logits [B, S, V] at its own positions.
    """

    time_first = False

    def forward(self, source, target=None):
        read = self.embedding.source(source)  # [B, S, D]
        if target is None:
            return self.output(self.stream(read))  # [B, S, V]
        both = torch.cat((read, self.embedding.target(target)), 1)  # [B, S + T, D]
        if source.full:
            return self.output(self.behind(both, read.shape[1]))
        start = source.lengths.unsqueeze(1)  # [B, 1]: where targets begin
        column = torch.arange(both.shape[1])
        behind = (column - start + read.shape[1]).clamp(max=len(column) - 1)
        x = self.stream(rows_of(both, torch.where(column < start, column, behind)))
        return self.output(rows_of(x, start + torch.arange(target.shape[1])))  # [B, T, V]

    def behind(self, x, start):
        """What the stream x [B, L, E] has from position start on."""
        return self.stream(x)[:, start:]


def rows_of(x, index):
    """The rows [B, N, D] of x [B, L, D] that index [B, N] names."""
    return x.gather(1, index.unsqueeze(2).expand(-1, -1, x.shape[2]))


def capacity(problem):
    """The most inputs of the target side: the longest target behind a start token."""
    return problem["maxTargetLength"] + 1
