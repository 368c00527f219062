"""Recurrent nets in PyTorch. Time is the first axis of every sequence, as its layers like it best.

B batch, S source length, T target length, E embedding, H hidden, V vocabulary.
"""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from exchange import named
from layers import SourceEmbedding

LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


class Encoder(nn.Module):
    """Layers that leave out padding; directions share the width half and half."""

    def __init__(self, cell, settings, problem, bidirectional):
        super().__init__()
        self.directions = 2 if bidirectional else 1
        self.embedding = SourceEmbedding(problem, settings["embedding"])
        self.layers = recurrent(
            cell,
            settings["embedding"],
            settings["hidden"] // self.directions,
            num_layers=settings["layers"],
            bidirectional=bidirectional,
        )

    def forward(self, source):
        """Outputs [S, B, H], zero for padding, and the carry, each [layers, B, H]."""
        if source.full:  # nothing to leave out, and GRU and RNN take half the time unpacked
            outputs, last = self.layers(self.embedding(source))
            return outputs, self.carry(last)
        lengths = source.lengths
        descending = bool((lengths[1:] <= lengths[:-1]).all())
        packed = pack_padded_sequence(
            self.embedding(source), lengths, enforce_sorted=descending
        )
        packed, last = self.layers(packed)
        outputs, _ = pad_packed_sequence(packed, total_length=len(source.tokens))
        return outputs, self.carry(last)

    def carry(self, last):
        """The directions of each last value side by side."""
        return [self.side_by_side(s) for s in (last if type(last) is tuple else (last,))]

    def side_by_side(self, last):
        """[layers * directions, B, H / directions] to [layers, B, H]."""
        if self.directions == 1:
            return last
        return torch.cat(last.unflatten(0, (-1, 2)).unbind(1), 2)

    def views(self):
        forward = recurrent_views(self.layers, "{}.forward")
        backward = recurrent_views(self.layers, "{}.backward", "_reverse")
        return {**named(self.embedding, "embedding"), **forward, **backward}


class Seq2Seq(nn.Module):
    """An encoder's last state is the decoder's first (Sutskever et al. 2014)."""

    time_first = True

    def __init__(self, cell, settings, problem):
        super().__init__()
        hidden, embedding = settings["hidden"], settings["embedding"]
        self.reverse = settings["reverseSource"]
        self.encoder = Encoder(cell, settings, problem, settings["bidirectional"])
        self.embedding = nn.Embedding(problem["targetVocabulary"], embedding)
        self.decoder = recurrent(cell, embedding, hidden, num_layers=settings["layers"])
        self.output = nn.Linear(hidden, problem["targetVocabulary"])

    def forward(self, source, target):
        _, last = self.encoder(reverse(source) if self.reverse else source)
        first = tuple(last) if len(last) == 2 else last[0]
        states, _ = self.decoder(self.embedding(target), first)  # [T, B, H]
        return self.output(states)  # [T, B, V]

    def views(self):
        return {
            **named(self.encoder, "encoder"),
            **named(self.embedding, "decoder.embedding"),
            **recurrent_views(self.decoder, "decoder.{}"),
            **named(self.output, "output"),
        }


def reverse(source):
    """Every sequence backwards, its padding still at the end."""
    rows = torch.arange(len(source.tokens)).unsqueeze(1)
    take = torch.where(rows < source.lengths, source.lengths - 1 - rows, rows)  # [S, B]
    features = source.features
    if features is not None:
        features = features.gather(0, take.unsqueeze(2).expand_as(features))
    return type(source)(source.tokens.gather(0, take), source.mask, source.lengths, features)


def recurrent(cell, inputs, hidden, **options):
    """PyTorch's layers, less the second bias of all but the GRU: it stays zero, untrained."""
    layers = LAYERS[cell](inputs, hidden, **options)
    for name, parameter in layers.named_parameters():
        if name.startswith("bias_hh") and cell != "gru":
            nn.init.zeros_(parameter).requires_grad_(False)
    return layers


def recurrent_views(layers, name, direction=""):
    views = {}
    for i in range(layers.num_layers):
        for part, side in (("input", "ih"), ("state", "hh")):
            weight = getattr(layers, f"weight_{side}_l{i}{direction}", None)
            if weight is not None:
                bias = getattr(layers, f"bias_{side}_l{i}{direction}")
                views[f"{name.format(i)}.{part}.weight"] = weight.t()
                views[f"{name.format(i)}.{part}.bias"] = bias if bias.requires_grad else None
    return views
