"""Compares Seqmark's models with independent ones in PyTorch: logits, loss, every gradient.

Without arguments: exports each case with ./seqmark and compares it. README.md says more.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import torch

import cases
import models
from exchange import Batch, load, named, read_safetensors, run, write_safetensors

SEQMARK = Path(__file__).resolve().parents[2] / "seqmark"
TOLERANCE = 1e-4
# The kinds of task that Seqmark has. Those with features or sentences have fixtures only.
EXPORTED = {
    "separate": ("dates", {}),
    "shared": ("reverse", {}),
    "labels": ("mqar", dict(vocabulary=16, pairs=3, length=20)),
}
TINY = 1e-12  # so that zeros can be compared with zeros


def difference(ours, theirs):
    """max |a - b| / max |b| over a tensor, b being PyTorch's."""
    if ours.shape != theirs.shape:
        raise ValueError(f"shape {tuple(ours.shape)} in Seqmark, {tuple(theirs.shape)} in PyTorch")
    theirs = theirs.double()
    relative = (ours.double() - theirs).abs().max() / theirs.abs().max().clamp(min=TINY)
    return math.inf if relative.isnan() else relative.item()


def pytorch(model, settings, problem, weights, batch, dtype):
    """What PyTorch makes of weights and a batch."""
    peer = models.build(model, settings, problem)
    load(peer, weights)
    return run(peer.to(dtype), Batch.of(batch, dtype))


class Row:
    """What one case differs by, in float32 and, in brackets, from PyTorch's float64."""

    def __init__(self, folder):
        about = json.loads((folder / "model.json").read_text())
        tensors = [read_safetensors(folder / f"{n}.safetensors")[0] for n in ("weights", "batch")]
        ours, _ = read_safetensors(folder / "outputs.safetensors")
        ours["logits"] *= Batch.of(tensors[1], torch.float32).real().unsqueeze(2)
        case = (about["model"], about["settings"], about["problem"], *tensors)
        self.single = self.compare(ours, pytorch(*case, torch.float32))
        self.double = self.compare(ours, pytorch(*case, torch.float64))
        self.model = about["model"]

    @staticmethod
    def compare(ours, theirs):
        if ours.keys() != theirs.keys():
            raise ValueError(f"outputs differ: {sorted(ours.keys() ^ theirs.keys())}")
        differences = {name: difference(ours[name], theirs[name]) for name in theirs}
        logits, loss = differences.pop("logits"), differences.pop("loss")
        worst = max(differences, key=differences.get)
        return logits, loss, differences[worst], worst.removeprefix("grad.")

    def passes(self):
        return all(d <= TOLERANCE for d in self.single[:3])

    def __str__(self):
        (*single, worst), (*double, _) = self.single, self.double
        numbers = " ".join(f"{s:8.1e} ({d:7.1e})" for s, d in zip(single, double))
        return f"{numbers}  {worst}{'' if self.passes() else '  FAILED'}"


def export(folder, model, settings, task):
    """Has Seqmark write a case on a small task."""
    name, extents = EXPORTED[task]
    extents = extents | dict(train=12, validation=1, test=1)
    sets = {f"models.{model}.{key}": value for key, value in settings.items()}
    sets |= {f"tasks.{name}.{key}": value for key, value in extents.items()}
    sets["train.batch"] = 3
    command = [SEQMARK, "export", "--model", model, "--task", name, "--out", folder]
    for key, value in sets.items():
        command += ["--set", f"{key}={json.dumps(value).strip(chr(34))}"]
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)


def write(folder, model, different, settings, task):
    """A case of PyTorch alone: random weights and sequences, and what comes of them.

    Outputs are computed in float64 and, as everything, stored as float32.
    """
    torch.manual_seed(1)
    problem = cases.problem(task)
    views = named(models.build(model, settings, problem))
    weights = {n: torch.randn(v.shape) / 2 + n.endswith("gain") for n, v in sorted(views.items())}
    batch = cases.batch(problem)
    outputs = pytorch(model, settings, problem, weights, batch, torch.float64)
    tensors = {f"weights.{n}": t for n, t in weights.items()}
    tensors |= {f"batch.{n}": t for n, t in batch.items()}
    tensors |= {n: outputs[n] for n in ("logits", "loss")}
    tensors |= {f"grad.{n}": outputs[f"grad.{n}"] for n in weights}
    metadata = {"madeBy": f"PyTorch {torch.__version__}", "model": model}
    metadata |= {f"settings.{n}": text(v) for n, v in settings.items()}
    metadata |= {f"problem.{n}": text(v) for n, v in problem.items()}
    name = f"{model} {cases.label(different, task)}".replace(" ", "-").replace("=", "-").lower()
    write_safetensors(folder / f"{name}.safetensors", tensors, metadata)


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exports", nargs="*", type=Path, help="folders of ./seqmark export")
    parser.add_argument("--models", nargs="+", choices=models.MODELS, default=list(models.MODELS))
    parser.add_argument("--write", type=Path, metavar="DIR", help="write fixtures instead")
    options = parser.parse_args()

    chosen = [case for case in cases.CASES if case[0] in options.models]
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        for model, base, different, task in chosen:
            write(options.write, model, different, base | different, task)
        return print(f"{len(chosen)} fixtures: {options.write}")

    print(f"{'model':20} {'settings':48} {'logits':>18} {'loss':>18} {'worst gradient':>18}")
    rows = []

    def show(label, folder):
        rows.append(row := Row(folder))
        print(f"{row.model:20} {label:48} {row}", flush=True)

    for folder in options.exports:
        show(folder.name, folder)
    with tempfile.TemporaryDirectory() as place:
        for model, base, different, task in [] if options.exports else chosen:
            if task in EXPORTED:
                folder = Path(place) / str(len(rows))
                export(folder, model, base | different, task)
                show(cases.label(different, task), folder)
    failed = sum(not row.passes() for row in rows)
    print("\nmax |a - b| / max |b| per tensor; in brackets from PyTorch in float64")
    sys.exit(f"{failed} of {len(rows)} differ by more than {TOLERANCE}" if failed else 0)


if __name__ == "__main__":
    main()
