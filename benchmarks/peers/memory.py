"""Memory networks in PyTorch (Sukhbaatar et al. 2015; Miller et al. 2016).

B batch, S source length, T target length, M source memories, E width, V vocabulary.
"""

import torch
from torch import nn
from torch.nn import functional as F

from exchange import PAD, Source, named
from layers import StreamEmbedding, capacity, mapped


def later(x, columns):
    """x [B, L, ...] some columns later, behind padding."""
    first = torch.full_like(x[:, :columns], PAD)
    return torch.cat((first, x[:, : x.shape[1] - first.shape[1]]), 1)


def sentences(source, end):
    """The spans of each row's sentences; the end id belongs to the sentence that it ends."""
    rows = []
    for ids, length in zip(source.tokens.tolist(), source.lengths.tolist()):
        ends = [i + 1 for i in range(length) if ids[i] == end or i + 1 == length]
        rows.append(list(zip([0] + ends, ends)))
    return rows


def summed(embedded, spans, encoding):
    """Sentences [B, M, E] of words [B, S, E]; section 4.1."""
    width = embedded.shape[2]
    k = torch.arange(1, width + 1, dtype=embedded.dtype) / width
    most = max(map(len, spans))
    rows = []
    for words, row in zip(embedded, spans):
        vectors = [torch.zeros_like(words[0])] * (most - len(row))
        for start, end in reversed(row):
            size = end - start
            j = torch.arange(1, size + 1, dtype=embedded.dtype).unsqueeze(1) / size
            weights = (1 - j) - k * (1 - 2 * j) if encoding == "position" else 1
            vectors.insert(0, (words[start:end] * weights).sum(0))
        rows.append(torch.stack(vectors))
    return torch.stack(rows)


def read(u, keys, values, seen):
    """What queries u [B, T, E] find in memories [B, M, E] where seen [B, T, M] is set."""
    return F.scaled_dot_product_attention(u, keys, values, seen, scale=1.0)


class Matrix(nn.Module):
    """One of A and C: vectors of words, and temporal vectors of memories."""

    def __init__(self, settings, problem):
        super().__init__()
        width, temporal = settings["width"], settings["temporal"]
        longest = problem["maxSourceLength"]
        self.words = StreamEmbedding(problem, width)
        table = lambda exists, rows: nn.Embedding(rows, width) if exists else None
        self.start = table(temporal in ("start", "both"), longest)
        self.end = table(temporal in ("end", "both"), longest)
        self.written = table(temporal != "none", capacity(problem))

    def timed(self, memories, counts):
        """Source memories [B, M, E] of which counts [B] are used, numbered from both ends."""
        numbers = torch.arange(memories.shape[1])
        if self.start is not None:
            memories = memories + self.start(numbers)
        if self.end is not None:
            memories = memories + self.end((counts.unsqueeze(1) - 1 - numbers).clamp(min=0))
        return memories

    def views(self):
        views = named(self.words)
        for name in ("start", "end", "written"):
            if getattr(self, name) is not None:
                views |= named(getattr(self, name), name)
        return views


class MemoryModel(nn.Module):
    """Queries, one per target token, that read source and written tokens in hops."""

    time_first = False

    def __init__(self, settings, problem):
        super().__init__()
        self.settings, self.ends = settings, problem["sentenceEnd"]
        width = settings["width"]
        self.positions = nn.Embedding(capacity(problem), width)
        self.window = nn.Parameter(torch.randn(settings["context"], width))

    def forward(self, source, target):
        spans = sentences(source, self.ends) if self.ends else None
        counts = torch.tensor([len(row) for row in spans]) if spans else source.lengths
        hops = self.hops()
        memories = {
            matrix: self.memories(matrix, source, target, spans, counts)
            for matrix in dict.fromkeys(matrix for hop in hops for matrix in hop)
        }
        slots = max(map(len, spans)) if spans else source.tokens.shape[1]
        told = counts - (1 if spans else 0)  # the last sentence is the question
        used = torch.arange(slots) < told.unsqueeze(1)  # [B, M]
        before = torch.ones(target.shape[1], target.shape[1]).tril(-1).bool()  # [T, T]
        extents = (len(used), len(before), -1)
        seen = torch.cat((used.unsqueeze(1).expand(*extents), before.expand(*extents)), 2)

        question = self.question(source, spans, counts)
        u = self.windowed(self.words.target, target, 0) + question.unsqueeze(1)
        u = u + self.positions.weight[: target.shape[1]]  # [B, T, E]
        for i, (key, value) in enumerate(hops):
            u = self.update(i, u, read(u, memories[key], memories[value], seen))
        return self.answer(u)

    def question(self, source, spans, counts):
        """The last sentence, or the last token, [B, E]."""
        rows = torch.arange(len(counts))
        if spans:
            return self.said(self.words.source(source), spans)[rows, counts - 1]
        last = [part if part is None else part[rows, counts - 1] for part in (
            source.tokens, source.mask, source.features
        )]
        return self.words.source(Source(last[0], last[1], source.lengths, last[2]))

    def said(self, embedded, spans):
        return summed(embedded, spans, self.settings["encoding"]) if spans else embedded

    def windowed(self, embedding, ids, first):
        """Vectors of the tokens first, first + 1, ... places back, weighed and summed."""
        return sum(
            mapped(embedding.weight, later(ids, first + i), weight.mul)
            for i, weight in enumerate(self.window)
        )

    def memories(self, matrix, source, target, spans, counts):
        """Those of the source and then those of the target, [B, M + T, E]."""
        told = matrix.timed(self.said(matrix.words.source(source), spans), counts)
        return self.with_target(matrix, told, matrix.words.target(target))

    def with_target(self, matrix, told, written):
        if matrix.written is not None:
            written = written + matrix.written.weight[: written.shape[1]]
        return torch.cat((told, written), 1)


class MemoryNetwork(MemoryModel):
    """End-to-end memory networks, section 2."""

    def __init__(self, settings, problem):
        super().__init__(settings, problem)
        width, self.adjacent = settings["width"], settings["tying"] == "adjacent"
        count = settings["hops"] + 1 if self.adjacent else 2
        self.matrices = nn.ModuleList(Matrix(settings, problem) for _ in range(count))
        if not self.adjacent:
            self.query = StreamEmbedding(problem, width)
            self.hop = nn.Linear(width, width, bias=False)
            self.output = nn.Linear(width, problem["targetVocabulary"], bias=False)

    @property
    def words(self):
        return self.matrices[0].words if self.adjacent else self.query

    def hops(self):
        if self.adjacent:
            return list(zip(self.matrices, self.matrices[1:]))
        return [tuple(self.matrices)] * self.settings["hops"]

    def update(self, hop, u, found):
        return u + found if self.adjacent else self.hop(u) + found

    def answer(self, u):
        if self.adjacent:
            return F.linear(u, self.matrices[-1].words.target.weight)
        return self.output(u)

    def views(self):
        views = {"query.window": self.window, **named(self.positions, "query.positions")}
        names = range(len(self.matrices)) if self.adjacent else ("in", "out")
        for name, matrix in zip(names, self.matrices):
            views |= named(matrix, f"memory.{name}")
        if not self.adjacent:
            views |= named(self.query, "query") | named(self.hop, "hop")
            views |= named(self.output, "output")
        return views


class KeyValueMemory(MemoryModel):
    """Key–value memory networks, section 3.1: what precedes a token finds that token."""

    def __init__(self, settings, problem):
        super().__init__(settings, problem)
        width = settings["width"]
        self.key = Matrix(settings, problem)
        self.value = Matrix(settings, problem)
        self.hop = nn.ModuleList(
            nn.Linear(width, width, bias=False) for _ in range(settings["hops"])
        )

    @property
    def words(self):
        return self.key.words

    def hops(self):
        return [(self.key, self.value)] * self.settings["hops"]

    def memories(self, matrix, source, target, spans, counts):
        if matrix is self.value:
            return super().memories(matrix, source, target, spans, counts)
        if spans:
            told = self.said(matrix.words.source(source), spans)
        else:
            told = self.preceding(matrix.words.source, source)
        written = self.windowed(matrix.words.target, target, 1)
        return self.with_target(matrix, matrix.timed(told, counts), written)

    def preceding(self, words, source):
        """What comes before each source token, [B, S, E]."""
        sums = self.windowed(words.tokens, source.tokens, 1)
        if source.features is None:
            return sums
        return sums + sum(
            words.features(later(source.features, i + 1)) * weight
            for i, weight in enumerate(self.window)
        )

    def update(self, hop, u, found):
        return self.hop[hop](u + found)

    def answer(self, u):
        return F.linear(u, self.value.words.target.weight)

    def views(self):
        return {
            "window": self.window,
            **named(self.positions, "query.positions"),
            **named(self.key, "key"),
            **named(self.value, "value"),
            **named(self.hop, "hop"),
        }
