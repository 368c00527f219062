"""Trains in PyTorch on request: a command per line on stdin, a JSON object per line on stdout.

README.md describes the commands, the batches and the settings.
"""

import argparse
import functools
import json
import math
import struct
import sys
import time
from pathlib import Path

import torch
from torch.nn import functional as F

import models

COMMANDS = ("parameters", "load", "loss", "time")
DEFAULTS = dict(threads=1, hidden=128, embedding=64, vocabulary=64, batch=32, source=32, target=32)
BOS, EOS, FIRST = 1, 2, 3  # ids below FIRST mean something
BATCHES = 32


class Trainer:
    """A model, its optimizer and the batches it goes round."""

    def __init__(self, model, settings):
        torch.manual_seed(1)
        self.settings = settings
        self.model = models.build(model, settings.vocabulary, settings.embedding, settings.hidden)
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=1e-4, weight_decay=0.01, fused=True)
        self.batches = batches(settings)
        self.steps = 0

    def parameters(self):
        shapes = {n: list(p.shape) for n, p in self.model.parameters_of_seqmark().items()}
        return {"parameters": sum(p.numel() for p in self.trained), "shapes": shapes}

    def load(self, file):
        """Takes the weights of a safetensors file that Seqmark wrote."""
        content = bytearray(Path(file).read_bytes())
        (size,) = struct.unpack_from("<Q", content)
        header = json.loads(content[8 : 8 + size])
        views = self.model.parameters_of_seqmark()
        with torch.no_grad():
            for name, view in views.items():
                begin, _ = header[name]["data_offsets"]
                values = torch.frombuffer(
                    content, dtype=torch.float32, count=view.numel(), offset=8 + size + begin
                )
                view.copy_(values.view(header[name]["shape"]))
        return {"loaded": len(views)}

    def forward(self, source, lengths, inputs, targets):
        logits = self.model(source, lengths, inputs)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=models.PAD)

    def loss(self):
        with torch.no_grad():
            return {"loss": self.forward(*self.batches[0]).item()}

    def step(self):
        loss = self.forward(*self.batches[self.steps % BATCHES])
        loss.backward()
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.steps += 1
        return loss

    def time(self, millis):
        for _ in range(3):  # what ran meanwhile has emptied the caches
            self.step()
        steps, start = 0, time.perf_counter_ns()
        while (nanos := time.perf_counter_ns() - start) < int(millis) * 1_000_000:
            loss = self.step()
            steps += 1
        if not math.isfinite(loss.item()):
            raise ArithmeticError(f"the loss is {loss.item()}")
        tokens = steps * self.settings.batch * self.settings.target
        return {"steps": steps, "nanos": nanos, "tokensPerSecond": tokens * 1e9 / nanos}


def batches(settings):
    """Full-length random batches, time first: source, lengths, decoder inputs, targets."""
    state = 1

    def tokens(length):
        nonlocal state
        ids = []
        for _ in range(settings.batch * length):
            state = (1103515245 * state + 12345) % 2**31
            ids.append(FIRST + (state >> 8) % (settings.vocabulary - FIRST))
        return torch.tensor(ids).view(settings.batch, length).t().contiguous()

    lengths = torch.full((settings.batch,), settings.source)
    row = torch.ones(1, settings.batch, dtype=torch.long)
    made = []
    for _ in range(BATCHES):
        source, target = tokens(settings.source), tokens(settings.target - 1)
        inputs, targets = torch.cat((BOS * row, target)), torch.cat((target, EOS * row))
        made.append((source, lengths, inputs, targets))
    return made


def answer(trainer_of, line):
    try:
        command, model, *arguments = line.split()
        if command not in COMMANDS:
            raise ValueError(f"unknown command {command}, expected one of {', '.join(COMMANDS)}")
        return getattr(trainer_of(model), command)(*arguments)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    parser = argparse.ArgumentParser()
    for name, default in DEFAULTS.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    settings = parser.parse_args()
    torch.set_num_threads(settings.threads)
    trainer_of = functools.cache(lambda model: Trainer(model, settings))
    for line in sys.stdin:
        print(json.dumps(answer(trainer_of, line)), flush=True)


if __name__ == "__main__":
    main()
