"""PyTorch's side of compare: a command per line on stdin, a JSON object per line on stdout.

README.md describes the commands, the batches and the settings.
"""

import functools
import json
import math
import sys
import time
from pathlib import Path

import torch
from torch.nn import functional as F

import generate
import models
import step_memory
from exchange import BOS, EOS, PAD, Source, load, named, read_safetensors

COMPILED = Path(__file__).with_name("compiled.json")
WORKLOADS = Path(__file__).parents[1] / "src/main/resources/seqmark/benchmarks/workloads.json"
COMMANDS = ("parameters", "load", "loss", "tokens", "time", "memory", "multiply", "product")
FIRST = EOS + 1  # ids below mean something
BATCHES, STREAMS = 32, 8


class Workload:
    """A model, its optimizer and the batches it goes round."""

    def __init__(self, name, compiled):
        """The modes in compiled run through torch.compile."""
        torch.manual_seed(1)
        self.setup = setup = json.loads(WORKLOADS.read_text())[name]
        self.longest = setup["target"] - 1
        self.model = models.build(name, setup["settings"], self.problem()).float()
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=1e-4, weight_decay=0.01, fused=True)
        self.batches = self.made()
        self.steps = 0
        whole = torch.compile(self.model, dynamic=False)
        self.net = {m: whole if m in compiled else self.model for m in ("train", "forward")}

    def problem(self):
        setup = self.setup
        return dict(
            sourceVocabulary=setup["vocabulary"],
            targetVocabulary=setup["vocabulary"],
            maxSourceLength=setup["source"],
            maxTargetLength=self.longest,
            shared=False,
            features=0,
            sentenceEnd=0,
            asks=False,
        )

    def made(self):
        """Full-length random batches: source, decoder inputs, targets; axes as the model has."""
        state, batch = 1, self.setup["batch"]

        def tokens(length):
            nonlocal state
            ids = []
            for _ in range(batch * length):
                state = (1103515245 * state + 12345) % 2**31
                ids.append(FIRST + (state >> 8) % (self.setup["vocabulary"] - FIRST))
            return torch.tensor(ids).view(batch, length)

        batches, column = [], torch.ones(batch, 1, dtype=torch.long)
        for _ in range(BATCHES):
            source, target = tokens(self.setup["source"]), tokens(self.longest)
            source = Source.of(source, source != PAD)
            sides = torch.cat((BOS * column, target), 1), torch.cat((target, EOS * column), 1)
            if self.model.time_first:
                source, sides = source.time_first(), [side.t().contiguous() for side in sides]
            batches.append((source, *sides))
        ids = batches[0][0].tokens.t() if self.model.time_first else batches[0][0].tokens
        self.streams = [Source.of(row, row != PAD) for row in ids[:STREAMS].split(1)]
        return batches

    def parameters(self):
        shapes = {n: list(p.shape) for n, p in named(self.model).items()}
        return {"parameters": sum(p.numel() for p in self.trained), "shapes": shapes}

    def load(self, file):
        """Takes the weights of a safetensors file that Seqmark wrote."""
        weights, _ = read_safetensors(file)
        load(self.model, weights)
        self.optimizer.state.clear()
        return {"loaded": len(weights)}

    def of(self, net, round):
        source, inputs, targets = self.batches[round % BATCHES]
        logits = net(source, inputs)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD)

    def loss(self):
        with torch.inference_mode():
            return {"loss": self.of(self.net["forward"], 0).item()}

    def tokens(self):
        """What the model writes behind each stream, and how likely that is."""
        with torch.inference_mode():
            read = generate.reader(self.model)
            made = [generate.greedy(read, s, self.longest, True) for s in self.streams]
        tokens, log_probabilities = zip(*made)
        return {"tokens": tokens, "logProbabilities": log_probabilities}

    def train(self):
        batch = self.setup["batch"] * self.setup["target"]

        def work(round):
            loss = self.of(self.net["train"], self.steps)
            loss.backward()
            self.optimizer.step()
            self.optimizer.zero_grad()
            self.steps += 1
            require_finite(loss)
            return batch

        return work

    def forward(self):
        batch = self.setup["batch"] * self.setup["target"]

        def work(round):
            with torch.inference_mode():
                require_finite(self.of(self.net["forward"], round))
            return batch

        return work

    def generate(self):
        with torch.inference_mode():
            read = generate.reader(self.model)

        def work(round):
            with torch.inference_mode():
                return len(generate.greedy(read, self.streams[round % STREAMS], self.longest)[0])

        return work

    def memory(self):
        """What a step takes up at its peak, its batch included, in a steady state."""
        work = self.train()
        work(0)  # leaves the optimizer's state
        source, *sides = self.batches[self.steps % BATCHES]
        batch = (source.tokens, source.mask, source.lengths, *sides)
        return {"bytes": step_memory.peak(lambda: work(1)) + sum(t.nbytes for t in batch)}

    def time(self, mode, millis):
        work = {"train": self.train, "forward": self.forward, "generate": self.generate}[mode]()
        return timed(work, millis)


class Product:
    """A product of square matrices, with factors that Seqmark has drawn."""

    def __init__(self, size):
        self.size = size

    def multiply(self, file):
        """How far Seqmark's result, in the same file, is from this one's, relative to its largest."""
        matrices, _ = read_safetensors(file)
        self.a, self.b = matrices["a"], matrices["b"]
        self.c = torch.mm(self.a, self.b)
        return {"difference": ((matrices["c"] - self.c).abs().max() / self.c.abs().max()).item()}

    def product(self, millis):
        """Times the product; a row of the result counts as a token."""

        def work(_):
            torch.mm(self.a, self.b, out=self.c)
            return self.size

        return timed(work, millis)


def timed(work, millis):
    """Repeats work, which says how many tokens it was, for so many milliseconds."""
    for i in range(3):  # what ran meanwhile has emptied the caches
        work(i)
    rounds, tokens, start = 0, 0, time.perf_counter_ns()
    while (nanos := time.perf_counter_ns() - start) < int(millis) * 1_000_000:
        tokens += work(rounds)
        rounds += 1
    return {"rounds": rounds, "nanos": nanos, "tokensPerSecond": tokens * 1e9 / nanos}


@functools.cache
def subject(name, threads):
    """What a line names: the model, or the size of a product."""
    if name.isdigit():
        return Product(int(name))
    return Workload(name, worth_compiling(name, threads))


def worth_compiling(model, threads):
    """The modes in which tune.py found torch.compile at least 3% faster."""
    found = json.loads(COMPILED.read_text()) if COMPILED.exists() else {}
    times = {mode: found.get(f"{model} {mode} {threads}") for mode in ("train", "forward")}
    return [mode for mode, both in times.items() if both and both[1] < 0.97 * both[0]]


def require_finite(loss):
    if not math.isfinite(loss.item()):
        raise ArithmeticError(f"the loss is {loss.item()}")


def answer(line, threads):
    try:
        command, name, *arguments = line.split()
        if command not in COMMANDS:
            raise ValueError(f"unknown command {command}, expected one of {', '.join(COMMANDS)}")
        return getattr(subject(name, threads), command)(*arguments)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    for line in sys.stdin:
        print(json.dumps(answer(line, threads)), flush=True)


if __name__ == "__main__":
    main()
