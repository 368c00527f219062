"""What PyTorch and Seqmark hand each other: weights by name, batches, safetensors files."""

import copy
import json
import struct
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

PAD, BOS, EOS = 0, 1, 2  # ids that mean something; those above are tokens


def named(module, name=""):
    """Every trained parameter of a module under Seqmark's name and in its layout, as a view."""
    if hasattr(module, "views"):
        views = module.views()
    elif isinstance(module, nn.Linear):
        views = {"weight": module.weight.t(), "bias": module.bias}
    elif isinstance(module, nn.Embedding):
        views = {"": module.weight}
    elif isinstance(module, nn.LayerNorm):
        views = {"gain": module.weight, "bias": module.bias}
    elif isinstance(module, nn.RMSNorm):
        views = {"gain": module.weight}
    else:
        views = dict(module.named_parameters(recurse=False))
        for child, part in module.named_children():
            views |= named(part, child)
    return {
        ".".join(filter(None, (name, inner))): view
        for inner, view in views.items()
        if view is not None
    }


def load(model, weights):
    """Copies weights by name; both sides must have the same names and shapes."""
    views = named(model)
    ours = {name: tuple(view.shape) for name, view in views.items()}
    theirs = {name: tuple(weight.shape) for name, weight in weights.items()}
    different = {
        n: (ours.get(n), theirs.get(n)) for n in {**ours, **theirs} if ours.get(n) != theirs.get(n)
    }
    if different:
        raise ValueError(f"parameters differ, as PyTorch and as Seqmark has them: {different}")
    with torch.no_grad():
        for name, view in views.items():
            view.copy_(weights[name])


def gradients(model):
    """The gradient of every parameter as Seqmark names it: parameters replaced, names kept."""
    holder = copy.deepcopy(model)
    for copied, parameter in zip(holder.parameters(), model.parameters()):
        if parameter.requires_grad:
            copied.data = parameter.grad
    return {name: view.detach() for name, view in named(holder).items()}


@dataclass(frozen=True)
class Source:
    """Ids and mask [B, S], padded at the end; features [B, S, F] or None; lengths [B] on the CPU.

    A model whose time_first is set gets all of it, and its input, with the first two axes swapped.
    """

    tokens: torch.Tensor
    mask: torch.Tensor
    lengths: torch.Tensor
    features: torch.Tensor | None = None
    full: bool = False  # whether it is known that there is no padding

    def time_first(self):
        features = None if self.features is None else self.features.transpose(0, 1)
        return Source(self.tokens.t(), self.mask.t(), self.lengths, features, self.full)

    @staticmethod
    def of(tokens, mask, features=None):
        """From ids and mask [B, S]."""
        lengths = mask.sum(1).long()
        return Source(tokens, mask.bool(), lengths, features, bool(mask.all()))


@dataclass(frozen=True)
class Batch:
    """A source, decoder inputs, targets [B, T] and a mask of the targets that count [B, T].

    Where source positions are labelled there are no decoder inputs, and T is S.
    """

    source: Source
    input: torch.Tensor | None
    target: torch.Tensor
    mask: torch.Tensor

    def real(self):
        """What is no padding: targets with their ends, or the source that is labelled, [B, T]."""
        return self.source.mask if self.input is None else self.mask

    @staticmethod
    def of(tensors, dtype):
        """From tensors as Seqmark names them."""
        mask = tensors["source.mask"]
        features = tensors.get("source.features")
        source = Source.of(
            tensors["source"].long(), mask, None if features is None else features.to(dtype)
        )
        inputs = tensors["target.in"].long() if "target.in" in tensors else None
        return Batch(source, inputs, tensors["target.out"].long(), tensors["target.mask"].to(dtype))


def run(model, batch):
    """Logits [B, T, V], the mean loss per target token and the gradient of every parameter.

    Logits of padding mean nothing: they are zeros.
    """
    model.zero_grad()
    if model.time_first:
        logits = model(batch.source.time_first(), batch.input.t()).transpose(0, 1)
    else:
        logits = model(batch.source, batch.input)
    losses = F.cross_entropy(logits.transpose(1, 2), batch.target, reduction="none")
    loss = (losses * batch.mask).sum() / batch.mask.sum()
    loss.backward()
    return {
        "logits": (logits * batch.real().unsqueeze(2)).detach(),
        "loss": loss.detach(),
        **{f"grad.{name}": gradient for name, gradient in gradients(model).items()},
    }


def read_safetensors(file):
    """Float32 tensors by name, and the texts of the header."""
    content = bytearray(Path(file).read_bytes())
    (size,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + size])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(
            content, dtype=torch.float32, count=(end - begin) // 4, offset=8 + size + begin
        )
        tensors[name] = values.view(entry["shape"])
    return tensors, metadata


def write_safetensors(file, tensors, metadata):
    """The same bytes for the same tensors and texts."""
    header, data = {"__metadata__": metadata}, bytearray()
    for name, tensor in tensors.items():
        begin = len(data)
        data += tensor.float().contiguous().numpy().astype("<f4").tobytes()
        shape = list(tensor.shape)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(data)]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    Path(file).write_bytes(struct.pack("<Q", len(text)) + text + data)
