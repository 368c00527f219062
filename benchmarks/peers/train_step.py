"""Trains in PyTorch on request: a command per line on stdin, a JSON object per line on stdout.

README.md describes the commands, the batches and the settings.
"""

import argparse
import functools
import json
import math
import sys
import time

import torch
from torch.nn import functional as F

import models
from exchange import BOS, EOS, PAD, Source, load, named, read_safetensors

COMMANDS = ("parameters", "load", "loss", "time")
DEFAULTS = dict(threads=1, hidden=128, embedding=64, vocabulary=64, batch=32, source=32, target=32)
FIRST = EOS + 1  # ids below mean something
BATCHES = 32
OF_OPTIMIZER = "adamw."  # what a checkpoint of Seqmark has besides the weights


class Trainer:
    """A model, its optimizer and the batches it goes round."""

    def __init__(self, model, settings):
        torch.manual_seed(1)
        self.settings = settings
        self.model = models.build(model, *configured(model, settings))
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=1e-4, weight_decay=0.01, fused=True)
        self.batches = batches(settings)
        self.steps = 0

    def parameters(self):
        shapes = {n: list(p.shape) for n, p in named(self.model).items()}
        return {"parameters": sum(p.numel() for p in self.trained), "shapes": shapes}

    def load(self, file):
        """Takes the weights of a safetensors file that Seqmark wrote."""
        tensors, _ = read_safetensors(file)
        weights = {n: t for n, t in tensors.items() if not n.startswith(OF_OPTIMIZER)}
        load(self.model, weights)
        return {"loaded": len(weights)}

    def forward(self, source, inputs, targets):
        logits = self.model(source, inputs)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD)

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


def configured(model, sizes):
    """Settings and problem as in Seqmark's benchmarks: one layer, no dropout, one vocabulary."""
    settings = dict(hidden=sizes.hidden, embedding=sizes.embedding, layers=1, dropout=0.0)
    if model == "bahdanau":
        settings |= dict(attention=0, cell="lstm")
    else:
        settings |= dict(bidirectional=False, reverseSource=False)
    problem = dict(sourceVocabulary=sizes.vocabulary, targetVocabulary=sizes.vocabulary)
    return settings, problem | dict(features=0)


def batches(settings):
    """Full-length random batches, time first: source, decoder inputs, targets."""
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
        source = Source(source, source != PAD, lengths)
        inputs, targets = torch.cat((BOS * row, target)), torch.cat((target, EOS * row))
        made.append((source, inputs, targets))
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
