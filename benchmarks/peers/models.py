"""Seqmark's models, in PyTorch, by their names."""

from functools import partial

from attention import Bahdanau, Luong
from conv import ConvSeq2Seq
from mamba import Mamba
from memory import KeyValueMemory, MemoryNetwork
from recurrent import Seq2Seq
from snail import Snail
from transformer import Transformer, TransformerDecoder, TransformerEncoder

MODELS = {
    "rnn-seq2seq": partial(Seq2Seq, "rnn"),
    "gru-seq2seq": partial(Seq2Seq, "gru"),
    "lstm-seq2seq": partial(Seq2Seq, "lstm"),
    "bahdanau": Bahdanau,
    "luong": Luong,
    "transformer": Transformer,
    "transformer-decoder": TransformerDecoder,
    "transformer-encoder": TransformerEncoder,
    "mamba": Mamba,
    "snail": Snail,
    "conv-seq2seq": ConvSeq2Seq,
    "memory-network": MemoryNetwork,
    "key-value-memory": KeyValueMemory,
}


def build(model, settings, problem):
    """The model of this name; settings and problem as Seqmark writes them into model.json."""
    return MODELS[model](settings, problem)
