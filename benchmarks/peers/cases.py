"""The models and settings that are compared: small, ragged, and with every option that matters."""

import torch

from exchange import BOS, EOS, PAD

RECURRENT = dict(hidden=6, embedding=5, layers=1, dropout=0.0)
SEQ2SEQ = RECURRENT | dict(bidirectional=False, reverseSource=False)
BAHDANAU = RECURRENT | dict(attention=0, cell="lstm")
LUONG = RECURRENT | dict(
    bidirectional=False, cell="lstm", score="general", window="global", radius=2, inputFeeding=True
)
TRANSFORMER = dict(
    width=8, heads=2, headWidth=0, feedForward=6, layers=2, positions="sinusoidal", norm="pre",
    activation="relu", dropout=0.0,
)
MAMBA = dict(
    dModel=6, layers=2, expand=2, dState=3, dConv=4, selective=True, gated=True,
    discretisation="euler", dropout=0.0,
)
SNAIL = dict(hidden=30, embedding=4, parts="both", dropout=0.0)
CONV = dict(hidden=6, embedding=5, layers=2, kernel=3, dropout=0.0)
KEY_VALUE = dict(width=6, hops=2, encoding="position", temporal="both", context=3, dropout=0.0)
MEMORY = KEY_VALUE | dict(tying="adjacent", hops=3)

# Model, what is different, what the task is: separate or shared symbols, features, sentences, or
# labels of source positions instead of a target.
CASES = [
    *((f"{cell}-seq2seq", SEQ2SEQ, {}, "separate") for cell in ("rnn", "gru", "lstm")),
    *(
        (f"{cell}-seq2seq", SEQ2SEQ, dict(layers=2, bidirectional=True, reverseSource=True), task)
        for cell, task in (("rnn", "separate"), ("gru", "separate"), ("lstm", "features"))
    ),
    ("bahdanau", BAHDANAU, {}, "separate"),
    ("bahdanau", BAHDANAU, dict(cell="gru", layers=2, attention=5), "separate"),
    ("bahdanau", BAHDANAU, dict(cell="rnn"), "features"),
    ("luong", LUONG, {}, "separate"),
    ("luong", LUONG, dict(score="dot", inputFeeding=False), "separate"),
    ("luong", LUONG, dict(score="concat", cell="gru", layers=2, bidirectional=True), "separate"),
    ("luong", LUONG, dict(score="location", cell="rnn"), "separate"),
    ("luong", LUONG, dict(window="local-m", layers=2), "separate"),
    ("luong", LUONG, dict(window="local-p", score="dot"), "separate"),
    ("luong", LUONG, dict(window="local-p", score="concat", cell="gru"), "features"),
    ("transformer", TRANSFORMER, {}, "separate"),
    ("transformer", TRANSFORMER, dict(positions="learned", norm="post"), "shared"),
    ("transformer", TRANSFORMER, dict(positions="rotary", activation="gelu"), "separate"),
    ("transformer", TRANSFORMER, dict(positions="alibi", headWidth=3), "separate"),
    ("transformer", TRANSFORMER, dict(positions="none", feedForward=0), "features"),
    ("transformer-decoder", TRANSFORMER, dict(positions="learned", activation="gelu"), "separate"),
    ("transformer-decoder", TRANSFORMER, dict(norm="post"), "shared"),
    ("transformer-decoder", TRANSFORMER, dict(positions="rotary"), "separate"),
    ("transformer-decoder", TRANSFORMER, dict(positions="alibi", headWidth=3), "separate"),
    ("transformer-decoder", TRANSFORMER, dict(positions="none"), "features"),
    ("transformer-decoder", TRANSFORMER, dict(positions="alibi"), "labels"),
    ("transformer-encoder", TRANSFORMER, dict(positions="learned", activation="gelu"), "separate"),
    ("transformer-encoder", TRANSFORMER, dict(norm="post"), "features"),
    ("transformer-encoder", TRANSFORMER, dict(positions="rotary"), "separate"),
    ("transformer-encoder", TRANSFORMER, dict(positions="learned"), "labels"),
    ("mamba", MAMBA, {}, "separate"),
    ("mamba", MAMBA, dict(discretisation="zoh", dModel=18, layers=1, dConv=2), "shared"),
    ("mamba", MAMBA, dict(selective=False), "separate"),
    ("mamba", MAMBA, dict(selective=False, discretisation="zoh", gated=False), "separate"),
    ("mamba", MAMBA, dict(gated=False, expand=1), "features"),
    ("mamba", MAMBA, {}, "labels"),
    ("snail", SNAIL, {}, "separate"),
    ("snail", SNAIL, dict(parts="tc"), "shared"),
    ("snail", SNAIL, dict(parts="attention"), "features"),
    ("snail", SNAIL, {}, "labels"),
    ("conv-seq2seq", CONV, {}, "separate"),
    ("conv-seq2seq", CONV, dict(kernel=5, layers=3, hidden=4), "features"),
    ("memory-network", MEMORY, {}, "separate"),
    ("memory-network", MEMORY, dict(tying="layer-wise", temporal="end"), "shared"),
    ("memory-network", MEMORY, dict(temporal="start", context=1), "features"),
    ("memory-network", MEMORY, dict(temporal="none", hops=1), "separate"),
    ("memory-network", MEMORY, {}, "sentences"),
    ("memory-network", MEMORY, dict(tying="layer-wise", encoding="bag"), "sentences"),
    ("key-value-memory", KEY_VALUE, {}, "separate"),
    ("key-value-memory", KEY_VALUE, dict(temporal="none", context=1, hops=1), "shared"),
    ("key-value-memory", KEY_VALUE, dict(temporal="end"), "features"),
    ("key-value-memory", KEY_VALUE, dict(temporal="start"), "sentences"),
]


def label(different, task):
    """What tells a case from the others of its model."""
    words = [f"{key}={value}" for key, value in different.items()]
    return " ".join([*words, *([] if task == "separate" else [task])]) or "plain"


def problem(task):
    """The extents of a task, longer than any batch of it."""
    return dict(
        sourceVocabulary=9,
        targetVocabulary=9 if task == "shared" else 7,
        maxSourceLength=12,
        maxTargetLength=8,
        shared=task == "shared",
        features=2 if task == "features" else 0,
        sentenceEnd=4 if task == "sentences" else 0,
        asks=task == "labels",
    )


def batch(extents):
    """Three random sequences each, as Seqmark names them; the longest source has no long target."""
    lengths = torch.tensor([5, 11, 2]), torch.tensor([6, 3, 0])
    ids = lambda rows, most: torch.randint(EOS + 1, most, (3, rows))
    source, target = ids(11, extents["sourceVocabulary"]), ids(7, extents["targetVocabulary"])
    end = extents["sentenceEnd"]
    if end:
        source[source == end] = end + 1
        source[1, 1] = source[1, 4] = source[0, 4] = end
    read = torch.arange(11) < lengths[0].unsqueeze(1)
    column, last = torch.arange(7), lengths[1].unsqueeze(1)
    target = target.masked_fill(column >= last, PAD)
    tensors = {
        "source": source * read,
        "source.mask": read,
        "target.in": torch.cat((torch.full((3, 1), BOS), target[:, :-1]), 1),
        "target.out": target.masked_fill(column == last, EOS),
        "target.mask": column <= last,
    }
    if extents["asks"]:
        del tensors["target.in"]
        asked = read & (torch.rand(read.shape) < 0.5)
        tensors["target.out"] = ids(11, extents["targetVocabulary"]) * asked
        tensors["target.mask"] = asked
    if extents["features"]:
        features = torch.randn(3, 11, extents["features"])
        tensors["source.features"] = features.masked_fill(~read.unsqueeze(2), 0)
    return {name: tensor.float() for name, tensor in tensors.items()}
