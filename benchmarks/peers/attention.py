"""Recurrent nets with attention in PyTorch. Time is the first axis of every sequence.

B batch, S source length, T target length, E embedding, H hidden, A attention width, V vocabulary.
"""

import torch
from torch import nn
from torch.nn import functional as F

from exchange import named
from layers import mapped
from recurrent import Encoder

GATES = {"rnn": 1, "gru": 3, "lstm": 4}


class Cells(nn.Module):
    """A decoder's cells, step by step; the lowest reads a second vector beside the token's."""

    def __init__(self, kind, inputs, beside, hidden, layers):
        super().__init__()
        self.kind = kind
        width = GATES[kind] * hidden
        bias = kind == "gru"  # its reset gate lies between this bias and that of the input
        self.input = nn.ModuleList(
            nn.Linear(hidden if i else inputs, width) for i in range(layers)
        )
        self.state = nn.ModuleList(nn.Linear(hidden, width, bias=bias) for _ in range(layers))
        self.beside = nn.Linear(beside, width, bias=False) if beside else None

    def project(self, embedded):
        """The tokens' part of the lowest cell's gates, [..., E] to [..., gates * H]."""
        return self.input[0](embedded)

    def stepper(self):
        """A step: projected [B, gates * H], beside [B, *] or None, carry, to the next carry.

        A carry is a list of h and c, or h alone, for every layer.
        """
        joined = None
        if self.beside is not None and self.kind != "gru":
            joined = torch.cat((self.beside.weight, self.state[0].weight), 1).t()

        def parts(i, gates, beside, h):
            """Of cell i's gates, the input's part and the state's; all in the first if it may."""
            if i > 0 or beside is None:
                return gates, self.state[i](h)
            if joined is None:
                return gates + self.beside(beside), self.state[0](h)
            return torch.addmm(gates, torch.cat((beside, h), 1), joined), None

        def step(gates, beside, carry):
            following = []
            for i, before in enumerate(carry):
                if i > 0:
                    gates = self.input[i](following[-1][0])
                following.append(self.cell(*parts(i, gates, beside, before[0]), before))
            return following

        return step

    def cell(self, of_input, of_state, before):
        """From the two parts of its gates."""
        if self.kind == "gru":
            (h,) = before
            (r, z, n), (ur, uz, un) = of_input.chunk(3, 1), of_state.chunk(3, 1)
            n = torch.tanh(n + torch.sigmoid(r + ur) * un)
            return (torch.lerp(n, h, torch.sigmoid(z + uz)),)
        gates = of_input if of_state is None else of_input + of_state
        if self.kind == "rnn":
            return (torch.tanh(gates),)
        i, f, u, o = gates.chunk(4, 1)
        c = torch.addcmul(torch.sigmoid(f) * before[1], torch.sigmoid(i), torch.tanh(u))
        return torch.sigmoid(o) * torch.tanh(c), c

    def views(self):
        views = {}
        for i, (of_input, of_state) in enumerate(zip(self.input, self.state)):
            views |= named(of_input, f"{i}.input") | named(of_state, f"{i}.state")
        return views


class Bahdanau(nn.Module):
    """Additive attention over a bidirectional encoder (Bahdanau et al. 2014)."""

    time_first = True

    def __init__(self, settings, problem):
        super().__init__()
        hidden, embedding, layers = (settings[k] for k in ("hidden", "embedding", "layers"))
        attention = settings["attention"] or hidden // 2
        kind = settings["cell"]
        self.encoder = Encoder(kind, settings, problem, bidirectional=True)
        carries = layers * (2 if kind == "lstm" else 1)
        self.bridge = nn.ModuleList(nn.Linear(hidden, hidden) for _ in range(carries))
        self.key = nn.Linear(hidden, attention)
        self.query = nn.Linear(hidden, attention, bias=False)
        self.vector = nn.Parameter(torch.empty(attention).uniform_(-1, 1) / attention**0.5)
        self.embedding = nn.Embedding(problem["targetVocabulary"], embedding)
        self.cells = Cells(kind, embedding, hidden, hidden, layers)
        self.readout = nn.Linear(2 * hidden, hidden, bias=False)  # of h, context
        self.recall = nn.Linear(embedding, hidden)  # the readout's part of the token
        self.output = nn.Linear(hidden, problem["targetVocabulary"])

    def reader(self, source):
        """The first carry, and a function from a state [B, H] to its context [B, H]."""
        outputs, last = self.encoder(source)
        memory = outputs.transpose(0, 1).contiguous()  # [B, S, H]
        mask = torch.zeros(source.mask.shape, dtype=memory.dtype)
        mask = mask.masked_fill(~source.mask, -torch.inf).t()  # [B, S]

        # v tanh(x) is 2v sigmoid(2x) less a constant that softmax does not see, and PyTorch's
        # sigmoid takes a sixth of the time of its tanh.
        keys = F.linear(memory, 2 * self.key.weight, 2 * self.key.bias)  # [B, S, A]
        query, vector = 2 * self.query.weight.t(), 2 * self.vector

        def context(state):
            hidden = torch.sigmoid(keys + torch.mm(state, query).unsqueeze(1))  # [B, S, A]
            weights = torch.softmax(hidden @ vector + mask, 1)  # [B, S]
            return torch.bmm(weights.unsqueeze(1), memory).squeeze(1)

        return self.first(last), context

    def forward(self, source, target):
        carry, look = self.reader(source)
        step, states, contexts = self.cells.stepper(), [], []
        projected = mapped(self.embedding.weight, target, self.cells.project)
        for gates in projected.unbind(0):
            contexts.append(look(carry[-1][0]))
            carry = step(gates, contexts[-1], carry)
            states.append(carry[-1][0])
        recalled = mapped(self.embedding.weight, target, self.recall)
        return self.answer(torch.stack(states), torch.stack(contexts), recalled)  # [T, B, V]

    def answer(self, states, contexts, recalled):
        deep = self.readout(torch.cat((states, contexts), -1))
        return self.output(torch.tanh(deep + recalled))

    def first(self, last):
        """The first carry: a map of its own for each of the encoder's last values."""
        values = [value for layer in zip(*last) for value in layer]
        values = [torch.tanh(to(value)) for to, value in zip(self.bridge, values)]
        size = len(last)
        return [values[i : i + size] for i in range(0, len(values), size)]

    def views(self):
        of_state, of_context = self.readout.weight.t().chunk(2)
        return {
            **named(self.encoder, "encoder"),
            **named(self.bridge, "bridge"),
            **named(self.key, "attention.key"),
            **named(self.query, "attention.query"),
            "attention.vector": self.vector,
            **named(self.embedding, "decoder.embedding"),
            **named(self.cells, "decoder"),
            **named(self.cells.beside, "decoder.context"),
            "readout.state.weight": of_state,
            "readout.context.weight": of_context,
            **named(self.recall, "readout.embedding"),
            **named(self.output, "output"),
        }


class Luong(nn.Module):
    """Multiplicative attention behind the recurrence, global or local (Luong et al. 2015)."""

    time_first = True

    def __init__(self, settings, problem):
        super().__init__()
        self.settings = settings
        hidden, embedding = settings["hidden"], settings["embedding"]
        kind, score = settings["cell"], settings["score"]
        self.encoder = Encoder(kind, settings, problem, settings["bidirectional"])
        self.embedding = nn.Embedding(problem["targetVocabulary"], embedding)
        fed = hidden if settings["inputFeeding"] else 0
        self.cells = Cells(kind, embedding, fed, hidden, settings["layers"])
        attention = nn.Module()
        if score in ("general", "concat"):
            attention.key = nn.Linear(hidden, hidden, bias=score == "concat")
        if score == "concat":
            attention.query = nn.Linear(hidden, hidden, bias=False)
            attention.vector = nn.Parameter(torch.randn(hidden))
        if score == "location":
            longest = problem["maxSourceLength"]
            attention.location = nn.Parameter(torch.randn(hidden, longest))
        if settings["window"] == "local-p":
            attention.centre = nn.Module()
            attention.centre.inner = nn.Linear(hidden, hidden, bias=False)
            attention.centre.outer = nn.Linear(hidden, 1, bias=False)
        self.attention = attention
        self.attentional = nn.Linear(2 * hidden, hidden)  # of h, context
        self.output = nn.Linear(hidden, problem["targetVocabulary"])

    def reader(self, source):
        """The first carry and fed vector; from a state [B, H] at t to equation 5, [B, H]."""
        outputs, last = self.encoder(source)
        outputs, mask = outputs.transpose(0, 1).contiguous(), source.mask.t()  # [B, S, H], [B, S]
        score, window = self.scorer(outputs), self.windower(mask, outputs.dtype)

        def attentional(h, t):
            context = torch.bmm(window(score(h), h, t).unsqueeze(1), outputs).squeeze(1)
            return torch.tanh(self.attentional(torch.cat((h, context), 1)))

        carry = [list(layer) for layer in zip(*last)]
        fed = torch.zeros_like(carry[0][0]) if self.cells.beside is not None else None
        return carry, fed, attentional

    def forward(self, source, target):
        carry, fed, attentional = self.reader(source)
        step, made = self.cells.stepper(), []
        projected = mapped(self.embedding.weight, target, self.cells.project)
        for t, gates in enumerate(projected.unbind(0)):
            carry = step(gates, fed, carry)
            made.append(attentional(carry[-1][0], t))
            fed = made[-1] if fed is not None else None
        return self.output(torch.stack(made))  # [T, B, V]

    def scorer(self, outputs):
        """Equation 8, h [B, H] to scores [B, S]."""
        a, score = self.attention, self.settings["score"]
        if score == "location":
            return lambda h: h @ a.location[:, : outputs.shape[1]]
        keys = outputs if score == "dot" else a.key(outputs)  # [B, S, H]
        if score == "concat":
            return lambda h: torch.tanh(keys + a.query(h).unsqueeze(1)) @ a.vector
        return lambda h: torch.bmm(keys, h.unsqueeze(2)).squeeze(2)

    def windower(self, mask, dtype):
        """Scores [B, S] to weights [B, S]: sections 3.1 and 3.2, equations 9 and 10."""
        radius, kind = self.settings["radius"], self.settings["window"]
        positions = torch.arange(mask.shape[1], dtype=dtype)
        lengths = mask.sum(1, keepdim=True)

        def within(scores, centre):
            return masked_softmax(scores, mask & ((positions - centre).abs() <= radius))

        def predicted(scores, h, t):
            share = self.attention.centre.outer(torch.tanh(self.attention.centre.inner(h)))
            centre = lengths * torch.sigmoid(share)  # [B, 1]
            gaussian = torch.exp(-((positions - centre) ** 2) / (2 * (radius / 2) ** 2))
            return within(scores, centre) * gaussian

        unseen = torch.zeros(mask.shape, dtype=dtype).masked_fill(~mask, -torch.inf)
        return {
            "global": lambda scores, h, t: torch.softmax(scores + unseen, 1),
            "local-m": lambda scores, h, t: within(scores, t),
            "local-p": predicted,
        }[kind]

    def views(self):
        of_state, of_context = self.attentional.weight.t().chunk(2)
        fed = {} if self.cells.beside is None else named(self.cells.beside, "decoder.fed")
        return {
            **named(self.encoder, "encoder"),
            **named(self.attention, "attention"),
            **named(self.embedding, "decoder.embedding"),
            **named(self.cells, "decoder"),
            **fed,
            "attentional.state.weight": of_state,
            "attentional.state.bias": self.attentional.bias,
            "attentional.context.weight": of_context,
            **named(self.output, "output"),
        }


def masked_softmax(scores, mask):
    """Softmax where mask is set; zeros where it is nowhere set."""
    weights = torch.softmax(scores.masked_fill(~mask, -1e30), -1)
    return weights * mask
