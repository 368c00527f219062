"""Seqmark's models as PyTorch runs them fastest. Time is the first axis of every sequence.

B batch, S source length, T target length, E embedding, H hidden, A attention width, V vocabulary.
"""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

PAD = 0


def build(model, vocabulary, embedding, hidden):
    """The model of this name, as Seqmark knows it."""
    return {"lstm-seq2seq": Seq2Seq, "bahdanau": Bahdanau}[model](vocabulary, embedding, hidden)


class Seq2Seq(nn.Module):
    """An encoder's last state is the decoder's first (Sutskever et al. 2014)."""

    def __init__(self, vocabulary, embedding, hidden):
        super().__init__()
        self.source = nn.Embedding(vocabulary, embedding)
        self.target = nn.Embedding(vocabulary, embedding)
        self.encoder = lstm(embedding, hidden)
        self.decoder = lstm(embedding, hidden)
        self.output = nn.Linear(hidden, vocabulary)

    def forward(self, source, lengths, target):
        packed = pack_padded_sequence(self.source(source), lengths)
        _, last = self.encoder(packed)
        states, _ = self.decoder(self.target(target), last)  # [T, B, H]
        return self.output(states)  # [T, B, V]

    def parameters_of_seqmark(self):
        """Every parameter under Seqmark's name and in its layout, as a view."""
        return {
            "encoder.embedding": self.source.weight,
            **named_lstm("encoder.0.forward", self.encoder),
            "decoder.embedding": self.target.weight,
            **named_lstm("decoder.0", self.decoder),
            **named_linear("output", self.output),
        }


class Bahdanau(nn.Module):
    """Additive attention over a bidirectional encoder (Bahdanau et al. 2014)."""

    def __init__(self, vocabulary, embedding, hidden):
        super().__init__()
        attention = hidden // 2
        self.source = nn.Embedding(vocabulary, embedding)
        self.target = nn.Embedding(vocabulary, embedding)
        self.encoder = lstm(embedding, hidden // 2, bidirectional=True)
        self.bridge = nn.ModuleList(nn.Linear(hidden, hidden) for _ in "hc")
        self.key = nn.Linear(hidden, attention)
        self.query = nn.Linear(hidden, attention, bias=False)
        self.vector = nn.Parameter(torch.empty(attention).uniform_(-1, 1) / attention**0.5)
        self.gates = nn.Linear(embedding + 2 * hidden, 4 * hidden)  # of embedding, context, h
        self.readout = nn.Linear(2 * hidden + embedding, hidden)  # of h, context, embedding
        self.output = nn.Linear(hidden, vocabulary)

    def forward(self, source, lengths, target):
        packed = pack_padded_sequence(self.source(source), lengths)
        packed, last = self.encoder(packed)
        memory, _ = pad_packed_sequence(packed, batch_first=True, total_length=len(source))
        memory = memory.contiguous()  # [B, S, H]
        h, c = (torch.tanh(to(torch.cat((*s,), 1))) for to, s in zip(self.bridge, last))  # [B, H]
        mask = torch.where(source == PAD, -torch.inf, 0.0).t()  # [B, S]

        # v tanh(x) is 2v sigmoid(2x) less a constant that softmax does not see, and PyTorch's
        # sigmoid takes a sixth of the time of its tanh.
        keys = F.linear(memory, 2 * self.key.weight, 2 * self.key.bias)  # [B, S, A]
        query, vector = 2 * self.query.weight.t(), 2 * self.vector
        embedded = self.target(target)  # [T, B, E]
        of_token, of_state = self.gates.weight.tensor_split((embedded.shape[2],), 1)
        projected = F.linear(embedded, of_token, self.gates.bias)  # [T, B, 4H]

        states, contexts = [], []
        for gates in projected.unbind(0):
            hidden = torch.sigmoid(keys + torch.mm(h, query).unsqueeze(1))  # [B, S, A]
            weights = torch.softmax(hidden @ vector + mask, 1)  # [B, S]
            context = torch.bmm(weights.unsqueeze(1), memory).squeeze(1)  # [B, H]
            gates = torch.addmm(gates, torch.cat((context, h), 1), of_state.t())  # [B, 4H]
            i, f, u, o = gates.chunk(4, 1)
            c = torch.addcmul(torch.sigmoid(f) * c, torch.sigmoid(i), torch.tanh(u))
            h = torch.sigmoid(o) * torch.tanh(c)
            states.append(h)
            contexts.append(context)
        deep = torch.cat((torch.stack(states), torch.stack(contexts), embedded), 2)
        return self.output(torch.tanh(self.readout(deep)))  # [T, B, V]

    def parameters_of_seqmark(self):
        """Every parameter under Seqmark's name and in its layout, as a view."""
        hidden, embedding = self.key.in_features, self.target.embedding_dim
        token, context, state = self.gates.weight.t().split((embedding, hidden, hidden))
        deep = self.readout.weight.t().split((hidden, hidden, embedding))
        return {
            "encoder.embedding": self.source.weight,
            **named_lstm("encoder.0.forward", self.encoder),
            **named_lstm("encoder.0.backward", self.encoder, "_reverse"),
            **named_linear("bridge.0", self.bridge[0]),
            **named_linear("bridge.1", self.bridge[1]),
            **named_linear("attention.key", self.key),
            **named_linear("attention.query", self.query),
            "attention.vector": self.vector,
            "decoder.embedding": self.target.weight,
            "decoder.0.input.weight": token,
            "decoder.0.input.bias": self.gates.bias,
            "decoder.context.weight": context,
            "decoder.0.state.weight": state,
            "readout.state.weight": deep[0],
            "readout.context.weight": deep[1],
            "readout.embedding.weight": deep[2],
            "readout.embedding.bias": self.readout.bias,
            **named_linear("output", self.output),
        }


def lstm(inputs, hidden, **options):
    """An LSTM with one bias: the second that PyTorch adds stays zero and is not trained."""
    layer = nn.LSTM(inputs, hidden, **options)
    for name, parameter in layer.named_parameters():
        if name.startswith("bias_hh"):
            nn.init.zeros_(parameter).requires_grad_(False)
    return layer


def named_lstm(name, layer, direction=""):
    return {
        f"{name}.input.weight": getattr(layer, "weight_ih_l0" + direction).t(),
        f"{name}.input.bias": getattr(layer, "bias_ih_l0" + direction),
        f"{name}.state.weight": getattr(layer, "weight_hh_l0" + direction).t(),
    }


def named_linear(name, layer):
    bias = {} if layer.bias is None else {f"{name}.bias": layer.bias}
    return {f"{name}.weight": layer.weight.t(), **bias}
