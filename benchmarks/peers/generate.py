"""Greedy generation of one stream in PyTorch, a token at a time, with everything cached.

Every model has a function that prepares what depends on weights alone. That gives a function that
reads a source [1, S]; and that one a function from the last token to the logits of the next, [V].
"""

import torch
from torch.nn import functional as F

from attention import Bahdanau, Luong
from conv import ConvSeq2Seq, scaled
from exchange import BOS, EOS
from mamba import Mamba
from memory import KeyValueMemory, MemoryNetwork
from recurrent import Seq2Seq
from snail import DenseBlock, Snail
from transformer import Transformer, TransformerDecoder, TransformerEncoder


def greedy(read, source, longest, likelihood=False):
    """The tokens before the end token, and in nats how likely they and it are if that is asked."""
    step, tokens, log_probability = read(source), [BOS], 0.0
    while len(tokens) <= longest:
        logits = step(tokens[-1])
        token = EOS + int(logits[EOS:].argmax())
        if likelihood:
            log_probability += torch.log_softmax(logits.double(), 0)[token].item()
        if token == EOS:
            break
        tokens.append(token)
    return tokens[1:], log_probability


def seq2seq(model):
    cell, layers = type(model.decoder).__name__, range(model.decoder.num_layers)
    step = {"LSTM": torch.lstm_cell, "GRU": torch.gru_cell, "RNN": torch.rnn_tanh_cell}[cell]
    sides = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    weights = [[getattr(model.decoder, f"{side}_l{i}") for side in sides] for i in layers]
    table = model.embedding.weight

    def begin(source):
        _, last = model.encoder(source.time_first())
        carry = [list(values) for values in zip(*last)]  # by layer, each [1, H]

        def following(token):
            x = table[token : token + 1]
            for i in layers:
                if cell == "LSTM":
                    carry[i] = step(x, carry[i], *weights[i])
                else:
                    carry[i] = (step(x, carry[i][0], *weights[i]),)
                x = carry[i][0]
            return model.output(x)[0]

        return following

    return begin


def bahdanau(model):
    step, table = model.cells.stepper(), model.embedding.weight
    projected, recalled = model.cells.project(table), model.recall(table)

    def begin(source):
        carry, look = model.reader(source.time_first())

        def following(token):
            nonlocal carry
            row, context = slice(token, token + 1), look(carry[-1][0])
            carry = step(projected[row], context, carry)
            return model.answer(carry[-1][0], context, recalled[row])[0]

        return following

    return begin


def luong(model):
    step, table = model.cells.stepper(), model.embedding.weight

    def begin(source):
        carry, fed, attentional = model.reader(source.time_first())
        t = 0

        def following(token):
            nonlocal carry, fed, t
            carry = step(model.cells.project(table[token : token + 1]), fed, carry)
            made, t = attentional(carry[-1][0], t), t + 1
            fed = made if fed is not None else None
            return model.output(made)[0]

        return following

    return begin


class Cache:
    """Keys and values of a layer, and how many positions there are."""

    def __init__(self, net, capacity):
        heads, width = net.heads, net.out.in_features // net.heads
        self.keys = torch.empty(1, heads, capacity, width)
        self.values = torch.empty(1, heads, capacity, width)
        self.length = 0

    def attend(self, net, x):
        """x [1, L, E] joins; attention of all of it to all there is, causal within x."""
        q, k, v = net.itself(x)
        start, self.length = self.length, self.length + x.shape[1]
        self.keys[:, :, start : self.length] = k
        self.values[:, :, start : self.length] = v
        k, v = self.keys[:, :, : self.length], self.values[:, :, : self.length]
        causal = x.shape[1] > 1  # then it is the first that is read
        return net.joined(F.scaled_dot_product_attention(q, k, v, is_causal=causal))


def layers_of(stack):
    """Its layers, if they can be run step by step with a cache as it is here."""
    if stack.kind != "sinusoidal" or stack.norm is None:
        raise ValueError(f"positions: only sinusoidal with pre-norm generate, found {stack.kind}")
    return [stack.get_submodule(str(i)) for i in range(stack.layers)]


def placements(stack):
    """What is added for each position, [1, L, E]."""
    return stack.waves.float().unsqueeze(0)


def transformer(model):
    layers, table = layers_of(model.decoder), model.decoder.embedding.weight
    at = placements(model.decoder)

    def begin(source):
        read = model.encoder.embedding(source)
        memory = model.encoder(read, torch.arange(read.shape[1]))
        told = [layer.cross.memory(memory) for layer in layers]
        caches = [Cache(layer.self, at.shape[1]) for layer in layers]

        def following(token):
            t = caches[0].length
            x = table[token] + at[:, t : t + 1]  # [1, 1, E]
            for layer, cache, (k, v) in zip(layers, caches, told):
                x = x + cache.attend(layer.self, layer.self.norm(x))
                q = layer.cross.query(layer.cross.norm(x))
                x = x + layer.cross.joined(F.scaled_dot_product_attention(q, k, v))
                x = layer.around(layer.feedForward, x)
            return model.output(model.decoder.norm(x))[0, 0]

        return following

    return begin


def decoder(model):
    layers, table = layers_of(model.decoder), model.embedding.target.weight
    at = placements(model.decoder)

    def begin(source):
        caches = [Cache(layer.self, at.shape[1]) for layer in layers]

        def extend(x):
            t = caches[0].length
            x = x + at[:, t : t + x.shape[1]]
            for layer, cache in zip(layers, caches):
                x = x + cache.attend(layer.self, layer.self.norm(x))
                x = layer.around(layer.feedForward, x)
            return x

        extend(model.embedding.source(source))
        following = lambda token: extend(table[token].view(1, 1, -1))
        return lambda token: model.output(model.decoder.norm(following(token)))[0, 0]

    return begin


def encoder(model):
    def begin(source):
        logits = iter(model(source, torch.empty(1, model.slots))[0])  # [T, V]: all there will be
        return lambda token: next(logits)

    return begin


def mamba(model):
    table = model.embedding.target.weight

    def begin(source):
        carries = [(None, None)] * len(model.blocks)

        def extend(x):
            for i, block in enumerate(model.blocks):
                y, *carries[i] = block.extend(x, *carries[i])
                x = x + y
            return x

        extend(model.embedding.source(source))
        return lambda token: model.output(model.norm(extend(table[token].view(1, 1, -1))))[0, 0]

    return begin


def snail(model):
    table, length = model.embedding.target.weight, model.length
    blocks = [model.get_submodule(name.replace(".", "-")) for name in model.blocks]
    ends = [model.embedding.target.embedding_dim]
    for block in blocks:
        ends.append(ends[-1] + block.width)

    def begin(source):
        stream = torch.zeros(length, ends[-1])  # what is read and, beside it, what blocks made
        caches = [
            None if isinstance(block, DenseBlock) else block.cache(length) for block in blocks
        ]
        x, t = model.embedding.source(source), source.tokens.shape[1]
        for block, cache in zip(blocks, caches):
            if cache is not None:
                cache[0][:t], cache[1][:t] = block.key(x[0]), block.value(x[0])
            x = torch.cat((x, block(x)), 2)
        stream[:t] = x[0]

        def following(token):
            nonlocal t
            row = stream[t : t + 1]
            row[:, : ends[0]] = table[token]
            for block, cache, start, end in zip(blocks, caches, ends, ends[1:]):
                x = row[:, :start]
                if cache is not None:
                    row[:, start:end] = block.look(x, cache, t)
                else:
                    at = t - block.dilation
                    past = stream[at : at + 1, :start] if at >= 0 else None
                    row[:, start:end] = block.step(past, x)
            t += 1
            return model.output(row)[0]

        return following

    return begin


def convolution(model):
    net = model.decoder
    layers, table, at = list(net.layers), net.embedding.weight, net.positions.weight
    hidden, kernel = net.out.in_features, layers[0].kernel

    def begin(source):
        keys, values = model.encoder(source)
        pasts, t = [torch.zeros(1, 1, (kernel - 1) * hidden) for _ in layers], 0

        def following(token):
            nonlocal t
            embedded, t = (table[token] + at[t]).view(1, 1, -1), t + 1
            x = net.into(embedded)
            for i, layer in enumerate(layers):
                vectors = torch.cat((pasts[i], x), 2)
                pasts[i] = vectors[..., hidden:]
                made = net.attended(layer, layer.of(vectors), embedded, keys, values, source.mask)
                x = scaled(made, x)
            return model.output(net.out(x))[0, 0]

        return following

    return begin


def memory(model):
    hops, window = model.hops(), model.window
    keyed = isinstance(model, KeyValueMemory)
    matrices = list(dict.fromkeys(matrix for hop in hops for matrix in hop))
    asking, at = model.words.target.weight, model.positions.weight

    def begin(source):
        told = source.tokens.shape[1]
        nothing = source.tokens[:, :0]
        room = {m: torch.empty(1, told + len(at), at.shape[1]) for m in matrices}
        for matrix, rows in room.items():
            rows[:, :told] = model.memories(matrix, source, nothing, None, source.lengths)
        question, t = model.question(source, None, source.lengths), 0
        recent = asking[0].expand(len(window) + 1, -1)  # the last tokens, the latest first

        def following(token):
            nonlocal t, recent
            recent = torch.cat((asking[token : token + 1], recent[:-1]))
            u = ((recent[:-1] * window).sum(0) + question + at[t]).unsqueeze(0)  # [1, 1, E]
            used = told + t
            for i, (key, value) in enumerate(hops):
                keys, values = room[key][:, :used], room[value][:, :used]
                found = F.scaled_dot_product_attention(u, keys, values, scale=1.0)
                u = model.update(i, u, found)
            for matrix, rows in room.items():
                if keyed and matrix is model.key:
                    written = (recent[1:] * window).sum(0)
                else:
                    written = matrix.words.target.weight[token]
                if matrix.written is not None:
                    written = written + matrix.written.weight[t]
                rows[:, used] = written
            t += 1
            return model.answer(u)[0, 0]

        return following

    return begin


PREPARE = {
    Seq2Seq: seq2seq, Bahdanau: bahdanau, Luong: luong, Transformer: transformer,
    TransformerDecoder: decoder, TransformerEncoder: encoder, Mamba: mamba, Snail: snail,
    ConvSeq2Seq: convolution, MemoryNetwork: memory, KeyValueMemory: memory,
}


def reader(model):
    """What reads sources for greedy(), with the weights as they are now."""
    return PREPARE[type(model)](model)
